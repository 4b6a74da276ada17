import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { packageRoot } from '../../runtime/package-root.ts'
import type { TrainingExample } from '../../schemas/types.ts'
import { assemble, clusterOf, english, hardestOfWater, negativesOfWater, page } from './assembler-world.ts'
import { temporaryFolder, withdrawn } from './drive.ts'
import { pairOf } from './events.ts'

const briefly = (examples: readonly TrainingExample[]) =>
  examples.map((one) => `${one.queryLanguage}→${one.documentLanguage} ${one.query}: ${one.positiveDoc}`).sort()

const waterPages = ['물', 'Water'] as const
const water = [
  ...clusterOf(
    'c1',
    'train',
    { ...pairOf('물', 'Water'), confidence: 0.99 },
    { ...pairOf('워터', 'Water', waterPages, 'redirect'), confidence: 0.75 },
    { ...pairOf('물', 'H2O', waterPages, 'bold'), confidence: 0.8 },
  ),
  page('ko', '물', '물은 맑다'),
  page('en', 'Water', 'water is clear'),
]

test('each name is a query for the name of the page in the other language', async (t) => {
  const { examples } = await assemble(t, water, { kinds: ['synonym'] })
  assert.deepEqual(briefly(examples), ['en→ko H2O: 물', 'en→ko Water: 물', 'ko→en 물: Water', 'ko→en 워터: Water'])
  const [first] = examples
  assert.match(first?.exampleId ?? '', /^c1:[0-9a-f]{12}$/)
  assert.equal(new Set(examples.map(({ exampleId }) => exampleId)).size, 4)
  assert.deepEqual([first?.kind, first?.cluster, first?.split], ['synonym', 'c1', 'train'])
})

test('of two pages of one title the younger is read, whichever comes first', async (t) => {
  const twins = [page('en', 'Twin', 'the older twin'), page('en', 'Twin', 'the younger twin')]
  const names = clusterOf('c1', 'train', pairOf('쌍둥이', 'Twin', ['쌍둥이', 'Twin']))
  for (const events of [twins, [...twins].reverse()]) {
    const { examples } = await assemble(t, [...names, ...events], { kinds: ['title_lead'] })
    assert.ok(examples.length > 0 && examples.every(({ positiveDoc }) => positiveDoc === 'the younger twin'))
  }
})

test('two page pairs of the same names give an example once', async (t) => {
  const planet = pairOf('수성', 'Mercury', ['수성 (행성)', 'Mercury (planet)'])
  const god = pairOf('수성', 'Mercury', ['수성 (신)', 'Mercury (god)'])
  const both = { ...planet, evidence: [...planet.evidence, ...god.evidence] }
  const { examples } = await assemble(t, clusterOf('c1', 'train', both), { kinds: ['synonym'] })
  assert.deepEqual(briefly(examples), ['en→ko Mercury: 수성', 'ko→en 수성: Mercury'])
})

test('a title is a query for the leads in both languages, and so is an alias, up to the number wanted', async (t) => {
  const titles = await assemble(t, water, { kinds: ['title_lead'] })
  const ofTitles = [
    'en→en Water: water is clear',
    'en→ko Water: 물은 맑다',
    'ko→en 물: water is clear',
    'ko→ko 물: 물은 맑다',
  ]
  assert.deepEqual(briefly(titles.examples), ofTitles)
  const aliases = await assemble(t, water, { kinds: ['alias_lead'] })
  const ofAliases = [
    'en→en H2O: water is clear',
    'en→ko H2O: 물은 맑다',
    'ko→en 워터: water is clear',
    'ko→ko 워터: 물은 맑다',
  ]
  assert.deepEqual(briefly(aliases.examples), ofAliases)
  assert.deepEqual((await assemble(t, water, { kinds: ['alias_lead'], maxAliases: 0 })).examples, [])
})

test('leads are queries for one another only where that is asked for', async (t) => {
  const { examples } = await assemble(t, water, { kinds: ['lead_pair'] })
  assert.deepEqual(briefly(examples), ['en→ko water is clear: 물은 맑다', 'ko→en 물은 맑다: water is clear'])
  const kinds = new Set((await assemble(t, water)).examples.map(({ kind }) => kind))
  assert.deepEqual([...kinds].sort(), ['alias_lead', 'span_lead', 'synonym', 'title_lead'])
})

test('an example has the pairs of its cluster, surest first, up to the number wanted', async (t) => {
  const { examples } = await assemble(t, water, { kinds: ['lead_pair'], maxSynonymPairs: 2 })
  const pairs = [
    { left: '물', right: 'Water' },
    { left: '물', right: 'H2O' },
  ]
  assert.deepEqual(
    examples.map(({ synonymPairs }) => synonymPairs),
    [pairs, pairs],
  )
})

test('a title is a query, and the document for names, though another name of the page is surer', async (t) => {
  const events = [
    ...clusterOf(
      'c1',
      'train',
      pairOf('물', 'Water'),
      { ...pairOf('워터', 'Water', waterPages, 'redirect'), confidence: 0.99 },
      { ...pairOf('물', 'H2O', waterPages, 'bold'), confidence: 0.98 },
    ),
    page('ko', '물', '물은 맑다'),
    page('en', 'Water', 'water is clear'),
  ]
  const names = await assemble(t, events, { kinds: ['synonym'] })
  assert.deepEqual(briefly(names.examples), [
    'en→ko H2O: 물',
    'en→ko Water: 물',
    'ko→en 물: Water',
    'ko→en 워터: Water',
  ])
  const leads = await assemble(t, events, { kinds: ['title_lead'] })
  assert.deepEqual([...new Set(leads.examples.map(({ query }) => query))].sort(), ['Water', '물'])
})

test('a page without a lead, or that is no article, gives its names only', async (t) => {
  const lacking = [
    ...clusterOf('c1', 'train', pairOf('물', 'Water')),
    page('ko', '물', ''),
    page('en', 'Water', 'water may mean', { kind: 'disambiguation' }),
    page('en', 'Fire', 'fire is hot', { kind: 'redirect' }),
  ]
  const { examples, dropped } = await assemble(t, lacking)
  assert.deepEqual(briefly(examples), ['en→ko Water: 물', 'ko→en 물: Water'])
  assert.deepEqual(dropped, { other_kind_of_page: 3 })
})

test('a page of a third language is left out and counted', async (t) => {
  const { examples, dropped } = await assemble(t, [...water, page('ja', '水', '水は透明である')])
  assert.deepEqual(examples, (await assemble(t, water)).examples)
  assert.deepEqual(dropped, { other_language: 1 })
})

test('a pair that rests on a list alone gives no example and is counted, unless its cluster has pages', async (t) => {
  const listed = pairOf('모래', 'Sand', ['', ''], 'existing')
  const other = pairOf('자갈', 'Gravel', ['', ''], 'existing')
  const alone = await assemble(t, [...clusterOf('c1', 'train', listed), ...clusterOf('c2', 'val', other)])
  assert.deepEqual([alone.examples, alone.dropped], [[], { no_pages: 2 }])
  const inCluster = await assemble(t, [...water, ...clusterOf('c1', 'train', { ...listed, confidence: 0.6 })])
  assert.deepEqual(inCluster.dropped, {})
  assert.deepEqual(inCluster.examples[0]?.synonymPairs.at(-1), { left: '모래', right: 'Sand' })
})

test('a pair that is neither given with the examples of its cluster nor asked for in them is counted', async (t) => {
  const two = { kinds: ['synonym'], maxSynonymPairs: 1 }
  // 물–H2O and 워터–Water are asked for, in the examples H2O → 물 and 워터 → Water.
  assert.deepEqual((await assemble(t, water, two)).dropped, {})
  assert.deepEqual((await assemble(t, water, { ...two, maxAliases: 0 })).dropped, { over_limit: 2 })
})

test('a pair that was withdrawn from its cluster and has come to a test cluster is held out', async (t) => {
  const [trained] = water.slice(0, 1)
  const { examples, dropped } = await assemble(t, [
    trained!,
    withdrawn('synonyms', trained!.key),
    ...clusterOf('c9', 'test', pairOf('물', 'Water')),
  ])
  assert.deepEqual([examples, dropped], [[], { held_out: 1 }])
})

test('a page that bears a name of a test cluster is neither a document nor a negative, though it has no mate', async (t) => {
  const { examples, dropped } = await assemble(t, [
    ...water,
    ...clusterOf('c9', 'test', pairOf('수성', 'Mercury', ['수성 (행성)', 'Mercury (planet)'])),
    page('ko', '수성 (대구)', '수성은 물이 흐르는 곳이다'),
    page('en', 'Mercury (band)', 'Mercury sang of water that flows'),
  ])
  assert.ok(examples.length > 0)
  const said = examples.flatMap(({ query, positiveDoc, negativeDocs }) => [query, positiveDoc, ...negativeDocs])
  assert.ok(!said.some((text) => text.includes('수성') || text.includes('Mercury')), said.join(' | '))
  assert.equal(dropped.held_out, 3)
})

test('a passage is on one line and ends at a space', async (t) => {
  const long = [...water, page('ko', '물', `물은\n\n${'가나다라 '.repeat(20)}`)]
  const { examples } = await assemble(t, long, { kinds: ['lead_pair'], passageCharacters: 50 })
  // 물은 and nine times five: the tenth would end at 52.
  assert.equal(examples[0]?.query, `물은${' 가나다라'.repeat(9)}`)
})

test('negatives are what BM25 finds first; not copies, pages of the cluster, linked either way, or held out', async (t) => {
  assert.deepEqual(await negativesOfWater(t, { negatives: 1 }), hardestOfWater.slice(0, 1))
  assert.deepEqual(await negativesOfWater(t, { negatives: 3 }), hardestOfWater)
  assert.deepEqual(await negativesOfWater(t, { negatives: 32 }), hardestOfWater)
  assert.deepEqual(await negativesOfWater(t, { negatives: 0 }), [])
  const copied = await negativesOfWater(t, { negatives: 2, maxOverlap: 0.75 })
  assert.deepEqual(copied, ['water flows down rivers and fills seas', hardestOfWater[0]])
})

test('negatives of a name are names that look like it, without their qualifiers', async (t) => {
  const { examples } = await assemble(
    t,
    [
      ...clusterOf('c1', 'train', pairOf('서울', 'Seoul')),
      page('ko', '서울', '가'),
      page('ko', '부산', '나'),
      page('ko', '서울역 (철도)', '다'),
      page('en', 'Seoul', 'a'),
    ],
    { kinds: ['synonym'] },
  )
  assert.deepEqual(examples.find(({ query }) => query === 'Seoul')?.negativeDocs, ['서울역', '부산'])
})

test('a name that the page has too is no negative, whatever page it is the title of and however it is spelt', async (t) => {
  const planet = ['수성 (행성)', 'Mercury (planet)'] as const
  const { examples } = await assemble(
    t,
    [
      ...clusterOf('c1', 'train', pairOf('수성', 'Mercury', planet), pairOf('머큐리', 'Mercury', planet, 'redirect')),
      page('ko', '수성 (행성)', '가'),
      page('en', 'Mercury (planet)', 'a'),
      page('ko', '수성 (대구)', '나'),
      page('ko', '수 성', '다'),
      page('ko', '머큐리 (음악)', '라'),
      page('ko', '수성구', '마'),
    ],
    { kinds: ['synonym'] },
  )
  const ofMercury = examples.find(({ query }) => query === 'Mercury')
  assert.deepEqual([ofMercury?.positiveDoc, ofMercury?.negativeDocs], ['수성', ['수성구']])
})

test('a test cluster leaves queries, documents and negatives alike, and is counted', async (t) => {
  const { examples, dropped } = await assemble(t, [
    ...water,
    ...clusterOf('c2', 'test', pairOf('얼음', 'Ice')),
    page('ko', '얼음', '얼음은 차고 맑다'),
    page('en', 'Ice', 'ice is cold and clear'),
    page('en', 'Glass', 'glass is as clear as ice'),
  ])
  // One pair and two pages.
  assert.deepEqual(dropped, { held_out: 3 })
  const texts = examples.flatMap(({ query, positiveDoc, negativeDocs }) => [query, positiveDoc, ...negativeDocs])
  assert.ok(texts.includes('glass is as clear as ice'))
  for (const text of ['얼음', 'Ice', 'ice', '얼음은 차고 맑다', 'ice is cold and clear'])
    assert.ok(!texts.includes(text))
})

test('a val cluster gives examples of its side, and no words of its leads', async (t) => {
  const { examples } = await assemble(t, [
    ...clusterOf('c1', 'val', pairOf('물', 'Water')),
    page('ko', '물', '물은 맑다'),
    page('en', 'Water', 'water is clear'),
  ])
  assert.deepEqual([...new Set(examples.map(({ kind }) => kind))].sort(), ['synonym', 'title_lead'])
  assert.deepEqual([...new Set(examples.map(({ split }) => split))], ['val'])
})

test('words of a lead are queries for it, but for numbers and held-out names, with a particle or without', async (t) => {
  const { examples } = await assemble(
    t,
    [
      ...clusterOf('c1', 'test', pairOf('산소', 'Oxygen')),
      ...clusterOf('c2', 'val', pairOf('수소', 'Hydrogen')),
      page('ko', '화합물', '산소와 수소에서 된 물질 2'),
      page('en', 'Compound', 'of oxygen and Hydrogen'),
    ],
    { kinds: ['span_lead'], spansPerPassage: 10 },
  )
  assert.deepEqual(briefly(examples), [
    'en→en and: of oxygen and Hydrogen',
    'en→en of: of oxygen and Hydrogen',
    'ko→ko 된: 산소와 수소에서 된 물질 2',
    'ko→ko 물질: 산소와 수소에서 된 물질 2',
  ])
  assert.deepEqual([...new Set(examples.map(({ cluster }) => cluster))], ['page:ko:화합물', 'page:en:Compound'])
})

test('of pages without a mate, too, a word that is a query is one of the four rarest of its lead', async (t) => {
  const leads = ['u', 'v', 'w', 'x', 'y', 'z'].map((x) =>
    page('en', x, `${x}1 these four words ${x}2 stand everywhere ${x}3 ${x}4`),
  )
  const { examples } = await assemble(t, leads, { kinds: ['span_lead'] })
  assert.equal(examples.length, leads.length)
  for (const { query, cluster, negativeDocs } of examples) {
    assert.match(query, new RegExp(`^${cluster.at(-1)}[1-4]$`))
    assert.equal(negativeDocs.length, 4)
  }
})

test('the order of the events changes nothing, and what comes again counts once', async (t) => {
  const { outcomes } = await assemble(t, english)
  assert.ok(outcomes.length > 10)
  assert.deepEqual((await assemble(t, english.toReversed())).outcomes, outcomes)
  assert.deepEqual((await assemble(t, [...english, ...english])).outcomes, outcomes)
  assert.deepEqual((await assemble(t, [])).outcomes, [])
})

test('ten times the pages take no more memory than the caches hold', async (t) => {
  const folder = await temporaryFolder(t)
  const script = join(packageRoot, 'test', 'services', 'assembler-memory.ts')
  const heapAt = async (pages: number): Promise<number> => {
    const args = ['--expose-gc', '--import', 'tsx', script, folder, String(pages)]
    return Number((await promisify(execFile)(process.execPath, args)).stdout)
  }
  // With texts and links in memory it was 120 MB more.
  const [few, many] = [await heapAt(250), await heapAt(2_500)]
  assert.ok(many - few < 40e6, `${few} and ${many} bytes`)
})
