/** A pipeline at work, second by second, whose rates are known. */
import { Pipeline } from '../../monitor/sampling/pipeline.ts'
import { Reader } from '../../monitor/sampling/reading.ts'
import type { PipelineView } from '../../monitor/sampling/view.ts'
import { emptyLedger, writeNote } from '../../runtime/ledger.ts'
import { type TopicName, topics } from '../../topology.ts'

/** A second of a pipeline: what its log and its processes tell then. */
export interface Moment {
  /** Records of a topic, spread over its partitions from the first on. */
  readonly records: (topic: string) => number
  /** Committed by a group, in the first partition of the topic. */
  readonly taken: (group: string, topic: string) => number
  /** Figures of the process that runs all services; where there are none, no process tells. */
  readonly figures: readonly [name: string, labels: Readonly<Record<string, string>>, value: number][]
}

export async function viewAfter(seconds: number, momentAt: (second: number) => Moment): Promise<PipelineView> {
  const pipeline = new Pipeline()
  let second = 0
  const log = {
    ends: (topic: string) => {
      const { partitions } = topics[topic as TopicName] ?? { partitions: 1 }
      const records = momentAt(second).records(topic)
      return Promise.resolve(
        Array.from({ length: partitions }, (_, partition) => ({
          topic,
          partition,
          offset: partition === 0 ? records : 0,
        })),
      )
    },
    positions: (group: string, read: readonly string[]) => {
      const note = writeNote(emptyLedger())
      const at = (topic: string) => ({ topic, partition: 0, offset: momentAt(second).taken(group, topic), note })
      return Promise.resolve(read.map(at))
    },
  }
  const pages = () => {
    const figures = momentAt(second).figures.map(([name, labels, value]) => ({ name, labels, value }))
    return figures.length === 0 ? [] : [{ instance: 'run', service: undefined, atMs: second * 1000, figures }]
  }
  const reader = new Reader(log, { read: () => Promise.resolve(pages()) })
  let view = pipeline.add(await reader.read(0))
  for (second = 1; second <= seconds; second++) view = pipeline.add(await reader.read(second * 1000))
  return view
}

const articlesPerSecond = 50
const positions: Readonly<Record<string, number>> = { 'name-finder articles': 20, 'article-extractor dump-chunks': 3 }

/** The extractor writes articles of 2,000 bytes and goes through 600 chunks; the name-finder takes fewer than come. */
export const busy = (second: number): Moment => ({
  records: (topic) => (topic === 'articles' ? articlesPerSecond * second : topic === 'dump-chunks' ? 600 : 0),
  taken: (group, topic) => (positions[`${group} ${topic}`] ?? 0) * second,
  figures: [
    ['naru_events_written_total', { service: 'article-extractor', topic: 'articles' }, articlesPerSecond * second],
    ['naru_bytes_written_total', { service: 'article-extractor', topic: 'articles' }, 100_000 * second],
    ['naru_bytes_consumed_total', { service: 'name-finder', topic: 'articles' }, 40_000 * second],
    ['naru_worker_seconds_total', { service: 'article-extractor' }, 0.8 * second],
    ['naru_retries_total', { service: 'name-finder', code: 'KAFKA_FAILED' }, 2],
    ['process_cpu_seconds_total', {}, 1.5 * second],
    ['process_resident_memory_bytes', {}, 300e6 + second],
  ],
})
