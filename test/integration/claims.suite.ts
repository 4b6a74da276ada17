/** What every dedup store must do. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Claim, ClaimStore, Retraction } from '../../runtime/ports.ts'
import { type ClaimsStore, openClaims, startChild } from './stores.ts'

export interface ClaimsHarness {
  /** An empty store. */
  fresh(): ClaimsStore
  readonly skip: string | false
}

const claim = (evidenceId: string, owner: string, payload = evidenceId, key = '서울=seoul'): Claim => ({
  key,
  evidenceId,
  owner,
  payload: Buffer.from(payload),
})

/** The store says nothing about the order. */
const textsOf = (payloads: readonly Uint8Array[]) => payloads.map((payload) => Buffer.from(payload).toString()).sort()

/** Claims, and answers in texts. */
async function claimed(claims: ClaimStore, one: Claim) {
  const { owned, payloads } = await claims.claim(one)
  return { owned, payloads: textsOf(payloads) }
}

export function claimsSuite(name: string, { fresh, skip }: ClaimsHarness): void {
  const withClaims = (title: string, body: (claims: ClaimStore) => Promise<void>): void =>
    void test(`${name}: ${title}`, { skip }, async () => {
      const claims = await openClaims(fresh())
      try {
        await body(claims)
      } finally {
        await claims.close()
      }
    })

  withClaims(
    'evidence is owned by the event that brought it first, also when that event comes again',
    async (claims) => {
      assert.equal((await claims.claim(claim('e', 't-0@1'))).owned, true)
      assert.equal((await claims.claim(claim('e', 't-0@2'))).owned, false)
      assert.equal((await claims.claim(claim('e', 't-0@1'))).owned, true)
    },
  )

  withClaims('what was cleared was never claimed', async (claims) => {
    await claims.claim(claim('e', 't-0@1', 'before', 'a'))
    await claims.claim(claim('f', 't-0@2', 'before', 'b'))
    await claims.clear()
    assert.deepEqual(await claimed(claims, claim('e', 't-0@3', 'after', 'a')), { owned: true, payloads: ['after'] })
    assert.deepEqual(await claimed(claims, claim('g', 't-0@4', 'after', 'b')), { owned: true, payloads: ['after'] })
  })

  withClaims('the payload of the first owner stays', async (claims) => {
    await claims.claim(claim('e', 't-0@1', 'first'))
    assert.deepEqual((await claimed(claims, claim('e', 't-0@2', 'second'))).payloads, ['first'])
  })

  withClaims('the same evidence under two keys is two claims', async (claims) => {
    await claims.claim(claim('e', 't-0@1', 'x', 'a'))
    assert.deepEqual(await claimed(claims, claim('e', 't-0@2', 'y', 'b')), { owned: true, payloads: ['y'] })
  })

  withClaims('a key that begins another key does not see its evidence', async (claims) => {
    await claims.claim(claim('e1', 't-0@1', 'x', 'ab'))
    assert.deepEqual((await claimed(claims, claim('e2', 't-0@2', 'y', 'a'))).payloads, ['y'])
  })

  withClaims('payloads are bytes and come back as they went in', async (claims) => {
    const payloads = [Buffer.alloc(0), Buffer.from([0, 255, 43, 45, 0]), Buffer.alloc(70_000, 7)]
    for (const [n, payload] of payloads.entries()) await claims.claim({ ...claim(`e${n}`, 't-0@1'), payload })
    const held = (await claims.claim({ ...claim('e0', 't-0@1') })).payloads.map((bytes) => Buffer.from(bytes))
    assert.deepEqual(held.sort(Buffer.compare), payloads.sort(Buffer.compare))
  })

  withClaims('what is retracted is gone, and the rest of the key stays', async (claims) => {
    for (const id of ['a', 'b', 'c']) await claims.claim(claim(id, 't-0@1'))
    await claims.claim(claim('b', 't-0@1', 'of another key', 'other'))
    assert.deepEqual(textsOf(await claims.retract({ key: '서울=seoul', evidenceId: 'b' })), ['a', 'c'])
    assert.deepEqual((await claimed(claims, claim('a', 't-0@1'))).payloads, ['a', 'c'])
    assert.deepEqual((await claimed(claims, claim('b', 't-0@9', 'x', 'other'))).payloads, ['of another key'])
  })

  withClaims('a retraction that comes again, or of what was never there, changes nothing', async (claims) => {
    await claims.claim(claim('a', 't-0@1'))
    for (const _ of [1, 2])
      assert.deepEqual(textsOf(await claims.retract({ key: '서울=seoul', evidenceId: 'b' })), ['a'])
    for (const _ of [1, 2]) assert.deepEqual(await claims.retract({ key: '서울=seoul', evidenceId: 'a' }), [])
    assert.deepEqual(await claims.retract({ key: 'nobody', evidenceId: 'a' }), [])
  })

  withClaims(
    'evidence that comes again after it was retracted is owned by the event that brings it',
    async (claims) => {
      await claims.claim(claim('e', 't-0@1', 'first'))
      await claims.retract({ key: '서울=seoul', evidenceId: 'e' })
      assert.deepEqual(await claimed(claims, claim('e', 't-0@2', 'second')), { owned: true, payloads: ['second'] })
      assert.equal((await claims.claim(claim('e', 't-0@1'))).owned, false)
    },
  )

  withClaims('1,700 claims at once are answered in order, as if they had come one by one', async (claims) => {
    const all = Array.from({ length: 1_700 }, (_, n) => claim(`e${n % 1_200}`, `t-0@${n}`, `p${n}`, `k${n % 3}`))
    const expected = modelOf(all)
    assert.deepEqual(await answersOf(claims, all), expected)
  })

  withClaims('any history is answered as by a plain map', async (claims) => {
    const text = fc.string({ unit: 'grapheme', maxLength: 6 }).filter((one) => !one.includes('\0'))
    const step = fc.record({
      retracts: fc.boolean(),
      evidenceId: fc.oneof(fc.constantFrom('a', 'b', 'c'), text),
      owner: fc.constantFrom('x', 'y'),
      payload: text,
    })
    let run = 0
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const all = steps.map(({ retracts, evidenceId, owner, payload }): Step => {
          const key = `run${run}`
          return retracts ? { key, evidenceId } : claim(evidenceId, owner, payload, key)
        })
        run++
        const expected = modelOf(all)
        assert.deepEqual(await answersOf(claims, all), expected)
      }),
      { numRuns: 60, seed: 20261123 },
    )
  })

  withClaims('a history that is replayed from any point ends as it did', async (claims) => {
    const all: Step[] = [
      claim('a', 't-0@0', '1'),
      claim('b', 't-0@1', '2'),
      { key: '서울=seoul', evidenceId: 'a' },
      claim('c', 't-0@3', '3'),
      claim('a', 't-0@4', '4'),
      { key: '서울=seoul', evidenceId: 'b' },
    ]
    const end = (await answersOf(claims, all)).at(-1)
    for (let from = all.length - 1; from >= 0; from--) {
      assert.deepEqual((await answersOf(claims, all.slice(from))).at(-1)?.payloads.length, end?.payloads.length)
    }
  })

  test(`${name}: what was answered before a kill -9 is there afterwards`, { skip }, async () => {
    const store = fresh()
    const child = startChild('claim-child.ts', JSON.stringify(store))
    await child.printed('claimed 200')
    child.signal('SIGKILL')
    await child.ended
    const claims = await openClaims(store)
    const { owned, payloads } = await claimed(claims, claim('e200', 'other', '', 'k'))
    await claims.close()
    assert.equal(owned, false)
    for (let n = 0; n <= 200; n++) assert.ok(payloads.includes(`p${n}`), `p${n} is lost`)
  })
}

type Step = Claim | Retraction
interface Answer {
  readonly owned: boolean
  readonly payloads: readonly string[]
}

function answersOf(claims: ClaimStore, steps: readonly Step[]): Promise<Answer[]> {
  return Promise.all(
    steps.map(async (step) => {
      if ('owner' in step) return claimed(claims, step)
      return { owned: true, payloads: textsOf(await claims.retract(step)) }
    }),
  )
}

/** The port's contract, in the plainest form. */
function modelOf(steps: readonly Step[]): Answer[] {
  const store = new Map<string, Map<string, Claim>>()
  return steps.map((step) => {
    const evidence = store.get(step.key) ?? new Map<string, Claim>()
    store.set(step.key, evidence)
    const known = evidence.get(step.evidenceId)
    if (!('owner' in step)) evidence.delete(step.evidenceId)
    else if (!known) evidence.set(step.evidenceId, step)
    const owned = !('owner' in step) || (known ?? step).owner === step.owner
    return { owned, payloads: textsOf([...evidence.values()].map(({ payload }) => payload)) }
  })
}
