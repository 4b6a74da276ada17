import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import fc from 'fast-check'
import { openEmbeddedClaims } from '../../runtime/embedded/claims.ts'
import type { Incoming } from '../../runtime/service.ts'
import type { SynonymCandidate, SynonymPair, SynonymRule } from '../../schemas/types.ts'
import deduplicator from '../../services/07-deduplicator/service.ts'
import { drive, incoming, temporaryFolder } from './drive.ts'
import { candidateOf } from './events.ts'

/** A deduplicator with a dedup store of its own, over as many runs as the test likes. */
async function withClaims(t: TestContext) {
  const folder = await temporaryFolder(t)
  const claims = await openEmbeddedClaims({ folder: join(folder, 'claims') })
  t.after(() => claims.close())
  return (events: readonly Incoming[], settings = {}) => drive(folder, deduplicator, events, { claims, settings })
}

/** The pairs as they stand in the end, after these pieces of evidence came in this order. */
async function merge(t: TestContext, candidates: readonly SynonymCandidate[], settings = {}) {
  const run = await withClaims(t)
  const { events } = await run(
    candidates.map((candidate) => incoming('synonym-candidates', candidate)),
    settings,
  )
  return new Map(events('synonym-pairs').map((pair): [string, SynonymPair] => [pair.pairKey, pair]))
}

const confidenceOf = async (t: TestContext, candidates: readonly SynonymCandidate[], settings = {}) =>
  (await merge(t, candidates, settings)).get('물\twater')?.confidence

const water = (set: Partial<SynonymCandidate> = {}) => candidateOf('물', 'Water', set)

test('a first piece of evidence is a pair with that evidence and the trust in its rule', async (t) => {
  const candidate = water({ rule: 'anchor', count: 8, share: 0.8, evidencePageId: 3, evidenceRevisionId: 33 })
  assert.deepEqual((await merge(t, [candidate])).get('물\twater'), {
    pairKey: '물\twater',
    left: { language: 'ko', surface: '물', title: '물', domain: null },
    right: { language: 'en', surface: 'Water', title: 'Water', domain: null },
    confidence: 0.7,
    evidence: [
      {
        rule: 'anchor',
        leftSurface: '물',
        rightSurface: 'Water',
        leftTitle: '물',
        rightTitle: 'Water',
        count: 8,
        share: 0.8,
        wiki: 'kowiki',
        pageId: 3,
        revisionId: 33,
        written: '',
        offset: null,
        detail: '',
      },
    ],
  })
})

const trust = {
  langlink: 0.95,
  wikidata: 0.95,
  gloss: 0.9,
  redirect: 0.75,
  bold: 0.8,
  anchor: 0.7,
  infobox: 0.75,
  entity: 0.5,
  existing: 0.8,
}
for (const [rule, confidence] of Object.entries(trust) as [SynonymRule, number][]) {
  test(`a pair that only the rule ${rule} says has a confidence of ${confidence}`, async (t) => {
    assert.equal(await confidenceOf(t, [water({ rule })]), confidence)
  })
}

test('confidence is the noisy-or over rules and wikis', async (t) => {
  const english = { evidenceWiki: 'enwiki', evidencePageId: 9 }
  // 1 − 0.05², 1 − 0.05 · 0.25, 1 − 0.05² · 0.3
  assert.equal(await confidenceOf(t, [water(), water(english)]), 0.9975)
  assert.equal(await confidenceOf(t, [water(), water({ rule: 'redirect' })]), 0.9875)
  assert.equal(await confidenceOf(t, [water(), water(english), water({ rule: 'anchor' })]), 0.99925)
})

test('ten redirects of one wiki are no stronger than one, and all of them are kept', async (t) => {
  const redirects = Array.from({ length: 10 }, (_, page) => water({ rule: 'redirect', evidencePageId: page }))
  const pair = (await merge(t, redirects)).get('물\twater')
  assert.deepEqual([pair?.confidence, pair?.evidence.length], [0.75, 10])
})

test('trust is that of the settings, and is a probability', async (t) => {
  assert.equal(await confidenceOf(t, [water({ rule: 'anchor' })], { trust: { anchor: 0.6 } }), 0.6)
  await assert.rejects(merge(t, [water()], { trust: { anchor: 1.1 } }))
  await assert.rejects(merge(t, [water()], { trust: { hearsay: 0.5 } }))
})

test('evidence that another event brings again is dropped', async (t) => {
  const run = await withClaims(t)
  const first = await run([incoming('synonym-candidates', water())])
  assert.equal(first.events('synonym-pairs').length, 1)
  const again = await run([incoming('synonym-candidates', water())])
  assert.deepEqual(again.outcomes, [{ kind: 'dropped', reason: 'already_known', count: 1 }])
})

test('an event that is replayed finds its own claim and gives the pair as it stands', async (t) => {
  const run = await withClaims(t)
  const event = incoming('synonym-candidates', water())
  const first = await run([event])
  assert.deepEqual((await run([event])).outcomes, first.outcomes)
  const other = await run([incoming('synonym-candidates', water({ rule: 'redirect' }))])
  assert.deepEqual((await run([event])).outcomes, other.outcomes)
  assert.equal(other.events('synonym-pairs')[0]?.evidence.length, 2)
})

test('the same pair from another page, revision, spelling or rule is further evidence', async (t) => {
  const { evidence } = (
    await merge(t, [
      water(),
      water({ evidencePageId: 2 }),
      water({ evidenceRevisionId: 11 }),
      water({ right: { ...water().right, surface: 'WATER' } }),
      water({ rule: 'bold' }),
    ])
  ).get('물\twater') ?? { evidence: [] }
  assert.equal(evidence.length, 5)
})

test('evidence of another pair, though its key begins the same, is not taken', async (t) => {
  const pairs = await merge(t, [water(), candidateOf('물', 'Water cycle'), candidateOf('물리', 'Water')])
  assert.deepEqual(
    [...pairs.values()].map(({ pairKey, evidence }) => [pairKey, evidence.length]),
    [
      ['물\twater', 1],
      ['물\twater cycle', 1],
      ['물리\twater', 1],
    ],
  )
})

test('the form is that of the rule with most care, then of most links, then the first by code point', async (t) => {
  const spelt = async (candidates: readonly SynonymCandidate[]) =>
    (await merge(t, candidates)).get('인공지능\tai')?.right.surface
  let page = 1
  const anchor = (english: string, count: number) =>
    candidateOf('인공지능', english, { rule: 'anchor', count, evidencePageId: page++ })
  assert.equal(await spelt([anchor('ai', 3), anchor('AI', 3)]), 'AI')
  assert.equal(await spelt([anchor('AI', 3), anchor('ai', 4)]), 'ai')
  assert.equal(await spelt([anchor('ai', 40), candidateOf('인공지능', 'A.I.', { rule: 'redirect' })]), 'A.I.')
  assert.equal(
    await spelt([candidateOf('인공지능', 'A.I.', { rule: 'redirect' }), candidateOf('인공지능', 'AI')]),
    'AI',
  )
})

test('the pair in the end is the same whatever the order in which its evidence came', async (t) => {
  const candidates = [
    water(),
    water({ evidenceWiki: 'enwiki' }),
    candidateOf('물', 'WATER', { rule: 'anchor', count: 4, share: 0.8 }),
    candidateOf('물', 'water', { rule: 'anchor', count: 4, share: 0.6 }),
  ]
  const expected = await merge(t, candidates)
  const orders = fc.shuffledSubarray(candidates, { minLength: candidates.length })
  await fc.assert(
    fc.asyncProperty(orders, async (order) => assert.deepEqual(await merge(t, order), expected)),
    { numRuns: 12, seed: 1 },
  )
})
