import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { chunksOf, inputsOf } from '../../wiki/extract/inputs.ts'
import { articles } from '../../wiki/index.ts'
import { collect, folder } from './fixtures.ts'
import { madeUpWords } from './made-up-words.ts'

/** Documents of some hundred bytes to several blocks of bz2, that bzip2 does not make small. */
const lengths = [30, 4_000, 350_000, 800, 99_000, 20, 20, 120_000, 7, 264_000, 40_000, 1]
const documents = lengths.map((length, i) => ({
  page_id: i + 1,
  version: i + 100,
  wiki: 'kowiki',
  language: 'ko',
  namespace: 0,
  title: i === 3 ? '배 (동음이의)' : `문서 ${i + 1}`,
  content_model: 'wikitext',
  // A line that looks like the beginning of a document, within a text.
  text: `\n{"index":{"_id":"9"}} ${madeUpWords(length, i + 1)}`,
  redirect: [
    { namespace: 0, title: `별칭 ${i + 1}` },
    { namespace: 4, title: '다른 이름공간' },
  ],
  wikibase_item: i === 0 ? undefined : `Q${i}`,
}))
const titles = documents.map(({ title }) => title)
const json = documents
  .map((document) => `{"index":{"_type":"_doc","_id":"${document.page_id}"}}\n${JSON.stringify(document)}\n`)
  .join('')

function packed(t: TestContext, text: string): Buffer | undefined {
  const { status, stdout } = spawnSync('bzip2', ['-c', '-1'], { input: text, maxBuffer: 1 << 28 })
  if (status === 0) return stdout
  t.skip('bzip2 is not here to compress with')
  return undefined
}

async function shardIn(path: string, number: number, bytes: Uint8Array | string, date = '20260830', ending = '.bz2') {
  const file = join(path, `kowiki_content-${date}-0000${number}.json${ending}`)
  await writeFile(file, bytes)
  return file
}

const request = { fields: ['title', 'redirects', 'wikidataItem', 'wiki', 'kind'] } as const

test('a shard gives every document once and in order, whichever way it is read', async (t) => {
  const bytes = packed(t, json)
  if (bytes === undefined) return
  const file = await shardIn(await folder(t), 0, bytes)
  const one = await collect(articles(file, { ...request, workers: 1 }))
  assert.deepEqual(
    one.map(({ title }) => title),
    titles,
  )
  assert.deepEqual(one[1], {
    wiki: 'kowiki',
    title: '문서 2',
    kind: 'article',
    redirects: ['별칭 2'],
    wikidataItem: 'Q1',
  })
  assert.deepEqual([one[0]?.wikidataItem, one[3]?.kind], [null, 'disambiguation'])
  assert.deepEqual(await collect(articles(file, { ...request, workers: 3 })), one)
  assert.deepEqual(await collect(articles(file, { ...request, engine: 'reference' })), one)
  assert.deepEqual(await collect(articles(createReadStream(file), request)), one)
})

test('a shard of many blocks is read by several workers, and no document is lost where two of them meet', async (t) => {
  const bytes = packed(t, json.repeat(4))
  if (bytes === undefined) return
  const file = await shardIn(await folder(t), 0, bytes)
  const plan = { engine: 'kernel', onWarning: () => undefined } as const
  const tasks = await collect(chunksOf(await inputsOf([file], undefined), plan))
  assert.ok(tasks.length >= 2 && tasks.every(({ chunk }) => chunk.kind === 'blocks'), `${tasks.length} chunks`)
  const found = await collect(articles(file, { fields: ['title', 'text'], workers: 2 }))
  const wanted = documents.map(({ title, text }) => ({ title, text: text.trim() }))
  assert.deepEqual(found, [...wanted, ...wanted, ...wanted, ...wanted])
})

test('a file of another name is known by its first bytes, and a stream as well', async (t) => {
  const path = await folder(t)
  await writeFile(join(path, 'index.gz'), gzipSync(json))
  for (const source of [join(path, 'index.gz'), createReadStream(join(path, 'index.gz'))]) {
    const found = await collect(articles(source, request))
    assert.deepEqual(
      found.map(({ title, wiki }) => [title, wiki]),
      titles.map((title) => [title, 'kowiki']),
    )
  }
})

test('of a folder the shards of the newest date are taken, and a missing one is refused', async (t) => {
  const path = await folder(t)
  const [first = '', second = ''] = json.split(/(?=\{"index":\{"_type":"_doc","_id":"7"\}\})/)
  await shardIn(path, 0, 'not looked at', '20260823', '')
  await shardIn(path, 0, first, '20260830', '')
  const last = await shardIn(path, 1, gzipSync(second), '20260830', '.gz')
  const found = await collect(articles(path, request))
  assert.deepEqual(
    found.map(({ title }) => title),
    titles,
  )
  await shardIn(path, 3, second, '20260830', '')
  await assert.rejects(collect(articles(path, request)), { code: 'EXPORT_UNFINISHED', message: /shard 2 / })
  // A shard named by itself is wanted by itself.
  assert.equal((await collect(articles(last, request))).length, 6)
})

test('the place of a bad document is told, in a chunk that begins further on too', async (t) => {
  const lines = json.repeat(4).split('\n')
  const wrong = lines.lastIndexOf('{"index":{"_type":"_doc","_id":"10"}}') + 1
  lines[wrong] = '{"title":'
  const bytes = packed(t, lines.join('\n'))
  if (bytes === undefined) return
  const file = await shardIn(await folder(t), 0, bytes)
  const bad: { code: string; at: object }[] = []
  const found = await collect(articles(file, { ...request, workers: 2, onBad: (error) => bad.push(error) }))
  assert.equal(found.length, 4 * titles.length - 1)
  const [{ code, at }] = bad as [{ code: string; at: { file?: string; line?: number; byteOffset?: number } }]
  assert.deepEqual([bad.length, code, at.file], [1, 'CIRRUS_MALFORMED', file])
  assert.ok((at.byteOffset ?? 0) > 0 && (at.line ?? 0) < wrong, 'lines are counted from the byte that is named')
})
