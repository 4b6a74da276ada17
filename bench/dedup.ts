/**
 * The dedup store on a real Redis beside redis-benchmark, which sends the same script batches of the same size from C, round by
 * round; then what a pair costs in memory, and the embedded store on the same claims.
 *
 *   node --import tsx bench/dedup.ts [--pairs 1000000] [--rounds 5] [--embedded-pairs 100000]
 *
 * Needs redis-server and redis-benchmark (apt-get install redis-server).
 */
import { execFile, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { Redis } from 'ioredis'
import { freePort } from '../chaos/free-port.ts'
import { openEmbeddedClaims } from '../runtime/embedded/claims.ts'
import { createLog } from '../runtime/log.ts'
import { packageRoot } from '../runtime/package-root.ts'
import type { ClaimStore } from '../runtime/ports.ts'
import { batchWriter, claimScript } from '../runtime/redis/claim-script.ts'
import { openRedisClaims } from '../runtime/redis/claims.ts'
import { batchClaims, claimAll, claimMany, claimOf, inFlight, payloadOf } from './dedup/claims.ts'
import { median } from './median.ts'

const run = promisify(execFile)
/** The same number of claims a hash, and so the same work for the server, as the store's own hashes get from `pairs`. */
const drawnBuckets = 10_000
const storeBuckets = 65_536

/** Figures of one stretch of claims. */
interface Stretch {
  readonly keysPerSecond: number
  /** CPU seconds of Redis for a million keys. */
  readonly serverSeconds: number
}

/** Of our own client; on idle cores the larger of the two CPU times is the limit. */
interface OwnStretch extends Stretch {
  readonly clientSeconds: number
  /** By the clock. */
  readonly seconds: number
}

async function claimOnRedis(claims: ClaimStore, redis: Redis, from: number, to: number): Promise<OwnStretch> {
  const server = await cpuSeconds(redis)
  const { pairs, seconds, cpuSeconds: client } = await claimAll(claims, from, to)
  const millions = pairs / 1e6
  return {
    seconds,
    keysPerSecond: pairs / seconds,
    clientSeconds: client / millions,
    serverSeconds: ((await cpuSeconds(redis)) - server) / millions,
  }
}

/**
 * redis-benchmark puts a random number of 12 digits for `__rand_int__`, wherever that stands in the batch: here over field and
 * bucket, so that each key is another one.
 */
async function benchmark(redis: Redis, sha: string, batch: Buffer, batches: number): Promise<Stretch> {
  const partBytes = batch.length / batchClaims
  // It takes its argument as a C string.
  const marked = Buffer.from(batch.map((byte) => byte || 1))
  for (let part = 0; part < batchClaims; part++) marked.write('__rand_int__', part * partBytes + 1, 'latin1')
  const server = await cpuSeconds(redis)
  const args = [
    '-p',
    String(redis.options.port),
    '-n',
    String(batches),
    '-c',
    String(inFlight),
    '-r',
    '2000000000',
    '--csv',
    '-x',
  ]
  const child = spawn('redis-benchmark', [...args, 'evalsha', sha, '1', 'benchmark:'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  child.stdin.end(marked)
  let text = ''
  for await (const chunk of child.stdout) text += String(chunk)
  const rate = Number(/^"evalsha[^\n]*?","([\d.]+)"/m.exec(text)?.[1])
  if (!(rate > 0)) throw new Error(`redis-benchmark said:\n${text}`)
  const serverSeconds = ((await cpuSeconds(redis)) - server) / ((batches * batchClaims) / 1e6)
  return { keysPerSecond: rate * batchClaims, serverSeconds }
}

async function usedBytes(redis: Redis): Promise<number> {
  return Number(/used_memory:(\d+)/.exec(await redis.info('memory'))?.[1])
}

async function cpuSeconds(redis: Redis): Promise<number> {
  const text = await redis.info('cpu')
  return Number(/used_cpu_sys:([\d.]+)/.exec(text)?.[1]) + Number(/used_cpu_user:([\d.]+)/.exec(text)?.[1])
}

/** On the disk, holes left out. */
function bytesIn(path: string): number {
  return readdirSync(path).reduce((sum, name) => sum + statSync(join(path, name)).blocks * 512, 0)
}

function described({ keysPerSecond, serverSeconds }: Stretch): string {
  return `${Math.round(keysPerSecond)} keys/s (CPU µs a key in Redis: ${serverSeconds.toFixed(2)})`
}

const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '5' },
    'embedded-pairs': { type: 'string', default: '100000' },
  },
})
const [pairs, rounds, embeddedPairs] = [values.pairs, values.rounds, values['embedded-pairs']].map(Number) as [
  number,
  number,
  number,
]
const folder = mkdtempSync(join(tmpdir(), 'naru-bench-dedup-'))
const servers = join(packageRoot, 'deploy', 'servers', 'redis.sh')
const port = await freePort()
await run(servers, ['start', folder, String(port)])
const redis = new Redis(port, '127.0.0.1')
const log = createLog('bench', 'silent', 2)
try {
  // Equal lengths, so that every part of a batch is as long as any other.
  const first = 10 ** String(pairs * 2).length
  const claims = await openRedisClaims({ url: `redis://127.0.0.1:${port}`, namespace: 'bench', log })
  const sha = String(await redis.script('LOAD', claimScript))
  const bytesOf = await batchWriter()
  const sameBatch = bytesOf(Array.from({ length: batchClaims }, (_, at) => claimOf(first + at)))
  const perRound = Math.floor(pairs / rounds / batchClaims) * batchClaims
  await claimAll(claims, first * 2, first * 2 + 50_000)
  await redis.flushall()
  const before = await usedBytes(redis)

  const ours: OwnStretch[] = []
  const theirs: Stretch[] = []
  const batchesOfOthers = Math.round((perRound / batchClaims) * (drawnBuckets / storeBuckets))
  for (let round = 0; round < rounds; round++) {
    const from = first + round * perRound
    ours.push(await claimOnRedis(claims, redis, from, from + perRound))
    theirs.push(await benchmark(redis, sha, sameBatch, batchesOfOthers))
    console.error(`round ${round + 1}: naru ${described(ours.at(-1)!)}; redis-benchmark ${described(theirs.at(-1)!)}`)
  }
  await redis.eval("for _, k in ipairs(redis.call('KEYS', 'benchmark:*')) do redis.call('DEL', k) end", 0)
  const redisBytes = ((await usedBytes(redis)) - before) / (perRound * rounds)
  const replay = await claimOnRedis(claims, redis, first, first + perRound)
  await claims.close()

  const embeddedFolder = join(folder, 'embedded')
  const embedded = await openEmbeddedClaims({ folder: embeddedFolder })
  const lmdb = await claimMany(embedded, first, embeddedPairs)
  await embedded.close()

  const middle = <K extends string>(stretches: readonly Readonly<Record<K, number>>[], of: K) =>
    median(stretches.map((one) => one[of]))
  const rounded = (value: number, digits = 2) => Number(value.toFixed(digits))
  const figures = {
    bench: 'dedup',
    node: process.version,
    processor: cpus()[0]?.model,
    cores: cpus().length,
    loadAverage: rounded(loadavg()[0] ?? Number.NaN),
    redis: /redis_version:(\S+)/.exec(await redis.info('server'))?.[1],
    pairs: perRound * rounds,
    batch: batchClaims,
    payloadBytes: payloadOf(first).length,
    keysPerSecond: Math.round(middle(ours, 'keysPerSecond')),
    redisBenchmarkKeysPerSecond: Math.round(middle(theirs, 'keysPerSecond')),
    shares: ours.map((one, round) => rounded(one.keysPerSecond / theirs[round]!.keysPerSecond)),
    /** CPU seconds for a million keys, which other programs on the machine disturb less. */
    clientSeconds: rounded(middle(ours, 'clientSeconds')),
    serverSeconds: rounded(middle(ours, 'serverSeconds')),
    redisBenchmarkServerSeconds: rounded(middle(theirs, 'serverSeconds')),
    /** What these CPU seconds allow where client and server have a core each. */
    keysPerSecondOfOwnCores: Math.round(1e6 / Math.max(middle(ours, 'clientSeconds'), middle(ours, 'serverSeconds'))),
    shareOfOwnCores: rounded(
      middle(theirs, 'serverSeconds') / Math.max(middle(ours, 'clientSeconds'), middle(ours, 'serverSeconds')),
    ),
    replayedKeysPerSecond: Math.round(replay.keysPerSecond),
    redisMinutes: rounded(ours.reduce((sum, { seconds }) => sum + seconds, 0) / 60),
    redisBytesPerPair: Math.round(redisBytes),
    embeddedPairs,
    embeddedKeysPerSecond: Math.round(lmdb.pairs / lmdb.seconds),
    embeddedMinutes: rounded(lmdb.seconds / 60),
    /** CPU seconds for a million keys. */
    embeddedSeconds: rounded(lmdb.cpuSeconds / (lmdb.pairs / 1e6)),
    embeddedBytesPerPair: Math.round(bytesIn(embeddedFolder) / lmdb.pairs),
  }
  console.log(JSON.stringify(figures))
} finally {
  redis.disconnect()
  await run(servers, ['stop', folder])
  rmSync(folder, { recursive: true, force: true })
}
