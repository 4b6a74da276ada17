/** Another pair than Korean and English, by a file of settings alone: the how-to's, on its miniature wikis. */
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { httpOf } from '../../cli/commands/update.ts'
import { type NewDumpFlags, newDumps, placesByLanguage } from '../../cli/new-dumps.ts'
import { inputsOf, readRecord } from '../../cli/run-record.ts'
import { workspaceOf } from '../../cli/workspace.ts'
import { writeDumpFolder } from '../../dataset/sample/dump/folder.ts'
import { domains } from '../../dataset/sample-ja/facts.ts'
import { pagesOf } from '../../dataset/sample-ja/wiki.ts'
import { entriesOf, type PairEntry } from '../../dictionary/entries.ts'
import { queriesFrom } from '../../opensearch/bench-queries.ts'
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

test('a search in a language that the run has not says what there is', async () => {
  const search = await naru(['search', '水素', '--lang', 'ko', '--out', out])
  assert.match(search.stderr, /LANGUAGE_UNKNOWN[\s\S]*It has en and ja/)
})

test('the bench of OpenSearch asks in both languages of the pair, for articles of the other', async () => {
  const queries = await queriesFrom(entriesOf(join(out, 'synonyms', 'combined_synonyms.json')), 2)
  assert.deepEqual(
    queries.map(({ language }) => language),
    ['en', 'en', 'ja', 'ja'],
  )
  const asked = things.find(({ en, ja }) => queries[0]!.titles.has(en) && queries[0]!.titles.has(ja))
  assert.deepEqual([queries[0]!.text, queries[2]!.text], [asked?.ja, asked?.en])
})

/** The Japanese wiki of a month later, in which a gloss has another word, in the layout of a mirror. */
function laterDump(root: string): string {
  const pages = pagesOf('ja').map((page) => ({
    ...page,
    ...(page.title === '水素' && {
      text: page.text.replace('{{lang-en|Hydrogen}}', '{{lang-en|Protium}}'),
      revision: { ...page.revision, id: 9_000, timestamp: '2026-09-20T00:00:00Z' },
    }),
  }))
  const built = join(root, 'built')
  writeDumpFolder(built, { wiki: 'jawiki', date: '20261001', pages, random: ({ id }) => (id % 97) / 97 })
  const folder = join(root, 'mirror', 'jawiki', '20261001')
  mkdirSync(join(root, 'mirror', 'jawiki'), { recursive: true })
  renameSync(join(built, '20261001', 'jawiki'), folder)
  return folder
}

test('a run of the pair is brought to a later dump by its place or its name; the other wiki stays', async () => {
  const run = join(out, 'dictionary')
  const begun = await naru(['synonyms', '--config', 'config/ja_config.yaml', '--out', run, '--quiet'])
  assert.equal(begun.code, 0, begun.stderr)
  const folder = laterDump(out)
  const mirror = join(out, 'mirror')
  const before = inputsOf(readRecord(workspaceOf(run).runFile)!)
  const asked = (flags: NewDumpFlags) => newDumps(before, flags, httpOf(workspaceOf(run), new AbortController().signal))
  await assert.rejects(asked({ wiki: ['kowiki'] }), { code: 'WIKI_UNKNOWN', hint: 'It is from jawiki and enwiki.' })
  const korean = { dump: [{ language: 'ko', location: folder }] }
  await assert.rejects(asked(korean), { code: 'LANGUAGE_UNKNOWN', hint: 'It is in ja and en.' })
  const byPlace = await asked({ dump: [{ language: 'ja', location: folder }] })
  assert.deepEqual(
    byPlace.map(({ location }) => location),
    [folder, before[1]!.location],
  )

  const watched = await naru(['watch', '--once', '--wiki', 'jawiki', '--mirror', mirror, '--json', '--out', run])
  assert.equal(watched.code, 0, watched.stderr)
  const [updating, updated] = watched.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  assert.deepEqual([updating.state, updated.state], ['updating', 'updated'])
  assert.match(updating.found.ja, /mirror.jawiki.20261001/)
  assert.match(updating.found.en, /sample-ja.20260901.enwiki$/)
  const { stdout } = await naru(['synonyms', 'explain', '水素', '--out', run])
  assert.match(stdout, /水素 = Protium/)
  assert.match(stdout, /水素 = Hydrogen$/m)
  assert.deepEqual(placesByLanguage(inputsOf(readRecord(workspaceOf(run).runFile)!)), updating.found)
})
