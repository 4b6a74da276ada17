import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { ConfigError } from '../../runtime/errors.ts'
import listReader from '../../services/01-list-reader/service.ts'
import { type Driven, drive, temporaryFolder } from './drive.ts'

/** Reads lists that lie in the file store. */
async function readAll(t: TestContext, lists: Readonly<Record<string, string | Uint8Array>>, settings = {}) {
  const folder = await temporaryFolder(t)
  for (const [name, content] of Object.entries(lists)) {
    await mkdir(join(folder, dirname(name)), { recursive: true })
    await writeFile(join(folder, name), content)
  }
  return drive(folder, listReader, [], { settings: { files: Object.keys(lists), ...settings } })
}

const readJson = (t: TestContext, text: string) => readAll(t, { 'lists/enhanced.json': text })

/** Terms and line of each pair. */
const pairsOf = ({ events }: Driven) =>
  events('synonym-candidates').map(({ left, right, evidencePageId }) => [left.surface, right.surface, evidencePageId])
const badLines = ({ rejected }: Driven) => rejected.map(({ code, at }) => [code, at.line])

test('each translation of a term is a pair, with the line on which the translation stands', async (t) => {
  const read = await readJson(t, '{\n  "검색": ["search", "Retrieval"],\n  "인공 지능": [\n    "AI"\n  ]\n}\n')
  assert.deepEqual(pairsOf(read), [
    ['검색', 'search', 2],
    ['검색', 'Retrieval', 2],
    ['인공 지능', 'AI', 4],
  ])
})

test('a pair keeps its spelling, rests on no page, and names its file', async (t) => {
  const { events } = await readJson(t, '{"모델 (기계 학습)": ["Model"]}')
  assert.deepEqual(events('synonym-candidates'), [
    {
      pairKey: '모델\tmodel',
      left: { language: 'ko', surface: '모델', title: '', domain: '기계 학습' },
      right: { language: 'en', surface: 'Model', title: '', domain: null },
      rule: 'existing',
      count: 1,
      share: null,
      evidenceWiki: 'file:enhanced.json',
      evidencePageId: 1,
      evidenceRevisionId: 0,
      written: '',
      offset: null,
      detail: '',
      retracted: false,
      side: '',
    },
  ])
})

test('an entry of another form is rejected by its line, and the rest of the list goes on', async (t) => {
  const read = await readJson(t, '{\n"검색": "search",\n"모델": ["model",\n 7],\n"빔": [],\n"학습": ["learning"]\n}')
  assert.deepEqual(
    read.rejected.map(({ code, at }) => [code, at.line, at.title]),
    [
      ['LIST_ENTRY', 2, '검색'],
      ['LIST_ENTRY', 4, '모델'],
      ['LIST_ENTRY', 5, '빔'],
    ],
  )
  assert.deepEqual(pairsOf(read), [
    ['모델', 'model', 3],
    ['학습', 'learning', 6],
  ])
})

test('a term that stands twice in a JSON list loses none of its translations', async (t) => {
  const text = '{\n"문서": ["doc"],\n"모델": ["model"],\n"문서": ["document"]\n}'
  assert.deepEqual(JSON.parse(text).문서, ['document'], 'what a parser of JSON makes of it')
  assert.deepEqual(pairsOf(await readJson(t, text)), [
    ['문서', 'doc', 2],
    ['모델', 'model', 3],
    ['문서', 'document', 4],
  ])
})

test('a list of English terms with Korean translations is turned round by the script of its terms', async (t) => {
  const read = await readJson(t, '{"search": ["검색", "찾기"], "TV": ["TV"]}')
  assert.deepEqual(pairsOf(read), [
    ['검색', 'search', 1],
    ['찾기', 'search', 1],
    ['TV', 'TV', 1],
  ])
})

test('lines of two terms are parted by a tab, and may have spaces in them, or by spaces, as MUSE has them', async (t) => {
  const read = await readAll(t, {
    'own.tsv': '인공 지능\tartificial intelligence\r\n\n신경망\tneural network\tnoun\r\n',
    'ko-en.0-5000.txt': '학교 school\n학교\tschool\n물  water\n',
  })
  assert.deepEqual(pairsOf(read), [
    ['인공 지능', 'artificial intelligence', 1],
    ['신경망', 'neural network', 3],
    ['학교', 'school', 1],
    ['학교', 'school', 2],
    ['물', 'water', 3],
  ])
  const files = read.events('synonym-candidates').map(({ evidenceWiki }) => evidenceWiki)
  assert.deepEqual(files, ['file:own.tsv', 'file:own.tsv', ...Array(3).fill('file:ko-en.0-5000.txt')])
})

test('a row in Latin letters on both sides follows the other rows of its list', async (t) => {
  const rows = ['TV television', 'school 학교', 'water 물']
  assert.deepEqual(pairsOf(await readAll(t, { 'en-ko.txt': rows.join('\n') })), [
    ['television', 'TV', 1],
    ['학교', 'school', 2],
    ['물', 'water', 3],
  ])
  assert.deepEqual(pairsOf(await readAll(t, { 'ko-en.txt': 'TV television\n학교 school' }))[0], ['TV', 'television', 1])
})

test('a row that stands the other way round than its list is turned by its own letters', async (t) => {
  const read = await readAll(t, { 'mixed.tsv': '학교\tschool\n물\twater\nfire\t불\nAI 기술\tAI\n' })
  assert.deepEqual(pairsOf(read).slice(2), [
    ['불', 'fire', 3],
    ['AI 기술', 'AI', 4],
  ])
})

test('a header says which columns hold the terms; a first row that is a pair is none', async (t) => {
  const read = await readAll(t, {
    'header.tsv': 'level\tenglish\tko\nA\tTV\t티브이\nA\tDNA\tDNA\n',
    'gloss.tsv': 'ko\tgloss\n호주\tAustralia\n',
    'none.tsv': 'Korean\t한국어\n',
  })
  assert.deepEqual(pairsOf(read), [
    ['티브이', 'TV', 2],
    ['DNA', 'DNA', 3],
    ['호주', 'Australia', 2],
    ['한국어', 'Korean', 1],
  ])
})

test('a bad row is rejected by file and line with its reason, and the rest of the list goes on', async (t) => {
  const rows = ['학교\tschool', '물', '\twater', '인공 지능 artificial', '강\t江', '123\t4.5', '가,나', '불\tfire']
  const read = await readAll(t, { 'lists/rows.tsv': rows.join('\n') })
  assert.deepEqual(pairsOf(read), [
    ['학교', 'school', 1],
    ['불', 'fire', 8],
  ])
  assert.deepEqual(
    badLines(read),
    [2, 3, 4, 5, 6, 7].map((line) => ['LIST_ENTRY', line]),
  )
  for (const { at } of read.rejected) assert.match(at.file ?? '', /lists\/rows\.tsv$/)
  assert.match(read.rejected[3]?.message ?? '', /both terms are of one language/)
})

test('rows that are not UTF-8 are named, not read as other letters', async (t) => {
  // 학교 in EUC-KR.
  const bytes = Buffer.concat([Buffer.from([0xc7, 0xd0, 0xb1, 0xb3]), Buffer.from('\tschool\n물\twater\n')])
  const read = await readAll(t, { 'euc-kr.tsv': bytes })
  assert.deepEqual(badLines(read), [['LIST_ENTRY', 1]])
  assert.match(read.rejected[0]?.message ?? '', /not UTF-8/)
  assert.deepEqual(pairsOf(read), [['물', 'water', 2]])
})

test('words that are no names of pages are terms where a person lists them; definitions and numbers are not', async (t) => {
  const definition = 'a very long way of saying what this word means'
  const read = await readJson(
    t,
    `{"목록": ["list"], "여기": ["here"], "3월": ["March"], "물": ["", "${definition}", "42.0"]}`,
  )
  assert.deepEqual(
    pairsOf(read).map(([korean]) => korean),
    ['목록', '여기', '3월'],
  )
  assert.deepEqual(
    read.rejected.map(({ message }) => message.replace(/^.*: /, '')),
    ['a term is empty', 'a definition, not a name', 'a term has no letter'],
  )
  assert.deepEqual(read.dropped, {})
})

test('lists of one name are told apart by their folders', async (t) => {
  const { events } = await readAll(t, { 'mine/list.tsv': '물\twater', 'yours/list.tsv': '물\twater' })
  assert.deepEqual(
    events('synonym-candidates').map(({ evidenceWiki }) => evidenceWiki),
    ['file:mine/list.tsv', 'file:yours/list.tsv'],
  )
})

test('a list that is named twice is refused, for its evidence would count double', async (t) => {
  const reading = readAll(t, { 'a.tsv': '물\twater' }, { files: ['a.tsv', 'a.tsv'] })
  await assert.rejects(reading, { name: 'ConfigError', code: 'LIST_REPEATED' })
})

test('languages that share a script are taken in the order of the file', async (t) => {
  const read = await readAll(t, { 'de-en.tsv': 'Wasser\twater\nFeuer\tfire' }, { languages: ['de', 'en'] })
  assert.deepEqual(pairsOf(read), [
    ['Wasser', 'water', 1],
    ['Feuer', 'fire', 2],
  ])
})

for (const [what, text, line] of [
  ['is no JSON', '{"검색":\n ["search"', 2],
  ['has a comment', '{\n// 검색\n"검색": ["search"]}', 2],
  ['is an array', '[["검색", "search"]]', undefined],
  ['is null', 'null', undefined],
] as const) {
  test(`a JSON list that ${what} stops the run with its name and a hint`, async (t) => {
    await assert.rejects(readJson(t, text), (error) => {
      assert.ok(error instanceof ConfigError)
      assert.equal(error.code, 'LIST_MALFORMED')
      assert.match(error.at.file ?? '', /lists\/enhanced\.json$/)
      assert.equal(error.at.line, line)
      return error.hint !== undefined
    })
  })
}

test('a file that is not there stops the run', async (t) => {
  const folder = await temporaryFolder(t)
  const reading = drive(folder, listReader, [], { settings: { files: ['none.json'] } })
  await assert.rejects(reading, { name: 'ConfigError', code: 'LIST_UNREADABLE' })
})

test('without a file there is nothing to say', async (t) => {
  const { outcomes } = await drive(await temporaryFolder(t), listReader, [])
  assert.deepEqual(outcomes, [])
})
