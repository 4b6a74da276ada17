/**
 * The dedup store on Redis: for each key a hash of evidence id → owner and payload. Claims of one turn of the event loop
 * travel together, since the client and not the server is the limit (a study got 195,000 keys/s in batches of 500, 51,000
 * one by one).
 */
import { type Callback, Redis, type Result } from 'ioredis'
import { ConfigError, type NaruError, RetryableError } from '../errors.ts'
import type { Logger } from '../log.ts'
import type { Claim, ClaimResult, ClaimStore } from '../ports.ts'

export interface RedisClaimsOptions {
  /** redis:// or rediss:// with user, password and database as needed. */
  readonly url: string
  /** Keys begin with naru:<namespace>:claims:. */
  readonly namespace: string
  readonly log: Logger
}

const batchAtMost = 500
const connectTimeoutMs = 3_000
/** A claim that is not answered by then fails, also where the server is there but silent. */
const answerTimeoutMs = 10_000
const reconnectPauseAtMostMs = 1_000
/** Tries to connect before a waiting claim fails: about 4 s. */
const reconnectsAtMost = 8
/** Between owner and payload: owners are `topic-partition@offset` and never hold it. */
const separator = '\0'

/**
 * KEYS: one hash a claim. ARGV: evidence id and value, in turn. Answers, for each claim in order, the value that stands
 * under its evidence id and then all fields and values of the hash, as they are after that claim.
 */
const script = `
local answers = {}
for i, key in ipairs(KEYS) do
  local evidence = ARGV[2 * i - 1]
  redis.call('HSETNX', key, evidence, ARGV[2 * i])
  local answer = redis.call('HGETALL', key)
  table.insert(answer, 1, redis.call('HGET', key, evidence))
  answers[i] = answer
end
return answers`

declare module 'ioredis' {
  interface RedisCommander<Context> {
    naruClaim(keys: number, ...args: (string | Callback<string[][]>)[]): Result<string[][], Context>
  }
}

interface Waiting {
  readonly claim: Claim
  readonly resolve: (result: ClaimResult) => void
  readonly reject: (error: unknown) => void
}

/** Throws RetryableError REDIS_UNREACHABLE where the server does not answer within some seconds. */
export async function openRedisClaims({ url, namespace, log }: RedisClaimsOptions): Promise<ClaimStore> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: connectTimeoutMs,
    commandTimeout: answerTimeoutMs,
    maxRetriesPerRequest: reconnectsAtMost,
    retryStrategy: (times) => Math.min(50 * 2 ** times, reconnectPauseAtMostMs),
    scripts: { naruClaim: { lua: script } },
  })
  const place = withoutSecrets(url)
  redis.on('error', (err: Error) => log.debug({ err, redis: place }, 'redis connection failed, trying again'))
  try {
    await redis.connect()
    await warnOfLoss(redis, log)
  } catch (cause) {
    redis.disconnect()
    throw failureOf(cause, place)
  }
  return new RedisClaims(redis, `naru:${namespace}:claims:`, place)
}

class RedisClaims implements ClaimStore {
  private readonly redis: Redis
  private readonly prefix: string
  private readonly place: string
  private waiting: Waiting[] = []

  constructor(redis: Redis, prefix: string, place: string) {
    this.redis = redis
    this.prefix = prefix
    this.place = place
  }

  claim(claim: Claim): Promise<ClaimResult> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ claim, resolve, reject })
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
    const keys = batch.map(({ claim }) => this.prefix + claim.key)
    const values = batch.flatMap(({ claim }) => [claim.evidenceId, claim.owner + separator + claim.payload])
    try {
      const answers = await this.redis.naruClaim(keys.length, ...keys, ...values)
      for (const [index, { claim, resolve }] of batch.entries()) resolve(resultOf(claim, answers[index] ?? []))
    } catch (cause) {
      const failure = failureOf(cause, this.place)
      for (const { reject } of batch) reject(failure)
    }
  }
}

function resultOf({ owner }: Claim, [standing = '', ...hash]: readonly string[]): ClaimResult {
  const evidence: { readonly id: string; readonly payload: string }[] = []
  for (let i = 0; i + 1 < hash.length; i += 2) evidence.push({ id: hash[i]!, payload: halves(hash[i + 1]!).payload })
  return {
    owned: halves(standing).owner === owner,
    payloads: evidence.sort((a, b) => byCodePoint(a.id, b.id)).map(({ payload }) => payload),
  }
}

function halves(value: string): { readonly owner: string; readonly payload: string } {
  const at = value.indexOf(separator)
  return { owner: value.slice(0, at), payload: value.slice(at + 1) }
}

/** By UTF-8 bytes, which is code-point order; `<` on strings compares UTF-16 units and differs beyond U+FFFF. */
function byCodePoint(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}

/** A store that forgets claims lets duplicates through later; a person should know. Servers may forbid the question. */
async function warnOfLoss(redis: Redis, log: Logger): Promise<void> {
  const asked = await redis.config('GET', 'maxmemory-policy', 'appendonly').catch(() => undefined)
  if (!Array.isArray(asked)) return
  const settings = new Map<unknown, unknown>()
  for (let i = 0; i + 1 < asked.length; i += 2) settings.set(asked[i], asked[i + 1])
  const policy = settings.get('maxmemory-policy')
  if (policy !== undefined && policy !== 'noeviction') log.warn({ policy }, 'redis may evict claims, use noeviction')
  if (settings.get('appendonly') === 'no') log.warn('redis has no append-only file and forgets claims when it restarts')
}

function failureOf(cause: unknown, place: string): NaruError {
  const answer = cause instanceof Error && cause.name === 'ReplyError' ? cause.message : undefined
  if (answer && /^(NOAUTH|WRONGPASS|NOPERM)/.test(answer)) {
    return new ConfigError('REDIS_DENIED', `Redis at ${place} refused us: ${answer}`, {
      at: { url: place },
      hint: 'Check user and password; the user needs EVALSHA, EVAL, HGET, HGETALL and HSETNX on naru:*.',
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
