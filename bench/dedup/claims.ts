/** Claims as a full run makes them, and a stretch of them put to a store. */
import type { Claim, ClaimStore } from '../../runtime/ports.ts'

export const batchClaims = 500
/** Batches on their way at once. */
export const inFlight = 4

export function claimOf(n: number): Claim {
  return {
    // Digits backwards: pairs that come one after another are no neighbours in a store that is sorted by its keys.
    key: `이름 ${[...String(n)].reverse().join('')}\tname of thing ${n}`,
    evidenceId: `langlink|kowiki|${n}|${n + 1000}|이름 ${n}|Name of thing ${n}`,
    owner: `synonym-candidates-${n % 12}@${n}`,
    payload: payloadOf(n),
  }
}

/** As long as a langlink's candidate with ids and titles of full wikis. */
export function payloadOf(n: number): Buffer {
  const text = `ko이름 ${n}이름 ${n}enName of thing ${n}Name of thing ${n}kowiki`
  return Buffer.concat([Buffer.alloc(27, n), Buffer.from(text)])
}

export interface Claimed {
  readonly pairs: number
  /** By the clock, the making of the claims left out. */
  readonly seconds: number
  /** CPU seconds of this process. */
  readonly cpuSeconds: number
}

/** Claims from (included) to to (left out), in batches; made beforehand. */
export async function claimAll(claims: ClaimStore, from: number, to: number): Promise<Claimed> {
  const made = Array.from({ length: to - from }, (_, at) => claimOf(from + at))
  const cpu = process.cpuUsage()
  const began = performance.now()
  let next = 0
  const stream = async () => {
    while (next < made.length) {
      const batch = made.slice(next, next + batchClaims)
      next += batchClaims
      await Promise.all(batch.map((claim) => claims.claim(claim)))
    }
  }
  await Promise.all(Array.from({ length: inFlight }, stream))
  const { user, system } = process.cpuUsage(cpu)
  return { pairs: to - from, seconds: (performance.now() - began) / 1000, cpuSeconds: (user + system) / 1e6 }
}

/** Any number of claims, in stretches that memory has room for. */
export async function claimMany(claims: ClaimStore, from: number, pairs: number): Promise<Claimed> {
  let [seconds, cpuSeconds] = [0, 0]
  for (let done = 0; done < pairs; done += stretch) {
    const one = await claimAll(claims, from + done, from + Math.min(pairs, done + stretch))
    seconds += one.seconds
    cpuSeconds += one.cpuSeconds
    if (pairs > stretch) console.error(`${done + one.pairs} of ${pairs}: ${seconds.toFixed(1)} s`)
  }
  return { pairs, seconds, cpuSeconds }
}

const stretch = 500_000
