/** How well rankings put the right documents first. */

/** The best rank of a right document, from 1; ties share their middle rank, so it may end in .5. Or none was scored. */
export type Rank = number | 'unmatched'

export interface RankingFigures {
  readonly queries: number
  /** Shares of all queries, 0 to 1; a query without any match is a miss in each of them. */
  readonly hitAt1: number
  readonly mrrAt10: number
  /** Share of queries whose right document is among the first k; with one right document that is recall. */
  readonly recallAt10: number
  readonly recallAt100: number
  /** Share of queries for which no document has a score above 0. */
  readonly withoutMatch: number
}

/** What one query's ranking says: the rank, and whether anything was found at all. */
export interface RankedQuery {
  readonly rank: Rank
  readonly hasMatch: boolean
}

/**
 * Rank of the best right document when all are sorted by score. Documents that score the same as it share the middle of
 * their ranks: an index that gives everything one score earns the middle, not the top. A right document with score ≤ 0
 * (no shared term) is unmatched. `scores`: one a document; `relevant`: at least one document number.
 */
export function rankOf(scores: ArrayLike<number>, relevant: ReadonlySet<number>): RankedQuery {
  let best = 0
  for (const doc of relevant) best = Math.max(best, scores[doc] ?? 0)
  let above = 0
  let level = 0
  let hasMatch = false
  for (let doc = 0; doc < scores.length; doc++) {
    const score = scores[doc]!
    if (score > 0) hasMatch = true
    if (relevant.has(doc)) continue
    if (score > best) above += 1
    else if (score === best) level += 1
  }
  return { rank: best > 0 ? 1 + above + level / 2 : 'unmatched', hasMatch }
}

/** Hit@1, MRR@10 and recall over queries. Figures of no queries are 0. */
export function summarise(ranked: Iterable<RankedQuery>): RankingFigures {
  let queries = 0
  let [first, reciprocal, ten, hundred, unmatched] = [0, 0, 0, 0, 0]
  for (const { rank, hasMatch } of ranked) {
    queries += 1
    if (!hasMatch) unmatched += 1
    if (rank === 'unmatched') continue
    if (rank <= 1) first += 1
    if (rank <= 10) reciprocal += 1 / rank
    if (rank <= 10) ten += 1
    if (rank <= 100) hundred += 1
  }
  const share = (sum: number): number => (queries === 0 ? 0 : sum / queries)
  return {
    queries,
    hitAt1: share(first),
    mrrAt10: share(reciprocal),
    recallAt10: share(ten),
    recallAt100: share(hundred),
    withoutMatch: share(unmatched),
  }
}

/** Share of the right documents that rank among the first k, for a query with several; ties at mid-rank as in `rankOf`. */
export function recallAt(k: number, scores: ArrayLike<number>, relevant: ReadonlySet<number>): number {
  let found = 0
  for (const doc of relevant) {
    const score = scores[doc] ?? 0
    let above = 0
    let level = 0
    for (let rival = 0; rival < scores.length; rival++) {
      if (scores[rival]! > score) above += 1
      else if (scores[rival] === score && rival !== doc) level += 1
    }
    if (score > 0 && 1 + above + level / 2 <= k) found += 1
  }
  return relevant.size === 0 ? 0 : found / relevant.size
}
