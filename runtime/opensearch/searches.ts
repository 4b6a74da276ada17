/** Searches of one index: those asked for in one turn of the event loop travel together. */
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import type { Cluster } from '../../opensearch/cluster.ts'
import { passingStatuses, reasonOf } from '../../opensearch/failures.ts'
import { weightsOf } from '../../search/bm25-formula.ts'
import { termKey } from '../../search/passages/term-key.ts'
import { FatalError, RetryableError } from '../errors.ts'
import type { SearchHit } from '../ports.ts'

const searchesPerRequest = 64
/** Lucene's own limit of the clauses of a query: of a longer text the first terms are looked for. */
const clausesAtMost = 1024
const triesAtMost = 8
const firstPauseMs = 100
const requestTimeoutMs = 5 * 60_000

const hitShape = z.looseObject({ sort: z.tuple([z.number(), z.number()]) })
const answerShape = z.looseObject({
  responses: z.array(
    z.looseObject({ status: z.number(), hits: z.looseObject({ hits: z.array(hitShape) }).optional() }),
  ),
})

interface Waiting {
  readonly lines: string
  resolve(hits: readonly SearchHit[]): void
  reject(error: unknown): void
}

export class Searches {
  readonly #cluster: Cluster
  readonly #index: string
  readonly #signal: AbortSignal
  #waiting: Waiting[] = []

  constructor(cluster: Cluster, index: string, signal: AbortSignal) {
    this.#cluster = cluster
    this.#index = index
    this.#signal = signal
  }

  search(terms: readonly string[], k: number): Promise<readonly SearchHit[]> {
    if (terms.length === 0 || k <= 0) return Promise.resolve([])
    const lines = `{"allow_partial_search_results":false}\n${JSON.stringify(bodyOf(terms, k))}\n`
    return new Promise((resolve, reject) => {
      this.#waiting.push({ lines, resolve, reject })
      if (this.#waiting.length === 1) setImmediate(() => this.#flush())
    })
  }

  #flush(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (let at = 0; at < waiting.length; at += searchesPerRequest) {
      const together = waiting.slice(at, at + searchesPerRequest)
      this.#answersOf(together.map(({ lines }) => lines).join('')).then(
        (answers) => {
          for (const [index, { resolve }] of together.entries()) resolve(answers[index]!)
        },
        (error: unknown) => {
          for (const { reject } of together) reject(error)
        },
      )
    }
  }

  async #answersOf(lines: string): Promise<SearchHit[][]> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#ask(lines)
      } catch (error) {
        if (!(error instanceof RetryableError) || attempt === triesAtMost) throw error
        await delay(firstPauseMs * 2 ** attempt, undefined, { signal: this.#signal })
      }
    }
  }

  async #ask(lines: string): Promise<SearchHit[][]> {
    const path = `/${this.#index}/_msearch`
    const { responses } = await this.#cluster.askLines(answerShape, path, lines, { timeoutMs: requestTimeoutMs })
    return responses.map((response) => {
      if (response.hits) return response.hits.hits.map(({ sort: [score, doc] }) => ({ doc, score }))
      const [message, place] = [`a search was refused: ${reasonOf(response)}`, { at: { url: this.#cluster.url } }]
      if (passingStatuses.has(response.status)) throw new RetryableError('OPENSEARCH_BUSY', message, place)
      throw new FatalError('OPENSEARCH_REFUSED', message, place)
    })
  }
}

function bodyOf(terms: readonly string[], k: number): object {
  const weights = [...weightsOf(terms)].slice(0, clausesAtMost)
  const should = weights.map(([term, boost]) => ({ term: { terms: { value: termKey(term), boost } } }))
  return {
    size: k,
    _source: false,
    track_total_hits: false,
    sort: [{ _score: 'desc' }, { number: 'asc' }],
    query: { bool: { should } },
  }
}
