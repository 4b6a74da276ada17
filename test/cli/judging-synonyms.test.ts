/** naru synonyms review, validate and leakcheck, as a person calls them. */
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { PairEntry } from '../../dictionary/entries.ts'
import { naru } from './command-line.ts'
import { entryJson, pairEntry } from './report-facts.ts'

const water = pairEntry({ left: '물', right: 'Water', sources: ['wikipedia_interlang'], confidence: 0.9 })
const aqua = pairEntry({
  left: '물',
  right: 'Aqua',
  source: 'wikipedia_redirect',
  sources: ['wikipedia_redirect'],
  evidence: [{ rule: 'redirect', pages: ['물', 'Water'], wiki: 'enwiki' }],
})
const moon = pairEntry({ left: '달', right: 'Moon', split: 'test', sources: ['wikipedia_interlang'] })

function writeText(file: string, text: string): string {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
  return file
}

/** A folder that looks as a run leaves it, with the files given on top. */
function runFolder(t: TestContext, files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'naru-synonyms-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const array = (entries: readonly PairEntry[]) => `[\n${entries.map(entryJson).join(',\n')}\n]\n`
  const all: Record<string, string> = {
    'synonyms/combined_synonyms.json': array([water, aqua, moon]),
    'synonyms/train.json': array([water, aqua]),
    'synonyms/val.json': '[]\n',
    'synonyms/test.json': array([moon]),
    ...files,
  }
  for (const [name, text] of Object.entries(all)) writeText(join(folder, name), text)
  return folder
}

test('naru synonyms review asks, keeps each answer, and goes on where it was stopped', async (t) => {
  const out = runFolder(t)
  const first = await naru(['synonyms', 'review', '--out', out, '--pairs', '5'], {}, 'y\nx\nq\n')
  assert.equal(first.code, 0, first.stderr)
  assert.match(first.stdout, /\[1\/3\] .+ = .+\n {2}(langlink|redirect): .+ ↔ /)
  const review = () => readFileSync(join(out, 'synonyms/review.jsonl'), 'utf8').trimEnd().split('\n')
  assert.equal(review().length, 1)
  const second = await naru(['synonyms', 'review', '--out', out, '--pairs', '5'], {}, 'n\ns\n')
  assert.match(second.stdout, /2 pairs to judge/)
  assert.deepEqual(
    review().map((line) => (JSON.parse(line) as { verdict: string }).verdict),
    ['right', 'wrong', 'unsure'],
  )
  const { stdout } = await naru(['synonyms', 'review', '--out', out, '--json'])
  const { sources }: { sources: { right: number; wrong: number; lower: number; upper: number }[] } = JSON.parse(stdout)
  assert.deepEqual(
    [sources.reduce((sum, one) => sum + one.right, 0), sources.reduce((sum, one) => sum + one.wrong, 0)],
    [1, 1],
  )
  for (const { lower, upper } of sources) assert.ok(lower >= 0 && upper <= 1 && lower < upper)
})

test('naru synonyms review takes the answers of another review, and says where there is none', async (t) => {
  const answers = ['물\tWater\tright', '물\tAqua\twrong'].map((text) => {
    const [korean, english, verdict] = text.split('\t')
    const source = english === 'Aqua' ? 'wikipedia_redirect' : 'wikipedia_interlang'
    return `${JSON.stringify({ korean, english, source, verdict, by: 'a model' })}\n`
  })
  const out = runFolder(t, { 'earlier.jsonl': answers.join('') })
  const taking = ['synonyms', 'review', '--out', out, '--summary', '--answers']
  const { code, stdout, stderr } = await naru([...taking, join(out, 'earlier.jsonl')])
  assert.equal(code, 0, stderr)
  assert.match(stdout, /2 answers taken, 0 known before, 0 of pairs that are not here\./)
  assert.match(stdout, /wikipedia_redirect +0 +1 +0 +0\.000/)
  const missing = await naru([...taking, join(out, 'none.jsonl')])
  assert.equal(missing.code, 2)
  assert.match(missing.stderr, /ANSWERS_MISSING/)
})

test('naru synonyms validate counts what dictionaries say by source, and keeps it for the report', async (t) => {
  const out = runFolder(t)
  const dictionary = writeText(join(out, 'dictionary.tsv'), '물\twater\n물\tliquid\n비\taqua\n')
  const { code, stdout, stderr } = await naru([
    'synonyms',
    'validate',
    '--out',
    out,
    '--dictionary',
    dictionary,
    '--json',
  ])
  assert.equal(code, 0, stderr)
  const validation: { sources: unknown; all: unknown } = JSON.parse(stdout)
  assert.deepEqual(validation.sources, [
    { source: 'wikipedia_interlang', agree: 1, disagree: 0, unknown: 1 },
    { source: 'wikipedia_redirect', agree: 0, disagree: 1, unknown: 0 },
  ])
  assert.deepEqual(validation.all, { agree: 1, disagree: 1, unknown: 1 })
  assert.deepEqual(JSON.parse(readFileSync(join(out, 'synonyms/validation.json'), 'utf8')), validation)
})

test('naru synonyms validate refuses a dictionary that was a source of the pairs', async (t) => {
  const list = '물\twater\n'
  const out = runFolder(t, { 'list.tsv': list, 'judge.tsv': list })
  const settings = { 'list-reader': { files: [join(out, 'list.tsv')] } }
  writeText(join(out, 'state/run.json'), JSON.stringify({ version: 1, flags: {}, settings, hash: '' }))
  const { code, stderr } = await naru(['synonyms', 'validate', '--out', out, '--dictionary', join(out, 'judge.tsv')])
  assert.equal(code, 2)
  assert.match(stderr, /JUDGE_IS_SOURCE/)
})

test('naru synonyms leakcheck ends with 0 where there is no leak and with 1 where there is, naming it', async (t) => {
  const example = { query: '물', positive_doc: 'Water', negative_docs: ['Fire'], synonym_pairs: [['물', 'Water']] }
  const examples = 'training/qd_pairs.jsonl'
  const clean = await naru([
    'synonyms',
    'leakcheck',
    '--out',
    runFolder(t, { [examples]: `${JSON.stringify(example)}\n` }),
  ])
  assert.equal(clean.code, 0, clean.stderr)
  assert.match(clean.stdout, /No leak\./)
  const leaking = `${JSON.stringify(example)}\n${JSON.stringify({ ...example, negative_docs: ['moon'] })}\n`
  const { code, stdout, stderr } = await naru(['synonyms', 'leakcheck', '--out', runFolder(t, { [examples]: leaking })])
  assert.equal(code, 1)
  assert.match(stdout, /example +moon +\S+qd_pairs\.jsonl:2/)
  assert.match(stderr, /TEST_LEAKED[\s\S]+line 2, "moon"/)
})

test('naru synonyms leakcheck finds a name of a test cluster that was planted in a vocabulary', async (t) => {
  const vocabularyOf = (...terms: string[]) =>
    JSON.stringify({ model: { vocab: Object.fromEntries(terms.map((term, id) => [term, id])) } })
  const at = 'models/exports/sample/tokenizer.json'
  const clean = await naru(['synonyms', 'leakcheck', '--out', runFolder(t, { [at]: vocabularyOf('water', '##moon') })])
  assert.equal(clean.code, 0, clean.stderr)
  const out = runFolder(t, { [at]: vocabularyOf('water', 'moon') })
  const { code, stdout, stderr } = await naru(['synonyms', 'leakcheck', '--out', out])
  assert.equal(code, 1)
  assert.match(stdout, /vocabulary +moon +\S+tokenizer\.json/)
  assert.match(stderr, /TEST_LEAKED[\s\S]+"moon"/)
})

test('without a dictionary each of them says how to make one', async (t) => {
  const out = mkdtempSync(join(tmpdir(), 'naru-synonyms-'))
  t.after(() => rmSync(out, { recursive: true, force: true }))
  for (const args of [['review'], ['leakcheck'], ['validate', '--dictionary', '/nowhere.tsv']]) {
    const { code, stderr } = await naru(['synonyms', ...args, '--out', out])
    assert.equal(code, 2)
    assert.match(stderr, /DICTIONARY_MISSING[\s\S]+naru synonyms makes one/)
  }
})
