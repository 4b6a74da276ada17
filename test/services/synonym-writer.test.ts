import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { Zstd } from '@hpcc-js/wasm-zstd'
import { parquetReadObjects } from 'hyparquet'
import { cardFacts } from '../../dictionary/card-facts.ts'
import type { DumpFile, Evidence, Synonym, SynonymRule } from '../../schemas/types.ts'
import synonymWriter from '../../services/09-synonym-writer/service.ts'
import { drive, incoming, temporaryFolder } from './drive.ts'
import { evidenceOf, pairOf, synonymOf } from './events.ts'

const write = (folder: string, synonyms: readonly Synonym[], settings = {}) =>
  drive(
    folder,
    synonymWriter,
    synonyms.map((synonym) => incoming('synonyms', synonym)),
    { settings },
  )

const files = ['combined_synonyms', 'entity_synonyms', 'test', 'train', 'val', 'wiki_synonyms']
const textIn = (folder: string, file: string) => readFile(join(folder, 'synonyms', `${file}.json`), 'utf8')
const entriesIn = async (folder: string, file: string) => JSON.parse(await textIn(folder, file))

async function koreanIn(folder: string): Promise<Record<string, string[]>> {
  const korean: Record<string, string[]> = {}
  for (const file of files) {
    korean[file] = (await entriesIn(folder, file)).map((entry: { korean: string }) => entry.korean)
  }
  return korean
}

/** A pair on evidence of these rules. */
function resting(korean: string, rules: readonly SynonymRule[], set: Partial<Synonym> = {}): Synonym {
  const evidence = rules.map((rule): Evidence => evidenceOf(korean, korean, { rule }))
  return synonymOf({ ...pairOf(korean, korean), evidence }, set)
}

test('an entry names both terms, its sources, confidence, domain, cluster, side and evidence', async (t) => {
  const folder = await temporaryFolder(t)
  const venus = pairOf('금성', 'Venus', ['금성 (행성)', 'Venus'])
  await write(folder, [
    synonymOf(
      {
        ...venus,
        left: { ...venus.left, domain: '행성' },
        confidence: 0.985,
        evidence: [
          evidenceOf('금성 (행성)', 'Venus', { rule: 'anchor', count: 8, share: 0.8, pageId: 3, revisionId: 33 }),
          evidenceOf('금성 (행성)', 'Venus', { wiki: 'enwiki' }),
        ],
      },
      { cluster: 'c1', split: 'val' },
    ),
  ])
  const anchor = { rule: 'anchor', pages: ['금성 (행성)', 'Venus'], count: 8, share: 0.8 }
  assert.deepEqual(await entriesIn(folder, 'combined_synonyms'), [
    {
      korean: '금성',
      english: 'Venus',
      source: 'wikipedia_interlang',
      sources: ['wikipedia_interlang', 'wikipedia_anchor'],
      confidence: 0.985,
      domain: '행성',
      cluster: 'c1',
      split: 'val',
      evidence: [
        { ...anchor, wiki: 'kowiki', pageId: 3, revisionId: 33 },
        { rule: 'langlink', pages: ['금성 (행성)', 'Venus'], count: 1, wiki: 'enwiki', pageId: 1, revisionId: 10 },
      ],
    },
  ])
})

test('langlinks, other rules of Wikipedia and everything have a file each', async (t) => {
  const folder = await temporaryFolder(t)
  const rules = ['langlink', 'redirect', 'anchor', 'bold', 'gloss', 'existing'] as const
  await write(folder, [...rules.map((rule) => resting(rule, [rule])), resting('both', ['langlink', 'redirect'])])
  const { wiki_synonyms, entity_synonyms, combined_synonyms } = await koreanIn(folder)
  assert.deepEqual(wiki_synonyms, ['both', 'langlink'])
  assert.deepEqual(entity_synonyms, ['anchor', 'bold', 'both', 'gloss', 'redirect'])
  assert.deepEqual(combined_synonyms, ['anchor', 'bold', 'both', 'existing', 'gloss', 'langlink', 'redirect'])
})

test('of a pair, each file has the sources and the evidence that it is about', async (t) => {
  const folder = await temporaryFolder(t)
  await write(folder, [resting('물', ['anchor', 'existing', 'gloss', 'langlink', 'redirect', 'bold', 'anchor'])])
  const sources = async (file: string) => (await entriesIn(folder, file))[0].sources
  const rules = async (file: string) =>
    (await entriesIn(folder, file))[0].evidence.map(({ rule }: { rule: string }) => rule)
  assert.deepEqual(await sources('wiki_synonyms'), ['wikipedia_interlang'])
  assert.deepEqual(await rules('wiki_synonyms'), ['langlink'])
  const entity = ['wikipedia_gloss', 'wikipedia_bold', 'wikipedia_redirect', 'wikipedia_anchor']
  assert.deepEqual(await sources('entity_synonyms'), entity)
  assert.deepEqual(await rules('entity_synonyms'), ['anchor', 'gloss', 'redirect', 'bold', 'anchor'])
  assert.equal((await sources('combined_synonyms')).length, 6)
  assert.equal((await entriesIn(folder, 'entity_synonyms'))[0].source, 'wikipedia_gloss')
})

test('each side of the split has a file, and together they are the dictionary', async (t) => {
  const folder = await temporaryFolder(t)
  await write(folder, [
    resting('가', ['langlink'], { split: 'train' }),
    resting('나', ['existing'], { split: 'val' }),
    resting('다', ['anchor'], { split: 'test' }),
    resting('라', ['gloss'], { split: 'train' }),
  ])
  const { train, val, test: held, combined_synonyms } = await koreanIn(folder)
  assert.deepEqual([train, val, held], [['가', '라'], ['나'], ['다']])
  assert.deepEqual(combined_synonyms, ['가', '나', '다', '라'])
})

test('one entry is one line, ordered by key', async (t) => {
  const folder = await temporaryFolder(t)
  await write(folder, [resting('하늘', ['langlink']), resting('apple', ['langlink']), resting('가람', ['langlink'])])
  const lines = (await textIn(folder, 'wiki_synonyms')).split('\n')
  assert.deepEqual([lines[0], ...lines.slice(-2)], ['[', ']', ''])
  const entries = lines.slice(1, -2).map((line) => JSON.parse(line.replace(/,$/, '')).korean)
  assert.deepEqual(entries, ['apple', '가람', '하늘'])
})

test('keys are the English names of the languages', async (t) => {
  const folder = await temporaryFolder(t)
  const pair = pairOf('水', 'Wasser')
  const [left, right] = [
    { ...pair.left, language: 'ja' },
    { ...pair.right, language: 'de' },
  ]
  await write(folder, [synonymOf({ ...pair, left, right })], { languages: ['ja', 'de'] })
  const [entry] = await entriesIn(folder, 'wiki_synonyms')
  assert.deepEqual([entry.japanese, entry.german], ['水', 'Wasser'])
})

test('the order of the events changes no byte of any file, and the last of a pair counts', async (t) => {
  const [folder, other] = [await temporaryFolder(t), await temporaryFolder(t)]
  const synonyms = [resting('물', ['langlink']), resting('불', ['gloss'], { split: 'test' }), resting('산', ['bold'])]
  await write(folder, synonyms)
  await write(other, [resting('물', ['anchor'], { confidence: 0.7 }), ...synonyms.toReversed()])
  const names = await readdir(join(folder, 'synonyms'))
  assert.deepEqual(await readdir(join(other, 'synonyms')), names)
  for (const name of names) {
    const [one, same] = [folder, other].map((root) => readFile(join(root, 'synonyms', name)))
    assert.deepEqual(await same, await one, name)
  }
})

test('without synonyms the files are empty lists, in the folder of the settings', async (t) => {
  const folder = await temporaryFolder(t)
  const { outcomes } = await write(folder, [], { folder: 'dictionary' })
  assert.deepEqual(outcomes, [])
  for (const file of files) assert.equal(await readFile(join(folder, 'dictionary', `${file}.json`), 'utf8'), '[]\n')
  for (const file of files) assert.deepEqual(await rowsOfParquet(join(folder, 'dictionary', `${file}.parquet`)), [])
})

/** Pairs with everything that an entry may have, and one with as little as it can. */
function richSynonyms(): Synonym[] {
  const venus = pairOf('금성', 'Venus', ['금성 (행성)', 'Venus'])
  const evidence = [
    evidenceOf('금성 (행성)', 'Venus', { revisionId: 2 ** 33, detail: 'mutual' }),
    evidenceOf('금성 (행성)', 'Venus', { rule: 'anchor', count: 8, share: 0.875, written: '금성은', offset: 41 }),
  ]
  return [
    synonymOf({ ...venus, left: { ...venus.left, domain: '행성' }, evidence }, { split: 'val' }),
    resting('물', ['langlink', 'gloss']),
  ]
}

test('JSON, JSON Lines and Parquet hold the same entries', async (t) => {
  const folder = await temporaryFolder(t)
  await write(folder, richSynonyms())
  for (const file of files) {
    const entries = await entriesIn(folder, file)
    const lines = (await readFile(join(folder, 'synonyms', `${file}.jsonl`), 'utf8')).split('\n')
    assert.equal(lines.pop(), '')
    assert.deepEqual(
      lines.map((line) => JSON.parse(line)),
      entries,
      file,
    )
    assert.deepEqual(await rowsOfParquet(join(folder, 'synonyms', `${file}.parquet`)), entries, file)
  }
})

test('only the formats of the settings are written, JSON always', async (t) => {
  const folder = await temporaryFolder(t)
  await write(folder, richSynonyms(), { formats: ['json'] })
  const names = await readdir(join(folder, 'synonyms'))
  assert.deepEqual(
    names.filter((name) => /\.(json|jsonl|parquet)$/.test(name)).sort(),
    [...files.map((file) => `${file}.json`), 'card.json'].sort(),
  )
  await assert.rejects(write(folder, [], { formats: ['parquet'] }), /json is always written/)
})

const rulesIn = async (folder: string, name: string) =>
  (await readFile(join(folder, 'synonyms', name), 'utf8')).split('\n').filter((line) => line !== '' && line[0] !== '#')

test('rules for search engines keep the term itself, and hold the surest translations first', async (t) => {
  const folder = await temporaryFolder(t)
  const sure = (korean: string, english: string, confidence: number) =>
    synonymOf({ ...pairOf(korean, english), confidence })
  await write(
    folder,
    [
      sure('인공 지능', 'AI', 0.92),
      sure('인공지능', 'artificial intelligence', 0.99),
      sure('인공지능', 'machine intelligence', 0.95),
      sure('인공지능', 'thinking machine', 0.89),
      sure('씨 샵', 'C#', 0.99),
      sure('TV', 'tv', 0.99),
    ],
    { search: { maxExpansions: 2 } },
  )
  // 인공 지능 and 인공지능 fold to one term, in two spellings.
  assert.deepEqual(await rulesIn(folder, 'opensearch_synonyms.ko-en.txt'), [
    '인공지능, 인공 지능 => 인공지능, 인공 지능, artificial intelligence, machine intelligence',
  ])
  assert.deepEqual(await rulesIn(folder, 'opensearch_synonyms.en-ko.txt'), [
    'AI => AI, 인공 지능',
    'artificial intelligence => artificial intelligence, 인공지능',
    'machine intelligence => machine intelligence, 인공지능',
  ])
  assert.equal((await rulesIn(folder, 'opensearch_synonyms.txt')).length, 4)
  const { search } = await factsIn(folder)
  assert.deepEqual(search.leftOut, { unsure: 1, symbols: 1, beyondLimit: 1 })
})

const factsIn = async (folder: string) =>
  cardFacts.parse(JSON.parse(await readFile(join(folder, 'synonyms', 'card.json'), 'utf8')))

test('the card counts each pair for every source that says it, and in its band of confidence', async (t) => {
  const folder = await temporaryFolder(t)
  await write(folder, [
    resting('가', ['langlink', 'langlink', 'gloss'], { confidence: 0.995 }),
    resting('나', ['langlink'], { confidence: 0.95, split: 'test' }),
    resting('다', ['gloss'], { confidence: 0.4999, split: 'val' }),
    resting('라', ['existing'], { confidence: 1 }),
  ])
  const { pairs, splits, sources } = await factsIn(folder)
  assert.equal(pairs, 4)
  assert.deepEqual(splits, { train: 2, val: 1, test: 1 })
  assert.deepEqual(sources, [
    { source: 'wikipedia_interlang', pairs: 2, alone: 1, bands: [0, 0, 0, 0, 1, 1] },
    { source: 'wikipedia_gloss', pairs: 2, alone: 1, bands: [1, 0, 0, 0, 0, 1] },
    { source: 'existing_list', pairs: 1, alone: 1, bands: [0, 0, 0, 0, 0, 1] },
  ])
})

test('the card names the dumps with their dates and checksums, the existing lists, and every file with its hash', async (t) => {
  const folder = await temporaryFolder(t)
  const listed = { ...pairOf('물', 'water', ['', ''], 'existing') }
  const evidence = [evidenceOf('', '', { rule: 'existing', wiki: 'file:mine/list.tsv', pageId: 3, revisionId: 0 })]
  const file = (wiki: string, sha1: string | null): DumpFile => ({
    wiki,
    language: wiki.slice(0, 2),
    date: '20260901',
    kind: 'articles',
    address: `/dumps/${wiki}-20260901-articles.xml.bz2`,
    bytes: 5,
    sha1,
    indexAddress: null,
    pageTableAddress: null,
  })
  await drive(folder, synonymWriter, [
    incoming('dump-files', file('kowiki', 'c0ffee')),
    incoming('synonyms', synonymOf({ ...listed, evidence })),
    incoming('dump-files', file('enwiki', null)),
  ])
  const { dumps, lists, files: written } = await factsIn(folder)
  assert.deepEqual(
    dumps.map(({ wiki, date, file, sha1 }) => [wiki, date, file, sha1]),
    [
      ['enwiki', '20260901', 'enwiki-20260901-articles.xml.bz2', null],
      ['kowiki', '20260901', 'kowiki-20260901-articles.xml.bz2', 'c0ffee'],
    ],
  )
  assert.deepEqual(lists, ['mine/list.tsv'])
  const others = (await readdir(join(folder, 'synonyms'))).filter(
    (name) => name !== 'card.json' && name !== 'README.md',
  )
  assert.deepEqual(written.map(({ name }) => name).sort(), others.sort())
  const card = await readFile(join(folder, 'synonyms', 'README.md'), 'utf8')
  for (const { name, sha256, bytes } of written) {
    const content = await readFile(join(folder, 'synonyms', name))
    assert.equal(sha256, createHash('sha256').update(content).digest('hex'), name)
    assert.equal(bytes, content.length, name)
    assert.ok(card.includes(sha256), name)
  }
})

async function rowsOfParquet(file: string): Promise<unknown[]> {
  const bytes = await readFile(file)
  const zstd = await Zstd.load()
  const rows = await parquetReadObjects({
    file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer,
    compressors: { ZSTD: (page) => zstd.decompress(page) },
  })
  // What is null in a column is left away in JSON.
  const plain = (_key: string, value: unknown) => (typeof value === 'bigint' ? Number(value) : (value ?? undefined))
  return JSON.parse(JSON.stringify(rows, plain))
}
