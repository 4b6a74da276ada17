/** What every dedup store must do. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { ClaimStore } from '../../runtime/ports.ts'
import { type ClaimsStore, openClaims, startChild } from './stores.ts'

export interface ClaimsHarness {
  /** An empty store. */
  fresh(): ClaimsStore
  readonly skip: string | false
}

const claim = (evidenceId: string, owner: string, payload = evidenceId, key = '서울=seoul') => ({
  key,
  evidenceId,
  owner,
  payload,
})

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

  withClaims('the payload of the first owner stays', async (claims) => {
    await claims.claim(claim('e', 't-0@1', 'first'))
    assert.deepEqual((await claims.claim(claim('e', 't-0@2', 'second'))).payloads, ['first'])
  })

  withClaims('the same evidence under two keys is two claims', async (claims) => {
    await claims.claim(claim('e', 't-0@1', 'x', 'a'))
    assert.deepEqual(await claims.claim(claim('e', 't-0@2', 'y', 'b')), { owned: true, payloads: ['y'] })
  })

  withClaims('a key that begins another key does not see its evidence', async (claims) => {
    await claims.claim(claim('e1', 't-0@1', 'x', 'ab'))
    assert.deepEqual((await claims.claim(claim('e2', 't-0@2', 'y', 'a'))).payloads, ['y'])
  })

  withClaims('payloads come by evidence id in code-point order, beyond the basic plane too', async (claims) => {
    // In UTF-16 units U+10348 sorts before U+FF21; by code point it comes after.
    const ids = ['나', 'b', '𐍈', 'Ａ', 'B', 'a', '가', '']
    for (const [n, id] of ids.entries()) await claims.claim(claim(id, `t-0@${n}`))
    const { payloads } = await claims.claim(claim('zz', 't-0@99'))
    assert.deepEqual(payloads, ['', 'B', 'a', 'b', 'zz', '가', '나', 'Ａ', '𐍈'])
  })

  withClaims('1,700 claims at once are answered in order, as if they had come one by one', async (claims) => {
    const all = Array.from({ length: 1_700 }, (_, n) => claim(`e${n % 1_200}`, `t-0@${n}`, `p${n}`, `k${n % 3}`))
    const expected = modelOf(all)
    assert.deepEqual(await Promise.all(all.map((one) => claims.claim(one))), expected)
  })

  withClaims('any history is answered as by a plain map', async (claims) => {
    const text = fc.string({ unit: 'grapheme', maxLength: 6 }).filter((one) => !one.includes('\0'))
    const history = fc.array(fc.record({ evidenceId: text, owner: fc.constantFrom('x', 'y'), payload: text }), {
      maxLength: 30,
    })
    let run = 0
    await fc.assert(
      fc.asyncProperty(history, async (steps) => {
        const all = steps.map((step) => ({ ...step, key: `run${run}` }))
        run++
        assert.deepEqual(await Promise.all(all.map((one) => claims.claim(one))), modelOf(all))
      }),
      { numRuns: 40, seed: 20261123 },
    )
  })

  test(`${name}: what was answered before a kill -9 is there afterwards`, { skip }, async () => {
    const store = fresh()
    const child = startChild('claim-child.ts', JSON.stringify(store))
    await child.printed('claimed 200')
    child.signal('SIGKILL')
    await child.ended
    const claims = await openClaims(store)
    const { owned, payloads } = await claims.claim({ key: 'k', evidenceId: 'e200', owner: 'other', payload: '' })
    await claims.close()
    assert.equal(owned, false)
    for (let n = 0; n <= 200; n++) assert.ok(payloads.includes(`p${n}`), `p${n} is lost`)
  })
}

type Claimed = Parameters<ClaimStore['claim']>[0]

/** The port's contract, in the plainest form. */
function modelOf(claims: readonly Claimed[]): { owned: boolean; payloads: string[] }[] {
  const store = new Map<string, Map<string, Claimed>>()
  return claims.map((one) => {
    const evidence = store.get(one.key) ?? new Map<string, Claimed>()
    store.set(one.key, evidence)
    const known = evidence.get(one.evidenceId)
    if (!known) evidence.set(one.evidenceId, one)
    const payloads = [...evidence.values()]
      .sort((a, b) => Buffer.compare(Buffer.from(a.evidenceId), Buffer.from(b.evidenceId)))
      .map(({ payload }) => payload)
    return { owned: (known ?? one).owner === one.owner, payloads }
  })
}
