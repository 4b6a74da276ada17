/**
 * Articles through broker, Avro and transaction, beside kafka-producer-perf-test and kafka-consumer-perf-test on the same broker with records of the
 * same size, transactions and compression; the embedded log beside a plain file with an fsync a batch; and one and two processes. Rounds alternate.
 *
 *   node --import tsx bench/kafka.ts [--articles 20000] [--rounds 3]
 *
 * Needs java and mvn.
 */
import { execFile } from 'node:child_process'
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import kafkajs from 'kafkajs'
import { Codec } from '../runtime/codec.ts'
import { packageRoot } from '../runtime/package-root.ts'
import { startKafka } from '../test/integration/servers.ts'
import { articlesOf, recordOf } from './kafka/articles.ts'
import { median } from './median.ts'

const run = promisify(execFile)
const { values } = parseArgs({
  options: { articles: { type: 'string', default: '20000' }, rounds: { type: 'string', default: '3' } },
})
const [count, rounds] = [Number(values.articles), Number(values.rounds)]
const folder = mkdtempSync(join(tmpdir(), 'naru-bench-kafka-'))
const tools = join(packageRoot, 'bench', 'kafka', 'perf-tools.sh')
await run(tools, ['install'])

const articles = await articlesOf(Math.min(count, 5_000))
const codec = new Codec()
const payloads = articles.map((article) => recordOf(codec, article).value!)
const bytesAnArticle = payloads.reduce((sum, { length }) => sum + length, 0) / payloads.length
/** The same articles as lines, by which perf-test parts its payloads. */
const payloadFile = join(folder, 'payloads')
writeFileSync(
  payloadFile,
  payloads
    .map((bytes) =>
      Buffer.from(bytes)
        .toString('latin1')
        .replaceAll(/[\r\n]/g, ' '),
    )
    .join('\n'),
  'latin1',
)

interface Stretch {
  readonly articles: number
  readonly bytes: number
  readonly seconds: number
  readonly cpuSeconds: number
}

const kafka = await startKafka()
const broker = kafka.brokers[0]!
const admin = new kafkajs.Kafka({ brokers: kafka.brokers, logLevel: kafkajs.logLevel.NOTHING }).admin()
try {
  await admin.connect()
  const figures = await measure()
  console.log(JSON.stringify(figures))
} finally {
  await admin.disconnect()
  await kafka.remove()
  rmSync(folder, { recursive: true, force: true })
}

async function measure() {
  const ours: Record<'produce' | 'consume' | 'append' | 'read', number[]> = {
    produce: [],
    consume: [],
    append: [],
    read: [],
  }
  const theirs: Record<'produce' | 'consume' | 'file', number[]> = { produce: [], consume: [], file: [] }
  const cpu: Record<'produce' | 'consume' | 'append', number[]> = { produce: [], consume: [], append: [] }
  const two: number[] = []
  let wire = 0
  for (let round = 0; round < rounds; round++) {
    const namespace = `bench${round}`
    await topicOf(`perf${round}`)
    theirs.produce.push(await perfProduce(`perf${round}`))
    const produced = await stretch('produce', broker, namespace)
    ours.produce.push(rateOf(produced))
    cpu.produce.push((produced.cpuSeconds / count) * 1e6)
    wire = await bytesOnDisk(`${namespace}.articles`)
    theirs.consume.push(await perfConsume(`perf${round}`))
    const consumed = await stretch('consume', broker, namespace)
    ours.consume.push(rateOf(consumed))
    cpu.consume.push((consumed.cpuSeconds / count) * 1e6)
    const log = join(folder, `log${round}`)
    const appended = await stretch('append', log, namespace)
    ours.append.push(rateOf(appended))
    cpu.append.push((appended.cpuSeconds / count) * 1e6)
    theirs.file.push(plainFile(join(folder, `file${round}`)))
    ours.read.push(rateOf(await stretch('read', log, namespace)))
    const both = await Promise.all([
      stretch('produce', broker, `${namespace}a`),
      stretch('produce', broker, `${namespace}b`),
    ])
    two.push((2 * count) / Math.max(...both.map(({ seconds }) => seconds)))
    for (const name of [`${namespace}.articles`, `${namespace}a.articles`, `${namespace}b.articles`, `perf${round}`]) {
      await admin.deleteTopics({ topics: [name] })
    }
    rmSync(log, { recursive: true, force: true })
    console.error(
      `round ${round + 1}: ours ${JSON.stringify(last(ours))}, theirs ${JSON.stringify(last(theirs))}, two processes ${Math.round(two.at(-1)!)}`,
    )
  }
  const share = (a: readonly number[], b: readonly number[]) => round2(median(a.map((rate, n) => rate / b[n]!)))
  return {
    bench: 'kafka',
    node: process.version,
    processor: cpus()[0]?.model,
    cores: cpus().length,
    loadAverage: round2(loadavg()[0] ?? Number.NaN),
    articles: count,
    bytesAnArticle: Math.round(bytesAnArticle),
    bytesOnTheWire: Math.round(wire / count),
    articlesPerSecond: rounded(ours),
    peers: rounded(theirs),
    cpuMicrosecondsAnArticle: rounded(cpu),
    produceShare: share(ours.produce, theirs.produce),
    consumeShare: share(ours.consume, theirs.consume),
    /** Into the broker and out of it again, one after the other. */
    wayShare: share(wayOf(ours.produce, ours.consume), wayOf(theirs.produce, theirs.consume)),
    appendToFile: share(ours.append, theirs.file),
    /** Written and read again, one after the other. */
    embeddedToKafka: share(wayOf(ours.append, ours.read), wayOf(ours.produce, ours.consume)),
    twoProcesses: share(two, ours.produce),
  }
}

function wayOf(write: readonly number[], read: readonly number[]): number[] {
  return write.map((rate, n) => 1 / (1 / rate + 1 / read[n]!))
}

async function stretch(kind: string, place: string, namespace: string): Promise<Stretch> {
  const file = join(packageRoot, 'bench', 'kafka', 'ours.ts')
  const { stdout } = await run(process.execPath, ['--import', 'tsx', file, kind, String(count), place, namespace], {
    cwd: packageRoot,
    maxBuffer: 1 << 24,
  })
  return JSON.parse(stdout) as Stretch
}

function rateOf({ articles: done, seconds }: Stretch): number {
  return done / seconds
}

async function topicOf(name: string): Promise<void> {
  await admin.createTopics({ waitForLeaders: true, topics: [{ topic: name, numPartitions: 12 }] })
}

/** Transactions of about as many records as ours; batches as large as ours are. */
async function perfProduce(name: string): Promise<number> {
  const { stdout } = await run(
    tools,
    [
      ...[
        'producer',
        '--topic',
        name,
        '--num-records',
        String(count),
        '--throughput',
        '-1',
        '--payload-file',
        payloadFile,
      ],
      ...['--transactional-id', `perf-${name}`, '--transaction-duration-ms', '250'],
      ...[
        '--producer-props',
        `bootstrap.servers=${broker}`,
        'compression.type=lz4',
        'acks=all',
        'linger.ms=5',
        'batch.size=262144',
      ],
    ],
    { maxBuffer: 1 << 24 },
  )
  return Number([...stdout.matchAll(/([\d.]+) records\/sec/g)].at(-1)?.[1])
}

async function perfConsume(name: string): Promise<number> {
  const config = join(folder, 'consumer.properties')
  writeFileSync(config, 'isolation.level=read_committed\n')
  const { stdout } = await run(
    tools,
    [
      ...['consumer', '--bootstrap-server', broker, '--topic', name, '--timeout', '30000'],
      ...[process.env.KAFKA_VERSION?.startsWith('3') ? '--messages' : '--num-records', String(count)],
      ...[process.env.KAFKA_VERSION?.startsWith('3') ? '--consumer.config' : '--command-config', config],
    ],
    { maxBuffer: 1 << 24 },
  )
  const cells = stdout.trim().split('\n').at(-1)!.split(',')
  return Number(cells[5])
}

/** As durable as our log: an fdatasync for each 500 articles, without an index, keys or positions. */
function plainFile(file: string): number {
  const descriptor = openSync(file, 'w')
  const began = performance.now()
  for (let n = 0; n < count; n += 500) {
    const batch = Array.from({ length: Math.min(500, count - n) }, (_, at) => payloads[(n + at) % payloads.length]!)
    writeSync(descriptor, Buffer.concat(batch))
    fdatasyncSync(descriptor)
  }
  const rate = count / ((performance.now() - began) / 1_000)
  closeSync(descriptor)
  rmSync(file)
  return rate
}

/** The broker keeps batches as they came over the wire. */
async function bytesOnDisk(topic: string): Promise<number> {
  const data = join(kafka.folder, 'data')
  const { stdout } = await run('bash', ['-c', `cat "${data}"/${topic}-*/*.log | wc -c`])
  return Number(stdout)
}

function last(lists: Readonly<Record<string, readonly number[]>>) {
  return Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, Math.round(list.at(-1)!)]))
}

function rounded(lists: Readonly<Record<string, readonly number[]>>) {
  return Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, Math.round(median(list))]))
}

function round2(value: number): number {
  return Number(value.toFixed(2))
}
