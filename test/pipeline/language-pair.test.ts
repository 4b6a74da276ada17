/** Another pair than Korean and English, by a file of settings alone: the how-to's, on its miniature wikis. */
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { domains } from '../../dataset/sample-ja/facts.ts'
import { entriesOf, type PairEntry } from '../../dictionary/entries.ts'
import { naru } from '../cli/command-line.ts'

const out = mkdtempSync(join(tmpdir(), 'naru-ja-'))
const entries: PairEntry[] = []
const things = domains.flatMap((domain) => domain.things)

before(async () => {
  const run = await naru(['run', '--config', 'config/ja_config.yaml', '--out', out, '--quiet'])
  assert.equal(run.code, 0, run.stderr)
  for await (const entry of entriesOf(join(out, 'synonyms', 'combined_synonyms.json'))) entries.push(entry)
})
after(() => rmSync(out, { recursive: true, force: true }))

test('titles, glosses and redirects of a third wiki become pairs under the names of its languages', () => {
  const of = (source: string) => entries.filter(({ sources = [] }) => sources.includes(source))
  const linked = new Set(of('wikipedia_interlang').map(({ left, right }) => `${left} = ${right}`))
  assert.deepEqual(linked, new Set(things.map(({ ja, en }) => `${ja} = ${en}`)))
  assert.equal(of('wikipedia_gloss').length, things.length)
  assert.ok(of('wikipedia_redirect').some(({ left, right }) => left === 'くろがね' && right === 'Iron'))
  const [line = ''] = readFileSync(join(out, 'synonyms', 'combined_synonyms.jsonl'), 'utf8').split('\n')
  assert.deepEqual(Object.keys(JSON.parse(line)).slice(0, 2), ['japanese', 'english'])
})

test('the model that was trained on them finds an article of the other language, both ways', async () => {
  const found = async (query: string, language: string) => {
    const { stdout } = await naru(['search', query, '--lang', language, '--out', out, '-k', '1', '--json'])
    return JSON.parse(stdout).hits[0]?.title
  }
  const queries = things.filter(({ ja }) => ['水素', '土星', '犬'].includes(ja))
  const right = []
  for (const { ja, en } of queries) right.push((await found(ja, 'en')) === en, (await found(en, 'ja')) === ja)
  assert.ok(right.filter(Boolean).length >= 5, right.join())
})

test('data card, model card, report and explanations name the pair, and no word of Korean is left', async () => {
  const read = (file: string) => readFileSync(join(out, file), 'utf8')
  assert.match(read('synonyms/README.md'), /japanese/)
  const card = read('models/exports/sample-ja/README.md')
  assert.match(card, /language:\n {2}- ja\n {2}- en/)
  assert.match(card, /for Japanese and English/)
  for (const file of ['synonyms/README.md', 'models/exports/sample-ja/README.md', 'report.html']) {
    assert.doesNotMatch(read(file), /Korean/, file)
  }
  assert.match(read('report.html'), /<span class="left">Japanese<\/span>/)
  const { stdout } = await naru(['synonyms', 'explain', '水素', '--out', out])
  assert.match(stdout, /^水素 = Hydrogen$/m)
  assert.match(stdout, /ja\.wikipedia\.org/)
})

test('a search in a language that the run has not, and an update, say what there is', async () => {
  const search = await naru(['search', '水素', '--lang', 'ko', '--out', out])
  assert.match(search.stderr, /LANGUAGE_UNKNOWN[\s\S]*It has en and ja/)
  const update = await naru(['update', '--wiki', 'jawiki', '--out', out])
  assert.match(update.stderr, /UPDATE_LANGUAGES[\s\S]*start a new run/)
})
