import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { ConfigError } from '../../runtime/errors.ts'
import listReader from '../../services/01-list-reader/service.ts'
import { drive, temporaryFolder } from './drive.ts'

/** Reads a list that lies in the file store. */
async function read(t: TestContext, text: string) {
  const folder = await temporaryFolder(t)
  await mkdir(join(folder, 'lists'))
  await writeFile(join(folder, 'lists', 'enhanced.json'), text)
  return drive(folder, listReader, [], { settings: { file: 'lists/enhanced.json' } })
}

test('each translation of a term is a pair, with the line on which the term stands', async (t) => {
  const { events } = await read(t, '{\n  "검색": ["search", "Retrieval"],\n  "인공 지능": [\n    "AI"\n  ]\n}\n')
  assert.deepEqual(
    events('synonym-candidates').map(({ pairKey, evidencePageId }) => [pairKey, evidencePageId]),
    [
      ['검색\tsearch', 2],
      ['검색\tretrieval', 2],
      ['인공지능\tai', 3],
    ],
  )
})

test('a pair keeps its spelling, rests on no page, and names its file', async (t) => {
  const { events } = await read(t, '{"모델 (기계 학습)": ["Model"]}')
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
    },
  ])
})

test('an entry of another form is rejected by its line, and the rest of the list goes on', async (t) => {
  const { events, rejected } = await read(t, '{\n"검색": "search",\n"모델": ["model", 7],\n"학습": ["learning"]\n}')
  assert.deepEqual(
    rejected.map(({ code, at }) => [code, at.line, at.title]),
    [
      ['LIST_ENTRY', 2, '검색'],
      ['LIST_ENTRY', 3, '모델'],
    ],
  )
  assert.deepEqual(
    events('synonym-candidates').map(({ pairKey }) => pairKey),
    ['모델\tmodel', '학습\tlearning'],
  )
})

test('what can be no name is counted', async (t) => {
  const { events, dropped } = await read(t, '{"1984년": ["1984"], "물": ["", "water"]}')
  assert.deepEqual(dropped, { not_a_name: 2 })
  assert.equal(events('synonym-candidates').length, 1)
})

for (const [what, text] of [
  ['is no JSON', '{"검색": ["search"'],
  ['is an array', '[["검색", "search"]]'],
  ['is null', 'null'],
]) {
  test(`a file that ${what} stops the run with its name and a hint`, async (t) => {
    await assert.rejects(read(t, text ?? ''), (error) => {
      assert.ok(error instanceof ConfigError)
      assert.equal(error.code, 'LIST_MALFORMED')
      assert.match(error.at.file ?? '', /lists\/enhanced\.json$/)
      return error.hint !== undefined
    })
  })
}

test('a file that is not there stops the run', async (t) => {
  const folder = await temporaryFolder(t)
  const reading = drive(folder, listReader, [], { settings: { file: 'none.json' } })
  await assert.rejects(reading, { name: 'ConfigError', code: 'LIST_UNREADABLE' })
})

test('without a file there is nothing to say', async (t) => {
  const { outcomes } = await drive(await temporaryFolder(t), listReader, [])
  assert.deepEqual(outcomes, [])
})
