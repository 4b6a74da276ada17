/**
 * The stretches of bench/kafka.ts that are ours, each in a process of its own so that their CPU time can be told:
 *
 *   node --import tsx bench/kafka/ours.ts produce|consume|append|read COUNT PLACE NAMESPACE
 *
 * PLACE is the broker's address for produce and consume, a folder for append and read.
 */
import { Codec } from '../../runtime/codec.ts'
import { openEmbeddedTransport } from '../../runtime/embedded/transport.ts'
import { openKafkaTransport } from '../../runtime/kafka/transport.ts'
import { createLog } from '../../runtime/log.ts'
import type { Transport } from '../../runtime/transport.ts'
import type { Article } from '../../schemas/types.ts'
import { topics } from '../../topology.ts'
import { articlesOf, recordOf, topic } from './articles.ts'

/** As the runner of transforms commits. */
const inOneTransaction = 500

const [, , stretch = '', count = '0', place = '', namespace = 'bench'] = process.argv
const total = Number(count)
const codec = new Codec()
const onKafka = stretch === 'produce' || stretch === 'consume'
const transport = onKafka
  ? await openKafkaTransport({ brokers: [place], namespace, clientId: 'bench', log: createLog('bench', 'silent', 2) })
  : await openEmbeddedTransport({ folder: place })
const { partitions, minInsyncReplicas } = topics[topic]
await transport.createTopics([{ topic, partitions, cleanup: 'delete', retentionHours: 1, minInsyncReplicas }])
const work = stretch === 'produce' || stretch === 'append' ? await writing(transport) : reading(transport)
const cpu = process.cpuUsage()
const began = performance.now()
const bytes = await work()
const seconds = (performance.now() - began) / 1_000
const { user, system } = process.cpuUsage(cpu)
console.log(JSON.stringify({ stretch, articles: total, bytes, seconds, cpuSeconds: (user + system) / 1e6 }))
await transport.close()

/** Avro and one transaction for 500 articles. */
async function writing(to: Transport): Promise<() => Promise<number>> {
  const articles: Article[] = await articlesOf(total)
  const hold = await to.hold('writer', 'all')
  return async () => {
    let bytes = 0
    for (let n = 0; n < total; n += inOneTransaction) {
      const records = articles.slice(n, n + inOneTransaction).map((article) => recordOf(codec, article))
      for (const { value } of records) bytes += value?.length ?? 0
      const transaction = await to.begin('writer', 'all')
      await transaction.append(records)
      await transaction.commit([])
    }
    await hold.release()
    return bytes
  }
}

/** Every partition, decoded. The time includes joining the group, as that of kafka-consumer-perf-test does. */
function reading(from: Transport): () => Promise<number> {
  return async () => {
    let bytes = 0
    let left = total
    let end: () => void = () => undefined
    let fail: (error: unknown) => void = () => undefined
    const all = new Promise<void>((resolve, reject) => {
      end = resolve
      fail = reject
    })
    const consumer = await from.consume({
      group: `reader-${process.pid}`,
      topics: [topic],
      assignment: 'sole',
      unitOf: () => 'all',
      onFailure: fail,
      handler: {
        assigned: () => undefined,
        revoked: () => undefined,
        records: (_, records) => {
          for (const { value } of records) {
            if (value === null) continue
            codec.decode('Article', value)
            bytes += value.length
          }
          left -= records.length
          if (left <= 0) end()
          return Promise.resolve()
        },
      },
    })
    await all
    await consumer.stop()
    return bytes
  }
}
