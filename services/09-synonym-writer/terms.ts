/** The terms of both languages in combined_synonyms.json: where their entries lie, and what they are to a search engine. */
import type { IndexedTerm, Place } from '../../dictionary/term-index.ts'
import { type LanguagePair, languageKey } from '../../language/pair.ts'
import type { Scratch, ScratchTable } from '../../runtime/ports.ts'
import type { CombinedEntry } from './entries.ts'
import type { SearchRules, Translation } from './search-rules.ts'
import { TermSide } from './term-side.ts'

/** A term with what it is to a search engine; null where its pair is part of no rule. */
type RightTerm = readonly [term: IndexedTerm, translation: Translation | null]

const batchLength = 1 << 16

export class Terms {
  readonly left: TermSide
  readonly right: TermSide
  private readonly languages: LanguagePair
  private readonly rules: SearchRules
  /** `folded\tkey`: entries come in the order of the terms on the left. */
  private readonly rightTerms: ScratchTable<RightTerm>

  constructor(languages: LanguagePair, rules: SearchRules, scratch: Scratch) {
    this.languages = languages
    this.rules = rules
    this.left = new TermSide(scratch.folder('left terms'), rules)
    this.right = new TermSide(scratch.folder('right terms'), rules)
    this.rightTerms = scratch.table('right terms')
  }

  /** Entries come in the order of the file. @param key that of the event. */
  add(key: string, entry: CombinedEntry, place: Place): void {
    const [left, right] = this.languages.map((language) => String(entry[languageKey(language)])) as [string, string]
    const [foldedLeft, foldedRight] = foldedTermsOf(key)
    const doubt = this.rules.doubtOf(left, right, entry.confidence)
    const translation = (term: string, other: string): Translation | undefined =>
      doubt === undefined ? undefined : { term, translation: other, doubt }
    const [leftLanguage, rightLanguage] = this.languages
    this.left.add({ folded: foldedLeft, language: leftLanguage, ...place }, translation(left, right))
    const term = { folded: foldedRight, language: rightLanguage, ...place }
    this.rightTerms.put(`${foldedRight}\t${key}`, [term, translation(right, left) ?? null])
  }

  end(): void {
    for (const {
      value: [term, translation],
    } of this.rightTerms.entries())
      this.right.add(term, translation ?? undefined)
    this.left.end()
    this.right.end()
  }

  /** The index: the lines of both, in the order of their bytes, many at once. */
  async *index(): AsyncIterable<string> {
    let batch = ''
    for await (const line of this.lines()) {
      batch += `${line}\n`
      if (batch.length < batchLength) continue
      yield batch
      batch = ''
    }
    yield batch
  }

  private async *lines(): AsyncIterable<string> {
    const right = this.right.lines()[Symbol.asyncIterator]()
    let next = await right.next()
    for await (const line of this.left.lines()) {
      for (; !next.done && isBefore(next.value, line); next = await right.next()) yield next.value
      yield line
    }
    for (; !next.done; next = await right.next()) yield next.value
  }
}

/** The folded terms of a pair, by the key of its event: `left\tright:cluster`. */
function foldedTermsOf(key: string): [left: string, right: string] {
  const [left = '', right = ''] = key.slice(0, key.lastIndexOf(':')).split('\t')
  return [left, right]
}

function isBefore(a: string, b: string): boolean {
  return Buffer.compare(Buffer.from(a), Buffer.from(b)) < 0
}
