/** The pairs as rules for search engines: each term with its translations, the surest first. */
import { explicitRule, losesItsName } from '../../dictionary/solr.ts'
import { lowerCase } from '../../language/letters.ts'
import { type LanguagePair, languageKey } from '../../language/pair.ts'
import type { Scratch, ScratchTable } from '../../runtime/ports.ts'
import type { CombinedEntry } from './entries.ts'

interface Translation {
  readonly term: string
  readonly translation: string
}

export type Direction = 'leftToRight' | 'rightToLeft'

export interface Rule {
  readonly text: string
  /** Translations that are left out, for there are surer ones. */
  readonly beyondLimit: number
}

export interface RuleSettings {
  readonly languages: LanguagePair
  readonly search: { readonly minConfidence: number; readonly maxExpansions: number }
}

/** The folded terms of a pair, by the key of its event: `left\tright:cluster`. */
export function foldedTermsOf(key: string): [left: string, right: string] {
  const [left = '', right = ''] = key.slice(0, key.lastIndexOf(':')).split('\t')
  return [left, right]
}

export class SearchRules {
  /** Pairs that are no rules: too unsure, or with a term that a tokenizer would take for another. */
  readonly leftOut = { unsure: 0, symbols: 0 }
  private readonly translations: ScratchTable<Translation>
  private readonly settings: RuleSettings['search']
  /** Under which a combined entry has its terms. */
  private readonly terms: readonly [left: string, right: string]

  constructor(scratch: Scratch, { search, languages: [left, right] }: RuleSettings) {
    this.translations = scratch.table('translations')
    this.settings = search
    this.terms = [languageKey(left), languageKey(right)]
  }

  /** @param key that of the event. */
  add(key: string, entry: CombinedEntry): void {
    const { confidence } = entry
    const [left, right] = this.terms.map((term) => String(entry[term])) as [string, string]
    if (confidence < this.settings.minConfidence) {
      this.leftOut.unsure++
      return
    }
    if (losesItsName(left) || losesItsName(right)) {
      this.leftOut.symbols++
      return
    }
    const [foldedLeft, foldedRight] = foldedTermsOf(key)
    const doubt = (1 - confidence).toFixed(6)
    const put = (direction: Direction, folded: string, term: string, translation: string) =>
      this.translations.put(`${direction}\t${folded}\t${doubt}\t${key}`, { term, translation })
    put('leftToRight', foldedLeft, left, right)
    put('rightToLeft', foldedRight, right, left)
  }

  /** A rule for each term, by code point. A term stands in its own rule too: without, the engine would replace it. */
  *rules(direction: Direction): Iterable<Rule> {
    for (const translations of this.byTerm(direction)) {
      const terms = distinct(translations.map(({ term }) => term))
      const expansions = distinct([...terms, ...translations.map(({ translation }) => translation)])
      const kept = expansions.slice(0, terms.length + this.settings.maxExpansions)
      if (kept.length === terms.length) continue
      yield { text: explicitRule(terms, kept), beyondLimit: expansions.length - kept.length }
    }
  }

  private *byTerm(direction: Direction): Iterable<readonly Translation[]> {
    let folded: string | undefined
    let translations: Translation[] = []
    for (const { key, value } of this.translations.entries({ from: `${direction}\t`, to: `${direction}\n` })) {
      const term = key.split('\t')[1]!
      if (folded !== undefined && term !== folded) {
        yield translations
        translations = []
      }
      folded = term
      translations.push(value)
    }
    if (folded !== undefined) yield translations
  }
}

/** The first of each spelling; a search engine's analyser mostly folds the case. */
function distinct(names: readonly string[]): string[] {
  const seen = new Set<string>()
  return names.filter((name) => seen.size < seen.add(lowerCase(name)).size)
}
