/** The pairs as rules for search engines: each term with its translations, the surest first. */
import { explicitRule, losesItsName } from '../../dictionary/solr.ts'
import { lowerCase } from '../../language/letters.ts'

export interface Translation {
  readonly term: string
  readonly translation: string
  /** 1 less the confidence, in as many digits for all. */
  readonly doubt: string
}

export interface RuleSettings {
  readonly minConfidence: number
  readonly maxExpansions: number
}

export class SearchRules {
  /** Pairs that are no rules: too unsure, or with a term that a tokenizer would take for another. */
  readonly leftOut = { unsure: 0, symbols: 0 }
  /** Translations that were left out, for their terms have surer ones. */
  beyondLimit = 0
  private readonly settings: RuleSettings

  constructor(settings: RuleSettings) {
    this.settings = settings
  }

  /** How unsure a pair is that is part of rules; undefined for one that is not. */
  doubtOf(left: string, right: string, confidence: number): string | undefined {
    if (confidence < this.settings.minConfidence) {
      this.leftOut.unsure++
      return undefined
    }
    if (losesItsName(left) || losesItsName(right)) {
      this.leftOut.symbols++
      return undefined
    }
    return (1 - confidence).toFixed(6)
  }

  /**
   * The rule of a term; undefined where there is nothing to add to it. The term stands in its own rule too: without, the engine would replace it.
   * @param translations in the order of the keys of their pairs.
   */
  ruleOf(translations: readonly Translation[]): string | undefined {
    const surest = translations.toSorted((a, b) => (a.doubt < b.doubt ? -1 : a.doubt > b.doubt ? 1 : 0))
    const terms = distinct(surest.map(({ term }) => term))
    const expansions = distinct([...terms, ...surest.map(({ translation }) => translation)])
    const kept = expansions.slice(0, terms.length + this.settings.maxExpansions)
    if (kept.length === terms.length) return undefined
    this.beyondLimit += expansions.length - kept.length
    return explicitRule(terms, kept)
  }
}

/** The first of each spelling; a search engine's analyser mostly folds the case. */
function distinct(names: readonly string[]): string[] {
  const seen = new Set<string>()
  return names.filter((name) => seen.size < seen.add(lowerCase(name)).size)
}
