/**
 * The dedup store on Redis, which one script keeps (claim-script.ts). What is asked for in one turn of the event loop travels
 * together, since the client and not the server is the limit: bench/dedup.ts.
 */
import { Redis, type Result } from 'ioredis'
import { ConfigError, type NaruError, RetryableError } from '../errors.ts'
import type { Logger } from '../log.ts'
import type { Claim, ClaimResult, ClaimStore, Retraction } from '../ports.ts'
import { type Asked, batchWriter, claimScript, readAnswers } from './claim-script.ts'
import type { RedisSecurity } from './security.ts'

export interface RedisClaimsOptions {
  /** redis:// or rediss:// with user, password and database as needed. */
  readonly url: string
  /** Keys begin with naru:<namespace>:claims:. */
  readonly namespace: string
  readonly log: Logger
  /** Beside what the address says. */
  readonly security?: RedisSecurity
}

const batchAtMost = 500
const connectTimeoutMs = 3_000
/** A claim that is not answered by then fails, also where the server is there but silent. */
const answerTimeoutMs = 10_000
/** All evidence of a pair is rarely more; by default Redis keeps values above 64 bytes in a looser form. */
const denseBytes = 2_048
const reconnectPauseAtMostMs = 1_000
/** Tries to connect before a waiting claim fails: about 4 s. */
const reconnectsAtMost = 8
declare module 'ioredis' {
  interface RedisCommander<Context> {
    naruClaimBuffer(prefix: string, batch: Buffer): Result<Buffer[], Context>
  }
}

interface Waiting {
  readonly asked: Asked
  readonly resolve: (result: ClaimResult) => void
  readonly reject: (error: unknown) => void
}

/** Throws RetryableError REDIS_UNREACHABLE where the server does not answer within some seconds. */
export async function openRedisClaims({ url, namespace, log, security = {} }: RedisClaimsOptions): Promise<ClaimStore> {
  const redis = new Redis(url, {
    ...security,
    lazyConnect: true,
    connectTimeout: connectTimeoutMs,
    commandTimeout: answerTimeoutMs,
    maxRetriesPerRequest: reconnectsAtMost,
    retryStrategy: (times) => Math.min(50 * 2 ** times, reconnectPauseAtMostMs),
    scripts: { naruClaim: { lua: claimScript, numberOfKeys: 1 } },
  })
  const place = withoutSecrets(url)
  const bytesOf = await batchWriter()
  let refusal: Error | undefined
  redis.on('error', (error: Error) => {
    if (isRefusal(error)) refusal = error
    // The error itself carries the command that failed: on a wrong password that is the one with the password.
    log.debug({ reason: error.message, url: place }, 'redis connection failed, trying again')
  })
  try {
    await redis.connect()
    await warnOfLoss(redis, log)
  } catch (cause) {
    redis.disconnect()
    // After a refusal ioredis says no more than that the connection is closed.
    throw failureOf(refusal ?? cause, place)
  }
  return new RedisClaims(redis, `naru:${namespace}:claims:`, place, bytesOf)
}

class RedisClaims implements ClaimStore {
  private readonly redis: Redis
  private readonly prefix: string
  private readonly place: string
  private readonly bytesOf: (batch: readonly Asked[]) => Buffer
  private waiting: Waiting[] = []

  constructor(redis: Redis, prefix: string, place: string, bytesOf: (batch: readonly Asked[]) => Buffer) {
    this.redis = redis
    this.prefix = prefix
    this.place = place
    this.bytesOf = bytesOf
  }

  claim(claim: Claim): Promise<ClaimResult> {
    return this.ask(claim)
  }

  async retract({ key, evidenceId }: Retraction): Promise<readonly Uint8Array[]> {
    return (await this.ask({ key, evidenceId })).payloads
  }

  async clear(): Promise<void> {
    try {
      const match = `${this.prefix.replace(/[*?[\]\\]/g, String.raw`\$&`)}*`
      for await (const keys of this.redis.scanStream({ match, count: 1_000 })) {
        if ((keys as string[]).length > 0) await this.redis.unlink(...(keys as string[]))
      }
    } catch (cause) {
      throw failureOf(cause, this.place)
    }
  }

  private ask(asked: Asked): Promise<ClaimResult> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ asked, resolve, reject })
      if (this.waiting.length === 1) setImmediate(() => this.flush())
    })
  }

  async close(): Promise<void> {
    this.flush()
    await this.redis.quit().catch(() => this.redis.disconnect())
  }

  private flush(): void {
    const all = this.waiting
    this.waiting = []
    for (let start = 0; start < all.length; start += batchAtMost) void this.send(all.slice(start, start + batchAtMost))
  }

  /** One call of the script; its connection keeps the calls in order. */
  private async send(batch: readonly Waiting[]): Promise<void> {
    try {
      const bytes = this.bytesOf(batch.map(({ asked }) => asked))
      const results = readAnswers(await this.redis.naruClaimBuffer(this.prefix, bytes))
      for (const [index, { resolve }] of batch.entries()) resolve(results[index]!)
    } catch (cause) {
      const failure = failureOf(cause, this.place)
      for (const { reject } of batch) reject(failure)
    }
  }
}

/** A store that forgets claims lets duplicates through later; a person should know. Servers may forbid the question. */
async function warnOfLoss(redis: Redis, log: Logger): Promise<void> {
  const asked = await redis
    .config('GET', 'maxmemory-policy', 'appendonly', 'hash-max-listpack-value')
    .catch(() => undefined)
  if (!Array.isArray(asked)) return
  const settings = new Map<unknown, unknown>()
  for (let i = 0; i + 1 < asked.length; i += 2) settings.set(asked[i], asked[i + 1])
  const policy = settings.get('maxmemory-policy')
  if (policy !== undefined && policy !== 'noeviction') log.warn({ policy }, 'redis may evict claims, use noeviction')
  const denseUpTo = settings.get('hash-max-listpack-value')
  if (denseUpTo !== undefined && Number(denseUpTo) < denseBytes) {
    log.info({ denseUpTo, advised: denseBytes }, 'redis keeps claims loosely, raise hash-max-listpack-value')
  }
  if (settings.get('appendonly') === 'no') log.warn('redis has no append-only file and forgets claims when it restarts')
}

function isRefusal(error: Error): boolean {
  return /^(NOAUTH|WRONGPASS|NOPERM)/.test(error.message)
}

function failureOf(cause: unknown, place: string): NaruError {
  const answer = cause instanceof Error && cause.name === 'ReplyError' ? cause.message : undefined
  if (answer && cause instanceof Error && isRefusal(cause)) {
    return new ConfigError('REDIS_DENIED', `Redis at ${place} refused us: ${answer}`, {
      at: { url: place },
      hint: 'Check user and password; docs/deploy.md names the commands that the user needs.',
    })
  }
  if (answer)
    return new RetryableError('REDIS_FAILED', `Redis at ${place} failed: ${answer}`, { at: { url: place }, cause })
  return new RetryableError('REDIS_UNREACHABLE', `Redis at ${place} did not answer`, {
    at: { url: place },
    hint: 'Is it running, and is the address right?',
    cause,
  })
}

/** The address for people: without user and password. */
function withoutSecrets(url: string): string {
  try {
    const { protocol, host, pathname } = new URL(url)
    return `${protocol}//${host}${pathname}`
  } catch {
    return '(an address that is no URL)'
  }
}
