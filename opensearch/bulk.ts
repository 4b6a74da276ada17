/** Documents into an index by _bulk: bounded in memory, tried again where the cluster is busy, each refusal told with its reason. */
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { FatalError, RetryableError } from '../runtime/errors.ts'
import type { Cluster } from './cluster.ts'
import { passingStatuses, reasonOf } from './failures.ts'

export interface BulkSettings {
  readonly index: string
  /** Whether the index's ingest pipeline encodes the documents; otherwise they carry their weights. */
  readonly encodedByCluster: boolean
  readonly requestBytes: number
  /** Requests in flight: no further document is taken while there are so many. */
  readonly concurrency: number
  /** Tries of a document or a request before the work ends. */
  readonly tries: number
  /** Pause before the second try; doubles with each further one. */
  readonly pauseMs: number
}

export const defaultBulk = { requestBytes: 4 * 1024 * 1024, concurrency: 2, tries: 8, pauseMs: 200 } as const

export interface BulkDocument {
  readonly id: string
  readonly fields: object
  /** Given by the index that the document was read from: an older one never replaces a newer. */
  readonly version?: number
}

/** A document that the cluster will not take, now or later. */
export interface Refusal {
  readonly id: string
  readonly status: number
  readonly reason: string
}

export interface BulkFigures {
  indexed: number
  /** Older than what the index has. */
  outdated: number
  refused: number
  retried: number
  requests: number
}

const bulkShape = z.looseObject({
  errors: z.boolean(),
  items: z.array(z.looseObject({ index: z.looseObject({ status: z.number(), error: z.unknown().optional() }) })),
})
const versionConflict = 409
const bulkTimeoutMs = 5 * 60_000

/**
 * Indexes all documents. `refused` is told of each that the cluster will not take; what is put off (429, 503) is sent again with
 * growing pauses. Throws FatalError OPENSEARCH_OVERLOADED when that does not end; what was indexed stays. The first failure ends the
 * reading of the documents.
 */
export async function bulkIndex(
  cluster: Cluster,
  documents: AsyncIterable<BulkDocument> | Iterable<BulkDocument>,
  settings: BulkSettings,
  refused: (refusal: Refusal) => Promise<void> | void,
  signal?: AbortSignal,
): Promise<BulkFigures> {
  const figures: BulkFigures = { indexed: 0, outdated: 0, refused: 0, retried: 0, requests: 0 }
  const inFlight = new Set<Promise<void>>()
  let failure: { readonly error: unknown } | undefined
  const begin = (lines: readonly Line[]): void => {
    const work = send(cluster, lines, settings, figures, refused, signal)
      .catch((error: unknown) => {
        failure ??= { error }
      })
      .finally(() => inFlight.delete(work))
    inFlight.add(work)
  }
  try {
    for await (const lines of inRequests(documents, settings)) {
      while (inFlight.size >= settings.concurrency) await Promise.race(inFlight)
      if (failure) break
      signal?.throwIfAborted()
      begin(lines)
    }
  } finally {
    await Promise.all(inFlight)
  }
  if (failure) throw failure.error
  return figures
}

interface Line {
  readonly id: string
  readonly text: string
}

async function* inRequests(
  documents: AsyncIterable<BulkDocument> | Iterable<BulkDocument>,
  { index, requestBytes }: BulkSettings,
): AsyncIterable<Line[]> {
  let lines: Line[] = []
  let bytes = 0
  for await (const { id, fields, version } of documents) {
    const action = { _index: index, _id: id, ...(version === undefined ? {} : { version, version_type: 'external' }) }
    const text = `${JSON.stringify({ index: action })}\n${JSON.stringify(fields)}\n`
    const size = Buffer.byteLength(text)
    if (lines.length > 0 && bytes + size > requestBytes) {
      yield lines
      lines = []
      bytes = 0
    }
    lines.push({ id, text })
    bytes += size
  }
  if (lines.length > 0) yield lines
}

async function send(
  cluster: Cluster,
  lines: readonly Line[],
  settings: BulkSettings,
  figures: BulkFigures,
  refused: (refusal: Refusal) => Promise<void> | void,
  signal: AbortSignal | undefined,
): Promise<void> {
  let left = lines
  for (let attempt = 1; ; attempt++) {
    const { putOff, why } = await tryOnce(cluster, left, settings, figures, refused)
    if (putOff.length === 0) return
    if (attempt === settings.tries) {
      throw new FatalError(
        'OPENSEARCH_OVERLOADED',
        `${putOff.length} documents were put off ${attempt} times: ${why}`,
        {
          at: { url: cluster.url },
          hint: 'What was indexed stays: run the same command again when the cluster has room.',
        },
      )
    }
    figures.retried += putOff.length
    await delay(settings.pauseMs * 2 ** (attempt - 1), undefined, { signal })
    left = putOff
  }
}

async function tryOnce(
  cluster: Cluster,
  lines: readonly Line[],
  { encodedByCluster }: BulkSettings,
  figures: BulkFigures,
  refused: (refusal: Refusal) => Promise<void> | void,
): Promise<{ putOff: Line[]; why: string }> {
  figures.requests += 1
  let items: z.output<typeof bulkShape>['items']
  try {
    const answer = await cluster.askLines(bulkShape, '/_bulk', lines.map(({ text }) => text).join(''), {
      ...(encodedByCluster ? {} : { query: { pipeline: '_none' } }),
      timeoutMs: bulkTimeoutMs,
    })
    items = answer.items
  } catch (error) {
    if (error instanceof RetryableError) return { putOff: [...lines], why: error.message }
    throw error
  }
  const putOff: Line[] = []
  let why = ''
  for (const [at, { index }] of items.entries()) {
    const line = lines[at]!
    if (index.status < 300) figures.indexed += 1
    else if (index.status === versionConflict) figures.outdated += 1
    else if (passingStatuses.has(index.status)) {
      putOff.push(line)
      why = reasonOf(index)
    } else {
      figures.refused += 1
      await refused({ id: line.id, status: index.status, reason: reasonOf(index) })
    }
  }
  return { putOff, why }
}
