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

/** What one query's ranking is worth, each from 0 to 1. */
export const queryMetrics = ['hit@1', 'mrr@10', 'recall@10', 'recall@100', 'ndcg@10'] as const
export type QueryMetric = (typeof queryMetrics)[number]
export type QueryFigures = Readonly<Record<QueryMetric, number>>

/** Right documents with their gain > 0: 1 where all are equally right. */
export type Judgements = ReadonlyMap<number, number>

/**
 * The figures of one ranking, as trec_eval defines them (success_1, recip_rank cut at 10, recall_10 and _100, ndcg_cut_10 with
 * the judgement as the gain), but for ties, which trec_eval breaks by the document's name: here they share their middle rank.
 * A document with score ≤ 0 is not found. `ignored`: documents that are neither right nor wrong, as if they were not there.
 */
export function figuresOf(
  scores: ArrayLike<number>,
  judgements: Judgements,
  ignored: Iterable<number> = [],
): QueryFigures {
  const others = Array.from(ignored, (doc) => scores[doc] ?? 0)
  const right = [...judgements].filter(([, gain]) => gain > 0)
  const found = right
    .map(([doc, gain]) => ({ gain, score: scores[doc] ?? 0 }))
    .filter(({ score }) => score > 0)
    .map(({ gain, score }) => ({ gain, score, ...rivalsOf(scores, score, others) }))
  const ranked = found.map(({ gain, above, level }) => ({ gain, rank: 1 + above + (level - 1) / 2 }))
  const best = found.reduce((a, b) => (b.score > a.score ? b : a), { score: 0, above: 0, level: 0 })
  // Right documents that are level with the best one do not push it down.
  const equals = found.filter(({ score }) => score === best.score).length
  const first = best.score > 0 ? 1 + best.above + (best.level - equals) / 2 : Number.POSITIVE_INFINITY
  const recallAt = (k: number): number => ranked.filter(({ rank }) => rank <= k).length / Math.max(1, right.length)
  return {
    'hit@1': first <= 1 ? 1 : 0,
    'mrr@10': first <= 10 ? 1 / first : 0,
    'recall@10': recallAt(10),
    'recall@100': recallAt(100),
    'ndcg@10': normalisedGain(
      ranked,
      right.map(([, gain]) => gain),
    ),
  }
}

/** Documents with a higher score, and those with this one, itself among them. */
function rivalsOf(scores: ArrayLike<number>, score: number, ignored: readonly number[]) {
  let above = 0
  let level = 0
  for (let doc = 0; doc < scores.length; doc++) {
    const rival = scores[doc]!
    if (rival > score) above += 1
    else if (rival === score) level += 1
  }
  for (const rival of ignored) {
    if (rival > score) above -= 1
    else if (rival === score) level -= 1
  }
  return { above, level }
}

/** DCG over the first ten ÷ that of the best order. */
function normalisedGain(found: readonly { rank: number; gain: number }[], gains: readonly number[]): number {
  const discounted = (rank: number, gain: number): number => (rank <= 10 ? gain / Math.log2(rank + 1) : 0)
  const sorted = [...gains].sort((a, b) => b - a)
  const ideal = sorted.reduce((sum, gain, at) => sum + discounted(at + 1, gain), 0)
  return ideal === 0 ? 0 : found.reduce((sum, { rank, gain }) => sum + discounted(rank, gain), 0) / ideal
}
