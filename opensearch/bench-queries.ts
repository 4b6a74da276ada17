/** What a way of searching finds, and how long it takes. */
import { isLink } from '../language/mate.ts'
import { type RankedQuery, type RankingFigures, rankOf, summarise } from '../search/metrics.ts'
import { percentile } from '../search/percentile.ts'
import type { Searcher, SearchMode } from './search.ts'

export interface BenchQuery {
  readonly text: string
  /** Language of the articles that are searched. */
  readonly language: string
  /** Titles that answer. */
  readonly titles: ReadonlySet<string>
}

/** A pair of the dictionary, as far as the bench asks. */
interface Pair {
  readonly left: string
  readonly right: string
  /** Codes, such as ko and en. */
  readonly languages: readonly [left: string, right: string]
  readonly split: string
  readonly evidence: readonly { readonly rule: string; readonly pages?: readonly string[] | undefined }[]
}

/** Linked pages that the model was not trained on: the name in one language, to be answered by the other's page. At most so many each way. */
export async function queriesFrom(pairs: AsyncIterable<Pair>, mostOfEach: number): Promise<readonly BenchQuery[]> {
  const rightward: BenchQuery[] = []
  const leftward: BenchQuery[] = []
  for await (const { left, right, languages, split, evidence } of pairs) {
    if (split === 'train' || !evidence.some(isLink)) continue
    const titles = new Set(evidence.flatMap(({ pages }) => pages ?? []))
    if (rightward.length < mostOfEach) rightward.push({ text: left, language: languages[1], titles })
    if (leftward.length < mostOfEach) leftward.push({ text: right, language: languages[0], titles })
  }
  return [...rightward, ...leftward]
}

export interface QueryFigures {
  /** Of the first hundred hits; those of one score share their middle rank. */
  readonly quality: RankingFigures
  /** Milliseconds of single queries, one after another. */
  readonly p50: number
  readonly p95: number
  readonly p99: number
  /** Queries a second with several under way. */
  readonly queriesPerSecond: number
}

const warmUp = 10
/** Hits of a query whose time is taken: a page of results. */
const pageOfHits = 10
/** Hits by which quality is judged. */
const depth = 100
const underWay = 4

export async function measureQueries(
  searcher: Searcher,
  mode: SearchMode,
  queries: readonly BenchQuery[],
): Promise<QueryFigures> {
  const ask = ({ text, language }: BenchQuery, k: number) => searcher.search({ text, mode, k, language })
  for (const query of queries.slice(0, warmUp)) await ask(query, pageOfHits)
  const milliseconds: number[] = []
  for (const query of queries) {
    const beganMs = performance.now()
    await ask(query, pageOfHits)
    milliseconds.push(performance.now() - beganMs)
  }
  const ranked: RankedQuery[] = []
  const waiting = queries[Symbol.iterator]()
  const beganMs = performance.now()
  await Promise.all(
    Array.from({ length: underWay }, async () => {
      for (const query of waiting) ranked.push(rankedBy(await ask(query, depth), query))
    }),
  )
  const queriesPerSecond = queries.length / ((performance.now() - beganMs) / 1000)
  const sorted = milliseconds.sort((a, b) => a - b)
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => percentile(sorted, share)) as [number, number, number]
  return { quality: summarise(ranked), p50, p95, p99, queriesPerSecond }
}

/** What is not among the hits is not found, whatever its score. */
export function rankedBy(
  hits: readonly { readonly title: string; readonly score: number }[],
  { titles }: Pick<BenchQuery, 'titles'>,
): RankedQuery {
  const right = [...hits.keys()].filter((at) => titles.has(hits[at]!.title))
  return rankOf(
    hits.map(({ score }) => score),
    new Set(right),
  )
}
