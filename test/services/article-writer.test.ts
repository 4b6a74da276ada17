import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Incoming } from '../../runtime/service.ts'
import type { Article } from '../../schemas/types.ts'
import articleWriter from '../../services/04-article-writer/service.ts'
import { VersionFile } from '../../wiki/page-versions.ts'
import { drive, incoming, temporaryFolder } from './drive.ts'
import { articleOf } from './events.ts'

const write = (folder: string, articles: readonly Article[], settings = {}) =>
  drive(
    folder,
    articleWriter,
    articles.map((article) => incoming('articles', article)),
    { settings },
  )

const textIn = (folder: string, language: string) =>
  readFile(join(folder, 'wikipedia', `${language}_articles.jsonl`), 'utf8')

async function titlesIn(folder: string, language: string): Promise<string[]> {
  const lines = (await textIn(folder, language)).split('\n')
  assert.equal(lines.pop(), '')
  return lines.map((line) => JSON.parse(line).title)
}

test('an article is a line of JSON with all that is known of it', async (t) => {
  const folder = await temporaryFolder(t)
  const article = articleOf('ko', 7, '인공 지능', {
    lead: '인공 지능은 "지능"을 만드는 일이다.\n\n둘째 문단.',
    sections: [{ heading: '역사', level: 2, text: '1956년에 시작되었다.' }],
    links: [{ target: '컴퓨터 과학', surface: '컴퓨터', count: 2 }],
    infoboxes: [{ name: '학문', fields: { 분야: '과학' } }],
    redirect: { target: '인공지능', section: null, templates: [] },
  })
  await write(folder, [article])
  assert.deepEqual(JSON.parse(await textIn(folder, 'ko')), article)
  assert.match(await textIn(folder, 'ko'), /^\{"wiki":"kowiki",.*인공 지능은 \\"지능\\"을.*\}\n$/)
})

test('each language has a file, ordered by page id as a number', async (t) => {
  const folder = await temporaryFolder(t)
  await write(folder, [
    articleOf('ko', 100, '백'),
    articleOf('en', 5, 'Five'),
    articleOf('ko', 9, '아홉'),
    articleOf('ko', 1_234_567_890, '십억'),
    articleOf('ko', 200_000_000, '이억'),
    articleOf('ko', 20, '스물'),
  ])
  assert.deepEqual(await titlesIn(folder, 'ko'), ['아홉', '스물', '백', '이억', '십억'])
  assert.deepEqual(await titlesIn(folder, 'en'), ['Five'])
  const files = ['en_articles.jsonl', 'enwiki.pages', 'ko_articles.jsonl', 'kowiki.pages']
  assert.deepEqual((await readdir(join(folder, 'wikipedia'))).sort(), files)
  const known = new VersionFile(join(folder, 'wikipedia', 'kowiki.pages'))
  assert.ok(known.has(articleOf('ko', 200_000_000, '이억')))
  assert.ok(!known.has(articleOf('ko', 5, 'Five')))
  known.close()
})

test('redirects, disambiguation pages and lists are articles too', async (t) => {
  const folder = await temporaryFolder(t)
  const kinds = ['redirect', 'disambiguation', 'list', 'stub'] as const
  const { dropped } = await write(
    folder,
    kinds.map((kind, id) => articleOf('en', id, kind, { kind })),
  )
  assert.deepEqual(await titlesIn(folder, 'en'), [...kinds])
  assert.deepEqual(dropped, {})
})

test('the order of the articles changes no byte, and one that comes again is written once', async (t) => {
  const [folder, other] = [await temporaryFolder(t), await temporaryFolder(t)]
  const articles = [3, 1, 20, 2].map((id) => articleOf('ko', id, `제목 ${id}`))
  await write(folder, articles)
  await write(other, [...articles.toReversed(), ...articles])
  assert.equal(await textIn(other, 'ko'), await textIn(folder, 'ko'))
})

test('a run that breaks off leaves the file of the run before as it was', async (t) => {
  const folder = await temporaryFolder(t)
  await write(folder, [articleOf('ko', 1, '물')])
  const unreadable: Incoming = {
    ...incoming('articles', articleOf('ko', 3, '불')),
    get value(): never {
      throw new Error('broken off')
    },
  }
  const breaking = drive(folder, articleWriter, [incoming('articles', articleOf('ko', 2, '산')), unreadable])
  await assert.rejects(breaking, { message: 'broken off' })
  assert.deepEqual(await titlesIn(folder, 'ko'), ['물'])
  assert.deepEqual((await readdir(join(folder, 'wikipedia'))).sort(), ['ko_articles.jsonl', 'kowiki.pages'])
})

test('the folder is that of the settings', async (t) => {
  const folder = await temporaryFolder(t)
  await write(folder, [articleOf('ko', 1, '물')], { folder: 'pages/all' })
  assert.deepEqual((await readdir(join(folder, 'pages', 'all'))).sort(), ['ko_articles.jsonl', 'kowiki.pages'])
})

test('without articles there is no file', async (t) => {
  const folder = await temporaryFolder(t)
  const { outcomes } = await write(folder, [])
  assert.deepEqual(outcomes, [])
  await assert.rejects(readdir(join(folder, 'wikipedia')), { code: 'ENOENT' })
})
