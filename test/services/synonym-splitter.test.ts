import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Split, SynonymPair } from '../../schemas/types.ts'
import { Clusters } from '../../services/08-synonym-splitter/clusters.ts'
import synonymSplitter from '../../services/08-synonym-splitter/service.ts'
import { drive, incoming, temporaryFolder } from './drive.ts'
import { pairOf } from './events.ts'

async function split(t: TestContext, pairs: readonly SynonymPair[], settings = {}) {
  const events = pairs.map((pair) => incoming('synonym-pairs', pair))
  const driven = await drive(await temporaryFolder(t), synonymSplitter, events, { settings })
  const synonyms = driven.events('synonyms')
  const together = new Map<string, string[]>()
  for (const { cluster, right } of synonyms) together.set(cluster, [...(together.get(cluster) ?? []), right.surface])
  /** The English names of each cluster. */
  const clusters = [...together.values()].map((names) => names.sort().join(', ')).sort()
  return { ...driven, synonyms, clusters }
}

/** A pair of an existing list, which rests on no page. */
const listed = (korean: string, english: string) => pairOf(korean, english, ['', ''], 'existing')

/** Pairs that have nothing to do with one another. */
const strangers = (count: number) => Array.from({ length: count }, (_, i) => pairOf(`이름${i}`, `Name ${i}`))

const sidesOf = (synonyms: readonly { readonly pairKey: string; readonly split: Split }[]) =>
  new Map(synonyms.map((synonym) => [synonym.pairKey, synonym.split]))

test('a pair goes on as it is, with a cluster and a side', async (t) => {
  const pair = pairOf('물', 'Water')
  const { synonyms, dropped } = await split(t, [pair])
  const { cluster, split: side, ...rest } = synonyms[0] ?? { cluster: '', split: '' }
  assert.deepEqual(rest, pair)
  assert.match(cluster, /^[0-9a-f]{15}$/)
  assert.ok(['train', 'val', 'test'].includes(side))
  assert.deepEqual(dropped, {})
})

test('pairs that share a term in one language are one thing, through any number of steps', async (t) => {
  const { clusters } = await split(t, [
    pairOf('물', 'Water', ['물', 'Water']),
    pairOf('물', 'Aqua', ['물 (음료)', 'Aqua']),
    pairOf('아쿠아', 'Aqua', ['아쿠아', 'Aqua (color)']),
    pairOf('불', 'Fire'),
  ])
  assert.deepEqual(clusters, ['Aqua, Aqua, Water', 'Fire'])
})

test('spellings that fold to one name are one term', async (t) => {
  const { clusters } = await split(t, [
    pairOf('인공지능', 'Machine intelligence', ['가', 'A']),
    pairOf('인공 지능', 'A.I.', ['나', 'B']),
    pairOf('에이아이', 'ai', ['다', 'C']),
  ])
  assert.deepEqual(clusters, ['A.I., Machine intelligence, ai'])
})

test('names of one page are one thing, though they share no term', async (t) => {
  const { clusters } = await split(t, [
    pairOf('서울', 'Seoul', ['서울특별시', 'Seoul']),
    pairOf('한양', 'Hanyang', ['서울특별시', 'Hanyang (city)']),
    pairOf('한성', 'Hanseong', ['한성부', 'Hanyang (city)']),
  ])
  assert.deepEqual(clusters, ['Hanseong, Hanyang, Seoul'])
})

test('a name in one language is not the same name in the other', async (t) => {
  const { clusters } = await split(t, [
    pairOf('DNA', 'Deoxyribonucleic acid', ['DNA', 'Deoxyribonucleic acid']),
    pairOf('디엔에이', 'DNA', ['디엔에이', 'DNA']),
  ])
  assert.deepEqual(clusters, ['DNA', 'Deoxyribonucleic acid'])
})

test('pairs of a list are not one for resting on no page', async (t) => {
  const { clusters } = await split(t, [listed('검색', 'search'), listed('모델', 'model')])
  assert.deepEqual(clusters, ['model', 'search'])
})

test('a cluster goes by its smallest name, in whatever order the names were joined', () => {
  const joins = [
    ['나', '다'],
    ['b', '가'],
    ['다', 'b'],
    ['x', 'y'],
  ] as const
  for (const order of [joins, joins.toReversed()]) {
    const clusters = new Clusters()
    for (const [a, b] of order) clusters.join(a, b)
    const named = [...clusters.smallestNames()].map(([name, smallest]) => `${smallest} ${name}`)
    assert.deepEqual(named.sort(), ['b b', 'b 가', 'b 나', 'b 다', 'x x', 'x y'])
  }
})

test('a pair below the threshold is counted and joins nothing; one at the threshold stays', async (t) => {
  const { clusters, dropped } = await split(t, [
    { ...pairOf('물', 'Water'), confidence: 0.5 },
    { ...pairOf('불', 'Water', ['불', 'Fire']), confidence: 0.499 },
    pairOf('불', 'Fire'),
  ])
  assert.deepEqual(clusters, ['Fire', 'Water'])
  assert.deepEqual(dropped, { below_threshold: 1 })
})

test('the last event of a pair is the pair as it stands', async (t) => {
  const pair = pairOf('물', 'Water')
  const surer = { ...pair, confidence: 0.9975 }
  const { synonyms } = await split(t, [{ ...pair, confidence: 0.1 }, surer])
  assert.deepEqual(
    synonyms.map(({ confidence }) => confidence),
    [0.9975],
  )
})

test('of many clusters 90 % are in train, 5 % in val and 5 % in test', async (t) => {
  const { synonyms } = await split(t, strangers(2_000))
  const count = (side: Split) => synonyms.filter((synonym) => synonym.split === side).length
  // Binomial with n 2,000 and p 0.05: mean 100, standard deviation 9.7; four of them either way.
  for (const side of ['val', 'test'] as const) assert.ok(Math.abs(count(side) - 100) < 39, `${side} ${count(side)}`)
  assert.equal(count('train') + count('val') + count('test'), 2_000)
})

test('a whole cluster is on one side', async (t) => {
  // Forty clusters of three: were sides drawn by pair, some cluster would be torn with odds above 0.999.
  const pairs = Array.from({ length: 40 }, (_, i) =>
    ['', ' B', ' C'].map((mark) => pairOf(`이름${i}${mark}`, `Name ${i}`)),
  ).flat()
  const { synonyms, clusters } = await split(t, pairs, { valShare: 0.3, testShare: 0.3 })
  assert.equal(clusters.length, 40)
  assert.equal(new Set(synonyms.map((synonym) => `${synonym.cluster} ${synonym.split}`)).size, 40)
})

test('the side of a cluster stays when others come and go, and when the pairs come in another order', async (t) => {
  const few = await split(t, strangers(100))
  const many = sidesOf((await split(t, strangers(300))).synonyms)
  for (const [key, side] of sidesOf(few.synonyms)) assert.equal(many.get(key), side)
  assert.deepEqual((await split(t, strangers(100).toReversed())).outcomes, few.outcomes)
})

test('another seed puts other clusters into val and test, under the same names', async (t) => {
  const [one, two] = [await split(t, strangers(300)), await split(t, strangers(300), { seed: 2 })]
  const namesOf = ({ synonyms }: typeof one) => synonyms.map(({ cluster }) => cluster)
  assert.deepEqual(namesOf(two), namesOf(one))
  assert.notDeepEqual(sidesOf(two.synonyms), sidesOf(one.synonyms))
})

test('shares of none leave all in train, shares of a half nothing', async (t) => {
  const sides = async (valShare: number, testShare: number) =>
    new Set((await split(t, strangers(50), { valShare, testShare })).synonyms.map((synonym) => synonym.split))
  assert.deepEqual(await sides(0, 0), new Set(['train']))
  assert.deepEqual([...(await sides(0.5, 0.5))].sort(), ['test', 'val'])
  await assert.rejects(sides(0.6, 0))
})

test('without pairs nothing is said', async (t) => {
  assert.deepEqual((await split(t, [])).outcomes, [])
})
