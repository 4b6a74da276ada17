/** The trainer on a real Kafka, killed in the middle of its run, beside one on the embedded log that is left alone. */
import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { latestCheckpoint, readPosition } from '../../model/checkpoint.ts'
import { Codec } from '../../runtime/codec.ts'
import { partitionOf } from '../../runtime/partition.ts'
import { createTopics } from '../../runtime/runner/run-service.ts'
import { sealsOf } from '../../runtime/seal.ts'
import type { LogRecord, OutgoingRecord } from '../../runtime/transport.ts'
import type { Checkpoint, TrainingExample } from '../../schemas/types.ts'
import { topics } from '../../topology.ts'
import { exampleOf } from '../services/events.ts'
import { openWriter, until, Witness } from './members.ts'
import { skipWithoutKafka, startKafka } from './servers.ts'
import { closeAll, openTransport, startChild, type TransportStore } from './stores.ts'

const skip = skipWithoutKafka()
const root = mkdtempSync(join(tmpdir(), 'naru-trainer-kafka-'))
const codec = new Codec()
const topic = 'training-examples'
let kafka: Awaited<ReturnType<typeof startKafka>>
before(async () => {
  if (!skip) kafka = await startKafka()
})
after(async () => {
  await closeAll()
  await kafka?.remove()
  rmSync(root, { recursive: true, force: true })
})

/** Two hundred steps, four an epoch. */
const settings = {
  model: {
    ...{ name: 'tiny', vocab_size: 200, hidden_size: 8, layers: 1, heads: 1 },
    ...{ feed_forward_size: 8, max_length: 8 },
  },
  training: {
    ...{ epochs: 50, batch_size: 4, query_lengths: [8], document_lengths: [8], threads: 1, learning_rate: 1e-3 },
    ...{ log_steps: 1, validation_steps: 10, publish_steps: 10, checkpoint_steps: 7, keep_checkpoints: 3 },
  },
}

const words = ['물 water', '불 fire', '산 mountain', '강 river', '달 moon', '별 star', '말 horse', '소 cow']
const examples = [...words, ...words.map((pair) => pair.split(' ').reverse().join(' '))].map(
  (pair, i): TrainingExample => {
    const [left = '', right = ''] = pair.split(' ')
    const set = { query: left, positiveDoc: `the ${right}`, negativeDocs: ['the sea'], synonymPairs: [{ left, right }] }
    return exampleOf(`c${String(i).padStart(2, '0')}`, { ...set, split: 'train' })
  },
)

/** Writes the examples and the seals after them, an earlier version of some examples first. */
async function fill(store: TransportStore): Promise<void> {
  const transport = await openTransport(store)
  await createTopics(transport)
  const writer = await openWriter(transport, [])
  const recordOf = (example: TrainingExample): OutgoingRecord => ({
    ...{ topic, partition: partitionOf(topic, example.exampleId), key: example.exampleId },
    ...{ value: codec.encode('TrainingExample', example), headers: {} },
  })
  await writer.write(examples.slice(0, 3).map((example) => recordOf({ ...example, query: 'out of date' })))
  // Some transactions, each of which takes an offset on Kafka.
  for (let at = 0; at < examples.length; at += 5) await writer.write(examples.slice(at, at + 5).map(recordOf))
  for (const sealed of [topic, 'synonyms'] as const) await writer.write(sealsFor(sealed))
  await writer.stop()
  await transport.close()
}

/** That nothing more comes: no name is held out here. */
function sealsFor(topic: 'training-examples' | 'synonyms'): OutgoingRecord[] {
  return Array.from({ length: topics[topic].partitions }, (_, partition) =>
    sealsOf(topic).map((seal): OutgoingRecord => {
      return { topic, partition, key: `seal/${seal}`, value: Uint8Array.of(1), headers: { 'naru-seal': seal } }
    }),
  ).flat()
}

const trainIn = (store: TransportStore, out: string) =>
  startChild('train-child.ts', JSON.stringify(store), out, JSON.stringify(settings))

const logOf = (out: string): string => {
  try {
    return readFileSync(join(out, 'models/checkpoints/tiny/training.jsonl'), 'utf8')
  } catch {
    return ''
  }
}
const stepsIn = (out: string) =>
  logOf(out)
    .split('\n')
    .filter((line) => line.includes('"loss"')).length
const untimed = (log: string) => log.replaceAll(/"(samplesPerSecond|waitingShare|etaSeconds)":[^,}]+/g, '')

/** Events of the topic, without seals. */
async function checkpointsIn(store: TransportStore): Promise<Checkpoint[]> {
  const transport = await openTransport(store)
  const isAtEnd = (seen: readonly LogRecord[]) => seen.some(({ headers }) => 'naru-seal' in headers)
  const witness = new Witness()
  const consumer = await witness.consume(transport, 'reader-of-checkpoints', ['checkpoints'])
  await until(() => isAtEnd(witness.seen), 'the seal of checkpoints')
  await consumer.stop()
  await transport.close()
  return witness.seen.flatMap(({ headers, value }) =>
    'naru-seal' in headers || !value ? [] : [codec.decode('Checkpoint', value)],
  )
}

test('killed by kill -9 again and again, a run on Kafka ends with the losses and the bytes of one that was not', {
  skip,
  timeout: 420_000,
}, async () => {
  const [calm, killed] = [join(root, 'calm'), join(root, 'killed')]
  const embedded: TransportStore = { kind: 'embedded', folder: join(calm, 'state', 'log') }
  await fill(embedded)
  assert.equal(await trainIn(embedded, calm).ended, 0)

  const store: TransportStore = { kind: 'kafka', brokers: kafka.brokers, namespace: 'trainer' }
  await fill(store)
  for (const steps of [20, 60, 110]) {
    const child = trainIn(store, killed)
    await until(() => stepsIn(killed) >= steps, `step ${steps}`, 120_000)
    child.signal('SIGKILL')
    await child.ended
  }
  assert.ok(stepsIn(killed) < 200, 'it was done before it was killed')
  assert.equal(await trainIn(store, killed).ended, 0)

  assert.equal(stepsIn(killed), 200)
  assert.equal(untimed(logOf(killed)), untimed(logOf(calm)))
  const last = async (out: string) => {
    const runs = join(out, 'models/checkpoints/tiny')
    const run = readdirSync(runs).find((name) => /^[0-9a-f]{16}$/.test(name))!
    return (await latestCheckpoint(join(runs, run)))!
  }
  const [there, here] = [await last(killed), await last(calm)]
  assert.deepEqual(readFileSync(join(there, 'state.json')), readFileSync(join(here, 'state.json')))
  const [onKafka, inLog] = [await readPosition(there), await readPosition(here)]
  assert.deepEqual([onKafka?.epoch, onKafka?.batch], [50, 0])
  assert.deepEqual([inLog?.epoch, inLog?.batch], [50, 0])
  // Each new best was published once, though every start came by its step again.
  const published = await checkpointsIn(store)
  assert.ok(published.length > 1, 'there was no new best on the way')
  assert.deepEqual(published, await checkpointsIn(embedded))
  assert.deepEqual(
    published.map(({ final }) => final),
    published.map((_, at) => at === published.length - 1),
  )
  const sum = (position: typeof onKafka) => Object.values(position?.offsets ?? {}).reduce((a, b) => a + b, 0)
  // The marks of the transactions lie between the examples there, and not here.
  assert.ok(sum(onKafka) > sum(inLog), `${sum(onKafka)} and ${sum(inLog)}`)
})
