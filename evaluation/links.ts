/** What the dictionary says about pages: their mates, the side of the split they are on, and the pairs a baseline may know. */
import { isLink } from '../language/mate.ts'
import type { LanguagePair } from '../language/pair.ts'
import type { Split } from '../schemas/types.ts'

/** A synonym pair, as far as it is judged by. */
export interface LinkedPair {
  readonly left: NamedTerm
  readonly right: NamedTerm
  readonly cluster: string
  readonly split: Split
  readonly evidence: readonly LinkEvidence[]
}

export interface NamedTerm {
  readonly language: string
  readonly surface: string
}

export interface LinkEvidence {
  readonly rule: string
  /** Empty for evidence that rests on no page. */
  readonly leftTitle: string
  readonly rightTitle: string
}

/** Pairs that can be walked through more than once; in an order that is always the same. */
export interface PairTable {
  entries(): Iterable<{ readonly value: LinkedPair }>
}

export interface ClusterSide {
  readonly cluster: string
  readonly split: Split
}

export class Links {
  /** Left and right surfaces of the pairs of train clusters. */
  readonly trainPairs: readonly (readonly [left: string, right: string])[]
  private readonly clusters = new Map<string, ClusterSide>()
  private readonly mates = new Map<string, Set<string>>()

  constructor(pairs: PairTable, languages: LanguagePair) {
    const trainPairs: [string, string][] = []
    for (const { value: pair } of pairs.entries()) {
      const { left, right, cluster, split, evidence } = pair
      if (left.language !== languages[0] || right.language !== languages[1]) continue
      if (split === 'train') trainPairs.push([left.surface, right.surface])
      for (const { rule, leftTitle, rightTitle } of evidence) {
        const [leftPage, rightPage] = [pageKey(left.language, leftTitle), pageKey(right.language, rightTitle)]
        if (leftTitle !== '') this.clusters.set(leftPage, { cluster, split })
        if (rightTitle !== '') this.clusters.set(rightPage, { cluster, split })
        if (!isLink({ rule })) continue
        this.addMate(leftPage, rightTitle)
        this.addMate(rightPage, leftTitle)
      }
    }
    this.trainPairs = trainPairs
  }

  clusterOf(language: string, title: string): ClusterSide | undefined {
    return this.clusters.get(pageKey(language, title))
  }

  /** Titles in the other language that langlinks join with the page, by code point. */
  matesOf(language: string, title: string): readonly string[] {
    return [...(this.mates.get(pageKey(language, title)) ?? [])].sort()
  }

  private addMate(page: string, mate: string): void {
    const known = this.mates.get(page)
    if (known) known.add(mate)
    else this.mates.set(page, new Set([mate]))
  }
}

function pageKey(language: string, title: string): string {
  return `${language}\t${title}`
}
