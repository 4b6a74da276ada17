/** The terms of both languages in combined_synonyms.json: where their entries lie, and what they are to a search engine. */
import type { IndexedTerm, Place } from '../../dictionary/term-index.ts'
import { type LanguagePair, languageKey } from '../../language/pair.ts'
import type { Scratch, ScratchTable } from '../../runtime/ports.ts'
import type { CombinedEntry } from './entries.ts'
import type { SearchRules, Translation } from './search-rules.ts'
import { TermSide } from './term-side.ts'

interface RightTerm {
  readonly term: IndexedTerm
  readonly translation?: Translation
}

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
    const put = (folded: string, language: string, term: string, translation: string): RightTerm => ({
      term: { folded, language, ...place },
      ...(doubt !== undefined && { translation: { term, translation, doubt } }),
    })
    const own = put(foldedLeft, this.languages[0], left, right)
    this.left.add(own.term, own.translation)
    this.rightTerms.put(`${foldedRight}\t${key}`, put(foldedRight, this.languages[1], right, left))
  }

  end(): void {
    for (const { value } of this.rightTerms.entries()) this.right.add(value.term, value.translation)
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
