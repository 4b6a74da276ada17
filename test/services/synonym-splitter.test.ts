import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Split, SynonymPair } from '../../schemas/types.ts'
import { Components } from '../../services/08-synonym-splitter/components.ts'
import synonymSplitter from '../../services/08-synonym-splitter/service.ts'
import { drive, incoming, temporaryFolder, withdrawn } from './drive.ts'
import { evidenceOf, numberOf, pairOf } from './events.ts'

async function split(t: TestContext, pairs: readonly SynonymPair[], settings = {}) {
  const events = pairs.map((pair) => incoming('synonym-pairs', pair))
  return clustered(await drive(await temporaryFolder(t), synonymSplitter, events, { settings }))
}

function clustered(driven: Awaited<ReturnType<typeof drive>>) {
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
const strangers = (count: number) => Array.from({ length: count }, (_, i) => linked(`이름${i}`, `Name ${i}`, i))

/** A pair that a langlink of page `pageId` says. */
function linked(korean: string, english: string, pageId: number, pages: [string, string] = [korean, english]) {
  const evidence = evidenceOf(...pages, { leftSurface: korean, rightSurface: english, pageId })
  return { ...pairOf(korean, english, pages), evidence: [evidence] }
}

/** An alias that a redirect gives. */
const alias = (korean: string, english: string, pages: [string, string]) => pairOf(korean, english, pages, 'redirect')

/** One pair, resting on several page pairs. */
const ofSenses = (korean: string, english: string, ...pages: [string, string][]): SynonymPair => ({
  ...pairOf(korean, english),
  evidence: pages.map((own) =>
    evidenceOf(...own, { leftSurface: korean, rightSurface: english, pageId: numberOf(own[0]) }),
  ),
  senses: pages.map(([leftTitle, rightTitle]) => ({ leftTitle, rightTitle, confidence: 0.95 })),
})

function atConfidence(pair: SynonymPair, confidence: number): SynonymPair {
  return { ...pair, confidence, senses: pair.senses.map((sense) => ({ ...sense, confidence })) }
}

const sidesOf = (synonyms: readonly { readonly pairKey: string; readonly split: Split }[]) =>
  new Map(synonyms.map((synonym) => [synonym.pairKey, synonym.split]))

test('a pair goes on as it is, with a cluster and a side', async (t) => {
  const pair = pairOf('물', 'Water')
  const { synonyms, dropped } = await split(t, [pair])
  const { cluster, group, split: side, ...rest } = synonyms[0] ?? { cluster: '', group: '', split: '' }
  const { senses: _, ...said } = pair
  assert.deepEqual(rest, said)
  assert.match(cluster, /^[0-9a-f]{15}$/)
  assert.match(group, /^[0-9a-f]{15}$/)
  assert.ok(['train', 'val', 'test'].includes(side))
  assert.deepEqual(dropped, {})
})

test('pages that links join are one thing under all their names, through any number of steps', async (t) => {
  const { clusters } = await split(t, [
    pairOf('물', 'Water', ['물', 'Water']),
    pairOf('물', 'Aqua', ['물', 'Aqua (drink)']),
    alias('아쿠아', 'Aqua', ['물', 'Aqua (drink)']),
    pairOf('불', 'Fire'),
  ])
  assert.deepEqual(clusters, ['Aqua, Aqua, Water', 'Fire'])
})

test('two things of one name are two clusters on one side: 눈 is the eye and the snow', async (t) => {
  const { synonyms, clusters } = await split(
    t,
    Array.from({ length: 30 }, (_, i) => [
      pairOf(`눈${i}`, `Eye ${i}`, [`눈${i} (해부학)`, `Eye ${i}`]),
      pairOf(`눈${i}`, `Snow ${i}`, [`눈${i} (날씨)`, `Snow ${i}`]),
    ]).flat(),
    { valShare: 0.3, testShare: 0.3 },
  )
  assert.equal(clusters.length, 60)
  const groups = new Map(synonyms.map(({ group, split: side }) => [group, side]))
  assert.equal(groups.size, 30)
  for (const { group, split: side } of synonyms) assert.equal(side, groups.get(group))
})

test('a pair with two senses is two synonyms, each with its own pages, domain, evidence and confidence', async (t) => {
  const god: [string, string] = ['아폴로 (신)', 'Apollo (god)']
  const craft: [string, string] = ['아폴로 (우주선)', 'Apollo (spacecraft)']
  const apollo = ofSenses('아폴로', 'Apollo', god, craft)
  const senses = apollo.senses.map((sense, at) => ({ ...sense, confidence: [0.95, 0.9][at]! }))
  const { synonyms } = await split(t, [{ ...apollo, senses }])
  assert.deepEqual(
    synonyms
      .map(({ left, right, confidence, evidence }) => [
        `${left.title} ${left.domain} ${right.title} ${right.domain} ${confidence}`,
        evidence.map(({ leftTitle }) => leftTitle).join(),
      ])
      .sort(),
    [
      ['아폴로 (신) 신 Apollo (god) god 0.95', '아폴로 (신)'],
      ['아폴로 (우주선) 우주선 Apollo (spacecraft) spacecraft 0.9', '아폴로 (우주선)'],
    ],
  )
  assert.equal(new Set(synonyms.map(({ cluster }) => cluster)).size, 2)
  assert.equal(new Set(synonyms.map(({ group }) => group)).size, 1)
})

test('spellings that fold to one name hold two things in one group', async (t) => {
  const { synonyms } = await split(t, [
    pairOf('인공지능', 'Machine intelligence', ['가', 'A']),
    pairOf('인공 지능', 'A.I.', ['나', 'B']),
    pairOf('에이아이', 'ai', ['다', 'C']),
  ])
  assert.equal(new Set(synonyms.map(({ group }) => group)).size, 1)
})

test('a name that two things have in different languages keeps them on one side', async (t) => {
  const { synonyms, clusters } = await split(t, [
    pairOf('DNA', 'Deoxyribonucleic acid', ['DNA', 'Deoxyribonucleic acid']),
    pairOf('디엔에이', 'DNA', ['디엔에이', 'DNA']),
  ])
  assert.equal(new Set(synonyms.map(({ group }) => group)).size, 1)
  assert.deepEqual(clusters, ['DNA', 'Deoxyribonucleic acid'])
})

test('a pair of two pages that no link joins makes them one group, and not one thing', async (t) => {
  const { synonyms, clusters } = await split(t, [
    pairOf('서울', 'Seoul', ['서울', 'Seoul']),
    pairOf('한양', 'Hanyang', ['한양', 'Hanyang']),
    pairOf('경성', 'Keijo', ['서울', 'Hanyang'], 'entity'),
  ])
  assert.deepEqual(clusters, ['Hanyang', 'Keijo, Seoul'])
  assert.equal(new Set(synonyms.map(({ group }) => group)).size, 1)
})

test('pairs of a list are not one for resting on no page, and are one where they share a name', async (t) => {
  const { clusters } = await split(t, [listed('검색', 'search'), listed('모델', 'model'), listed('검색', 'retrieval')])
  assert.deepEqual(clusters, ['model', 'retrieval, search'])
})

test('a pair of a list joins the one thing that bears its name, and stays apart where several do', async (t) => {
  const { clusters } = await split(t, [
    pairOf('인공지능', 'Artificial intelligence'),
    listed('인공지능', 'AI'),
    pairOf('눈', 'Eye', ['눈 (해부학)', 'Eye']),
    pairOf('눈', 'Snow', ['눈 (날씨)', 'Snow']),
    listed('눈', 'nun'),
  ])
  assert.deepEqual(clusters, ['AI, Artificial intelligence', 'Eye', 'Snow', 'nun'])
})

test('a component goes by its smallest name, in whatever order the names were joined', () => {
  const joins = [
    ['나', '다'],
    ['b', '가'],
    ['다', 'b'],
    ['x', 'y'],
  ] as const
  for (const order of [joins, joins.toReversed()]) {
    const components = new Components()
    for (const [a, b] of order) components.join(a, b)
    const named = [...components.smallestNames()].map(([name, smallest]) => `${smallest} ${name}`)
    assert.deepEqual(named.sort(), ['b b', 'b 가', 'b 나', 'b 다', 'x x', 'x y'])
  }
})

test('a pair below the threshold is counted and joins nothing; one at the threshold stays', async (t) => {
  const { clusters, dropped } = await split(t, [
    atConfidence(pairOf('물', 'Water'), 0.5),
    atConfidence(pairOf('불', 'Water', ['불', 'Fire']), 0.499),
    pairOf('불', 'Fire'),
  ])
  assert.deepEqual(clusters, ['Fire', 'Water'])
  assert.deepEqual(dropped, { below_threshold: 1 })
})

test('a source may have a threshold of its own, and the lowest of several counts', async (t) => {
  const byRedirect = atConfidence(alias('물', 'Aqua', ['물', 'Water']), 0.7)
  const byAnchor = atConfidence(pairOf('물', 'H2O', ['물', 'Water'], 'anchor'), 0.7)
  const settings = { thresholds: { redirect: 0.8 } }
  assert.deepEqual((await split(t, [byRedirect, byAnchor], settings)).clusters, ['H2O'])
  const byBoth = { ...byRedirect, evidence: [...byRedirect.evidence, ...byAnchor.evidence] }
  assert.deepEqual((await split(t, [byBoth], settings)).clusters, ['Aqua'])
})

test('a sense that is not sure enough is left out of a pair that is', async (t) => {
  const pair = ofSenses('아폴로', 'Apollo', ['가', 'A'], ['나', 'B'])
  const senses = pair.senses.map((sense, at) => ({ ...sense, confidence: [0.9, 0.2][at]! }))
  const { synonyms, dropped } = await split(t, [{ ...pair, senses }])
  assert.deepEqual(
    synonyms.map(({ evidence }) => evidence.map(({ leftTitle }) => leftTitle)),
    [['가']],
  )
  assert.deepEqual(dropped, { below_threshold: 1 })
})

test('the last event of a pair is the pair as it stands, and a withdrawn pair is gone', async (t) => {
  const pair = pairOf('물', 'Water')
  const events = [atConfidence(pair, 0.1), pair, pairOf('불', 'Fire')].map((one) => incoming('synonym-pairs', one))
  const gone = withdrawn('synonym-pairs', '불\tfire')
  const driven = await drive(await temporaryFolder(t), synonymSplitter, [...events, gone])
  assert.deepEqual(
    driven.events('synonyms').map(({ pairKey, confidence }) => [pairKey, confidence]),
    [['물\twater', 0.95]],
  )
})

test('of many clusters 90 % are in train, 5 % in val and 5 % in test', async (t) => {
  const { synonyms } = await split(t, strangers(2_000))
  const count = (side: Split) => synonyms.filter((synonym) => synonym.split === side).length
  // Binomial with n 2,000 and p 0.05: mean 100, standard deviation 9.7; four of them either way.
  for (const side of ['val', 'test'] as const) assert.ok(Math.abs(count(side) - 100) < 39, `${side} ${count(side)}`)
  assert.equal(count('train') + count('val') + count('test'), 2_000)
})

test('the side of a cluster stays when others come and go, also without a file, and when the pairs come in another order', async (t) => {
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

test('a thing that has a letter for a name is in train, under all its names', async (t) => {
  const pages: [string, string] = ['산 (지형)', 'Mountain']
  const pairs = [linked('산', 'Mountain', 1, pages), alias('산악', 'Mountain', pages), linked('바다', 'Sea', 2)]
  const { synonyms } = await split(t, pairs, { valShare: 0.5, testShare: 0.5 })
  const sides = sidesOf(synonyms)
  assert.deepEqual([sides.get('산\tmountain'), sides.get('산악\tmountain')], ['train', 'train'])
  assert.notEqual(sides.get('바다\tsea'), 'train')
})

test('without pairs nothing is said', async (t) => {
  assert.deepEqual((await split(t, [])).outcomes, [])
})
