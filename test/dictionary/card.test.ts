import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { parse } from 'yaml'
import { renderCard } from '../../dictionary/card.ts'
import type { CardFacts } from '../../dictionary/card-facts.ts'
import { judgedIn } from '../../dictionary/review.ts'

const folder = mkdtempSync(join(tmpdir(), 'naru-card-'))
after(() => rmSync(folder, { recursive: true, force: true }))

function factsOf(set: Partial<CardFacts> = {}): CardFacts {
  const file = (name: string) => ({ name, bytes: 10, sha256: 'ab'.repeat(32), rows: 1 })
  const stems = ['wiki_synonyms', 'entity_synonyms', 'combined_synonyms', 'train', 'val', 'test']
  return {
    name: 'Pairs',
    languages: ['ko', 'en'],
    licence: 'cc0-1.0',
    note: '',
    dumps: [{ wiki: 'kowiki', date: '20260901', kind: 'articles', file: 'kowiki.xml.bz2', bytes: 1, sha1: null }],
    lists: [],
    pairs: 1_200,
    splits: { train: 1_000, val: 100, test: 100 },
    sources: [
      { source: 'wikipedia_interlang', pairs: 700, alone: 10, bands: [0, 0, 0, 0, 0, 700] },
      { source: 'wikipedia_anchor', pairs: 600, alone: 500, bands: [0, 600, 0, 0, 0, 0] },
    ],
    search: { minConfidence: 0.9, maxExpansions: 10, leftOut: { unsure: 0, symbols: 0, beyondLimit: 0 } },
    files: stems.flatMap((stem) => ['json', 'jsonl', 'parquet'].map((format) => file(`${stem}.${format}`))),
    ...set,
  }
}

const metadataOf = (card: string) => parse(/^---\n(.*?)\n---\n/s.exec(card)?.[1] ?? '')
const rowOf = (card: string, source: string) =>
  card
    .split('\n')
    .find((line) => line.startsWith(`| ${source} |`))
    ?.split(' | ')

test('the head of the card is what Hugging Face reads: licence, languages, size, and the files of each split', () => {
  const metadata = metadataOf(renderCard(factsOf(), new Map()))
  assert.equal(metadata.license, 'cc0-1.0')
  assert.deepEqual(metadata.language, ['ko', 'en'])
  assert.deepEqual(metadata.size_categories, ['1K<n<10K'])
  const [pairs, ...views] = metadata.configs
  assert.equal(pairs.default, true)
  assert.deepEqual(pairs.data_files, [
    { split: 'train', path: 'train.parquet' },
    { split: 'validation', path: 'val.parquet' },
    { split: 'test', path: 'test.parquet' },
  ])
  assert.deepEqual(
    views.map(({ data_files }: { data_files: { path: string }[] }) => data_files.map(({ path }) => path)),
    [['wiki_synonyms.parquet'], ['entity_synonyms.parquet']],
  )
})

test('without Parquet the card names the files that there are', () => {
  const files = factsOf().files.filter(({ name }) => name.endsWith('.json'))
  const { configs } = metadataOf(renderCard(factsOf({ files }), new Map()))
  assert.equal(configs[0].data_files[0].path, 'train.json')
})

test('a split without pairs is no data of the card, for load_dataset reads none of a dictionary that names one', () => {
  const files = factsOf().files.map((file) => (/^(val|test|entity)/.test(file.name) ? { ...file, rows: 0 } : file))
  const { configs } = metadataOf(renderCard(factsOf({ files }), new Map()))
  assert.deepEqual(
    configs.map(({ data_files }: { data_files: { path: string }[] }) => data_files.map(({ path }) => path)),
    [['train.parquet'], ['wiki_synonyms.parquet']],
  )
})

test('sizes are in the classes of Hugging Face', () => {
  const sizeOf = (pairs: number) => metadataOf(renderCard(factsOf({ pairs }), new Map())).size_categories[0]
  assert.deepEqual([0, 999, 1_000, 10_000, 999_999, 3_000_000].map(sizeOf), [
    'n<1K',
    'n<1K',
    '1K<n<10K',
    '10K<n<100K',
    '100K<n<1M',
    '1M<n<10M',
  ])
})

test('what a person judged is the precision of its source, with bounds; what nobody judged says so', async () => {
  const file = join(folder, 'review.jsonl')
  const line = (source: string, verdict: string) =>
    `${JSON.stringify({ korean: '물', english: 'water', source, verdict })}\n`
  writeFileSync(
    file,
    line('wikipedia_interlang', 'right').repeat(394) +
      line('wikipedia_interlang', 'wrong').repeat(6) +
      line('wikipedia_interlang', 'unsure').repeat(9),
  )
  const card = renderCard(factsOf(), await judgedIn(file))
  // Bounds by statsmodels, see wilson.test.ts.
  assert.deepEqual(rowOf(card, 'wikipedia_interlang')?.slice(-2), ['400', '0.985 (0.968–0.993) |'])
  assert.deepEqual(rowOf(card, 'wikipedia_anchor')?.slice(-2), ['0', 'not judged |'])
})

test('the card says who judged', async () => {
  const file = join(folder, 'by.jsonl')
  const line = { korean: '물', english: 'water', source: 'wikipedia_anchor', verdict: 'right' }
  writeFileSync(file, `${JSON.stringify(line)}\n`)
  assert.match(renderCard(factsOf(), await judgedIn(file)), /among those that a person judged,/)
  writeFileSync(file, `${JSON.stringify({ ...line, by: 'a model' })}\n`)
  assert.match(renderCard(factsOf(), await judgedIn(file)), /among those that a model judged,/)
})

test('a line of the review that cannot be read is named', async () => {
  const file = join(folder, 'broken.jsonl')
  writeFileSync(file, '{"source":"wikipedia_anchor","verdict":"right"}\n{"source"\n')
  await assert.rejects(judgedIn(file), (error) => {
    assert.ok(error instanceof Error && 'code' in error && 'at' in error)
    assert.deepEqual([error.code, error.at], ['REVIEW_LINE', { file, line: 2 }])
    return true
  })
})

test('without a review nothing is judged', async () => {
  assert.equal((await judgedIn(join(folder, 'none.jsonl'))).size, 0)
})
