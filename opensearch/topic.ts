/** The topic `articles` into an index: from where the group stands to where the topic ended when the work began. */
import type { Codec } from '../runtime/codec.ts'
import { BadEventError } from '../runtime/errors.ts'
import type { DropReason } from '../runtime/service.ts'
import type { LogRecord, Position, TopicPartition, Transport } from '../runtime/transport.ts'
import { isEvent } from '../runtime/update/marks.ts'
import type { BulkFigures, Refusal } from './bulk.ts'
import type { Cluster } from './cluster.ts'
import type { ArticleLine } from './documents.ts'
import { type IndexFigures, indexArticles, type Target, type Watch } from './indexing.ts'

const topic = 'articles'

export interface Source {
  readonly transport: Transport
  readonly codec: Codec
}

/**
 * A partition's position is committed when its documents are in the index, so that a killed call brings some of them again and
 * loses none: a page replaces itself.
 */
export async function indexTopic(
  cluster: Cluster,
  { transport, codec }: Source,
  target: Target,
  watch: Watch,
): Promise<IndexFigures> {
  const group = `opensearch-${target.index}`
  const ends = new Map((await transport.ends(topic)).map(({ partition, offset }) => [partition, offset]))
  const total = { indexed: 0, outdated: 0, refused: 0, retried: 0, requests: 0, dropped: new Map<DropReason, number>() }
  const left = new Set([...ends].filter(([, end]) => end > 0).map(([partition]) => partition))
  let tick = () => {}
  let busy = 0
  let failure: unknown
  const over = new Promise<void>((resolve) => {
    let rest: NodeJS.Timeout | undefined
    tick = () => {
      clearTimeout(rest)
      if (left.size === 0 || failure !== undefined || watch.signal?.aborted) resolve()
      // Kafka's own marks stand behind the last record, and nobody is given them: a topic that brings nothing more is read.
      else if (busy === 0) rest = setTimeout(resolve, restMs)
    }
    tick()
  })
  watch.signal?.addEventListener('abort', tick, { once: true })
  const refuse = async (refusal: Refusal): Promise<void> => {
    total.refused += 1
    await watch.refused(refusal)
  }
  const take = async (at: TopicPartition, records: readonly LogRecord[]): Promise<void> => {
    const end = ends.get(at.partition) ?? 0
    const due = records.filter(({ offset }) => offset < end)
    if (due.length > 0) {
      add(total, await indexArticles(cluster, articlesOf(due, codec, refuse), target, watch))
      const transaction = await transport.begin(group, unitOf(at))
      await transaction.commit([{ ...at, offset: due.at(-1)!.offset + 1, note: '' }])
    }
    if ((records.at(-1)?.offset ?? 0) + 1 >= end) left.delete(at.partition)
  }
  const consumer = await transport.consume({
    group,
    topics: [topic],
    assignment: 'sole',
    unitOf,
    onFailure: (error) => {
      failure = error
      tick()
    },
    handler: {
      assigned: (at: TopicPartition, { offset }: Position) => {
        if (offset >= (ends.get(at.partition) ?? 0)) left.delete(at.partition)
        tick()
      },
      records: async (at, records) => {
        busy += 1
        try {
          await take(at, records)
        } finally {
          busy -= 1
          tick()
        }
      },
      revoked: () => undefined,
    },
  })
  await over
  await consumer.stop()
  if (failure !== undefined) throw failure
  watch.signal?.throwIfAborted()
  return total
}

const restMs = 10_000

function unitOf({ partition }: TopicPartition): string {
  return `${topic}-${partition}`
}

/** Bytes that are no article are told as refused, and the others go on. */
async function* articlesOf(
  records: readonly LogRecord[],
  codec: Codec,
  refused: (refusal: Refusal) => Promise<void>,
): AsyncIterable<ArticleLine> {
  for (const { key, value, headers } of records) {
    if (value === null || !isEvent({ headers })) continue
    try {
      yield { ...codec.decode('Article', value) }
    } catch (error) {
      if (!(error instanceof BadEventError)) throw error
      await refused({ id: key, status: unreadable, reason: `${error.code}: ${error.message}` })
    }
  }
}

/** Stands where a refusal of the cluster has its HTTP status. */
const unreadable = 0

function add(total: BulkFigures & { readonly dropped: Map<DropReason, number> }, more: IndexFigures): void {
  for (const figure of ['indexed', 'outdated', 'refused', 'retried', 'requests'] as const) total[figure] += more[figure]
  for (const [reason, count] of more.dropped) total.dropped.set(reason, (total.dropped.get(reason) ?? 0) + count)
}
