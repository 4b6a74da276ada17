import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Evidence, Synonym, SynonymRule } from '../../schemas/types.ts'
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
  await write(folder, [synonymOf({ ...pair, left, right })])
  const [entry] = await entriesIn(folder, 'wiki_synonyms')
  assert.deepEqual([entry.japanese, entry.german], ['水', 'Wasser'])
})

test('the order of the events changes no byte, and the last of a pair counts', async (t) => {
  const [folder, other] = [await temporaryFolder(t), await temporaryFolder(t)]
  const synonyms = [resting('물', ['langlink']), resting('불', ['gloss'], { split: 'test' }), resting('산', ['bold'])]
  await write(folder, synonyms)
  await write(other, [resting('물', ['anchor'], { confidence: 0.7 }), ...synonyms.toReversed()])
  for (const file of files) assert.equal(await textIn(other, file), await textIn(folder, file))
})

test('without synonyms the files are empty lists, in the folder of the settings', async (t) => {
  const folder = await temporaryFolder(t)
  const { outcomes } = await write(folder, [], { folder: 'dictionary' })
  assert.deepEqual(outcomes, [])
  assert.deepEqual((await readdir(join(folder, 'dictionary'))).sort(), files.map((file) => `${file}.json`).sort())
  for (const file of files) assert.equal(await readFile(join(folder, 'dictionary', `${file}.json`), 'utf8'), '[]\n')
})
