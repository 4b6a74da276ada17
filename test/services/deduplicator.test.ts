import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import fc from 'fast-check'
import { openEmbeddedClaims } from '../../runtime/embedded/claims.ts'
import type { Incoming } from '../../runtime/service.ts'
import type { SynonymCandidate, SynonymPair, Term } from '../../schemas/types.ts'
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
  const { outcomes } = await run(
    candidates.map((candidate) => incoming('synonym-candidates', candidate)),
    { ...plainWeights, ...settings },
  )
  const pairs = new Map<string, SynonymPair>()
  for (const outcome of outcomes) {
    if (outcome.kind === 'withdrawal') pairs.delete(outcome.key)
    if (outcome.kind === 'emission' && outcome.topic === 'synonym-pairs')
      pairs.set(outcome.value.pairKey, outcome.value)
  }
  return pairs
}

/** Odds that can be multiplied by hand: a link says 19 : 1, a redirect 3 : 1. */
const plainWeights = {
  bias: 0,
  weights: { link_mutual: Math.log(19), link_one_sided: Math.log(9), redirect: Math.log(3), existing: Math.log(4) },
}

const confidenceOf = async (t: TestContext, candidates: readonly SynonymCandidate[], settings = {}) =>
  (await merge(t, candidates, settings)).get('물\twater')?.confidence

const listed = (language: string, surface: string): Term => ({ language, surface, title: '', domain: null })

const water = (set: Partial<SynonymCandidate> = {}) => candidateOf('물', 'Water', set)

test('a first piece of evidence is a pair with that evidence, in the sense of its pages', async (t) => {
  const candidate = water({ rule: 'anchor', count: 8, share: 0.8, evidencePageId: 3, evidenceRevisionId: 33 })
  const pair = (await merge(t, [candidate], { weights: { anchor: 0 } })).get('물\twater')
  assert.deepEqual(structuredClone(pair), {
    pairKey: '물\twater',
    left: { language: 'ko', surface: '물', title: '물', domain: null },
    right: { language: 'en', surface: 'Water', title: 'Water', domain: null },
    confidence: 0.5,
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
    senses: [{ leftTitle: '물', rightTitle: 'Water', confidence: 0.5 }],
  })
})

test('confidence multiplies the odds that the independent sources give', async (t) => {
  const redirect = water({ rule: 'redirect', right: { ...water().right, surface: 'WATER' } })
  assert.equal(await confidenceOf(t, [water({ detail: 'mutual' })]), 0.95)
  assert.equal(await confidenceOf(t, [redirect]), 0.75)
  assert.equal(await confidenceOf(t, [water({ detail: 'one_sided' })]), 0.9)
  // An anchor of the title says nothing about the other page.
  assert.equal(await confidenceOf(t, [water({ detail: 'mutual' }), water({ rule: 'anchor' })]), 0.95)
})

test('what an existing list says and what pages say is one pair that is surer than either', async (t) => {
  const list = water({
    rule: 'existing',
    evidenceWiki: 'file:a.json',
    left: listed('ko', '물'),
    right: listed('en', 'Water'),
  })
  const pair = (await merge(t, [list, water({ detail: 'mutual' })])).get('물\twater')
  // 19 · 4 : 1
  assert.equal(pair?.confidence, Number((76 / 77).toFixed(6)))
  assert.deepEqual(pair?.senses, [{ leftTitle: '물', rightTitle: 'Water', confidence: pair?.confidence }])
  const alone = (await merge(t, [list])).get('물\twater')
  assert.deepEqual(alone?.senses, [{ leftTitle: '', rightTitle: '', confidence: 0.8 }])
})

test('a pair that rests on two page pairs has two senses, surest first, and is as sure as the surer', async (t) => {
  const sense = (page: string, set: Partial<SynonymCandidate>) =>
    candidateOf('아폴로', 'Apollo', {
      left: { ...listed('ko', '아폴로'), title: `아폴로 (${page})` },
      right: { ...listed('en', 'Apollo'), title: `Apollo (${page})` },
      ...set,
    })
  const pair = (await merge(t, [sense('a', { detail: 'one_sided' }), sense('b', { detail: 'mutual' })])).get(
    '아폴로\tapollo',
  )
  assert.equal(pair?.confidence, 0.95)
  assert.deepEqual(pair?.senses, [
    { leftTitle: '아폴로 (b)', rightTitle: 'Apollo (b)', confidence: 0.95 },
    { leftTitle: '아폴로 (a)', rightTitle: 'Apollo (a)', confidence: 0.9 },
  ])
})

test('ten redirects of one wiki are no stronger than one, and all of them are kept', async (t) => {
  const redirects = Array.from({ length: 10 }, (_, page) =>
    water({ rule: 'redirect', evidencePageId: page, left: { ...water().left, title: '물 (화합물)' } }),
  )
  const pair = (await merge(t, redirects)).get('물\twater')
  assert.deepEqual([pair?.confidence, pair?.evidence.length], [0.75, 10])
})

test('weights are those of the settings, of sources that there are', async (t) => {
  const candidate = water({ rule: 'gloss' })
  assert.equal(await confidenceOf(t, [candidate], { weights: { gloss: Math.log(4) } }), 0.8)
  await assert.rejects(merge(t, [water()], { weights: { gloss: 21 } }))
  await assert.rejects(merge(t, [water()], { weights: { hearsay: 0.5 } }))
})

test('evidence that is taken back leaves the rest of the pair, and with the last of it the pair is withdrawn', async (t) => {
  const run = await withClaims(t)
  const redirect = water({ rule: 'redirect', evidencePageId: 7 })
  await run([incoming('synonym-candidates', water()), incoming('synonym-candidates', redirect)])
  const less = await run([incoming('synonym-candidates', { ...water(), retracted: true })])
  assert.deepEqual(
    less.events('synonym-pairs').map(({ evidence }) => evidence.map(({ rule }) => rule)),
    [['redirect']],
  )
  const none = await run([incoming('synonym-candidates', { ...redirect, retracted: true })])
  assert.deepEqual(none.outcomes, [{ kind: 'withdrawal', topic: 'synonym-pairs', key: '물\twater' }])
})

test('a retraction that is replayed says the same again, and only the very evidence goes', async (t) => {
  const run = await withClaims(t)
  await run([incoming('synonym-candidates', water())])
  const ofOlderRevision = incoming('synonym-candidates', water({ evidenceRevisionId: 9, retracted: true }))
  assert.equal((await run([ofOlderRevision])).events('synonym-pairs')[0]?.evidence.length, 1)
  const retraction = incoming('synonym-candidates', water({ retracted: true }))
  const first = await run([retraction])
  assert.deepEqual(first.outcomes[0]?.kind, 'withdrawal')
  assert.deepEqual((await run([retraction])).outcomes, first.outcomes)
})

test('evidence that an update brings again after it was taken back is evidence again', async (t) => {
  const pairs = await merge(t, [water(), water({ retracted: true }), water()])
  assert.equal(pairs.get('물\twater')?.evidence.length, 1)
  assert.deepEqual(await merge(t, [water(), water({ retracted: true })]), new Map())
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
