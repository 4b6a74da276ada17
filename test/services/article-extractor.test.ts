import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { DumpChunk } from '../../schemas/types.ts'
import articleExtractor from '../../services/03-article-extractor/service.ts'
import { versionRow } from '../../wiki/page-versions.ts'
import { bzip2, header, pageXml } from '../wiki/fixtures.ts'
import { drive, incoming, temporaryFolder } from './drive.ts'

const inNamespace = (page: string, namespace: number) => page.replace('<ns>0</ns>', `<ns>${namespace}</ns>`)
const pages = [
  pageXml(1, '서울', "'''서울'''은 [[대한민국]]의 수도이다."),
  inNamespace(pageXml(2, '틀:도시', '{{{1}}}'), 10),
  pageXml(3, '설정', '{"a": 1}').replace('>wikitext<', '>json<'),
  pageXml(4, '부산', "'''부산'''은 항구이다."),
]

async function extract(t: TestContext, xml: string | Buffer, set: Partial<DumpChunk> = {}, settings = {}) {
  const folder = await temporaryFolder(t)
  const bytes = typeof xml === 'string' ? bzip2(t, xml) : xml
  if (bytes === undefined) return undefined
  await writeFile(join(folder, 'dump.xml.bz2'), bytes)
  const chunk: DumpChunk = {
    wiki: 'kowiki',
    language: 'ko',
    date: '20260901',
    address: 'dump.xml.bz2',
    chunk: 0,
    start: 0,
    end: bytes.length,
    siteinfo: null,
    expectedPages: null,
    maxPages: null,
    blocks: null,
    firstPageId: null,
    nextPageId: null,
    ...set,
  }
  return drive(folder, articleExtractor, [incoming('dump-chunks', chunk)], { settings })
}

for (const settings of [{ engine: 'kernel' }, { engine: 'reference' }, { parser: 'wtf' }]) {
  test(`articles of the main namespace are taken apart, the others counted, with ${JSON.stringify(settings)}`, async (t) => {
    const driven = await extract(t, `${header}${pages.join('')}</mediawiki>`, {}, settings)
    if (driven === undefined) return
    const articles = driven.events('articles')
    assert.deepEqual(
      articles.map(({ pageId, title, lead, wiki, language }) => [pageId, title, lead, wiki, language]),
      [
        [1, '서울', '서울은 대한민국의 수도이다.', 'kowiki', 'ko'],
        [4, '부산', '부산은 항구이다.', 'kowiki', 'ko'],
      ],
    )
    assert.deepEqual({ ...articles[0]?.links[0] }, { target: '대한민국', surface: '대한민국', count: 1 })
    assert.deepEqual(driven.dropped, { other_namespace: 1, not_wikitext: 1 })
    assert.deepEqual(driven.rejected, [])
  })
}

test('a page that cannot be read is rejected by its name, and those around it are articles', async (t) => {
  const broken = pageXml(5, '깨짐', 'x').replace('</revision>', '')
  const driven = await extract(t, `${header}${pages[0]}${broken}${pages[3]}</mediawiki>`)
  if (driven === undefined) return
  assert.deepEqual(
    driven.events('articles').map(({ title }) => title),
    ['서울', '부산'],
  )
  const [error] = driven.rejected
  assert.deepEqual([error?.code, error?.at.title, error?.at.pageId], ['XML_MALFORMED', '깨짐', 5])
})

test('a limit ends the chunk, and what it leaves unread is counted', async (t) => {
  const driven = await extract(t, `${header}${pages.join('')}</mediawiki>`, { maxPages: 1 })
  if (driven === undefined) return
  assert.equal(driven.events('articles').length, 1)
  assert.deepEqual(driven.dropped, { over_limit: 1 })
})

test("a page of the run before that is no article any more is gone, within the ids that are the chunk's own", async (t) => {
  const folder = await temporaryFolder(t)
  const rows = [1, 2, 3, 4, 7, 9].map((pageId) => ({ pageId, revisionId: 1, title: 'x', timestamp: '', textBytes: 1 }))
  await writeFile(join(folder, 'kowiki.pages'), Buffer.concat(rows.map(versionRow)))
  const goneIn = async (set: Partial<DumpChunk>) => {
    const driven = await extract(t, `${header}${pages.join('')}</mediawiki>`, set, { known: folder })
    return driven?.outcomes.flatMap((outcome) => (outcome.kind === 'gone' ? [outcome.key] : []))
  }
  // Of the dump's pages 1 to 4 two are articles: 2 is a template now, 3 no wikitext.
  const first = await goneIn({ firstPageId: 2, nextPageId: 9 })
  if (first === undefined) return
  assert.deepEqual(first, ['kowiki:2', 'kowiki:3', 'kowiki:7'])
  assert.deepEqual(await goneIn({ chunk: 1, firstPageId: 4 }), ['kowiki:7', 'kowiki:9'])
  assert.deepEqual(await goneIn({ firstPageId: 1, maxPages: 1 }), [
    'kowiki:2',
    'kowiki:3',
    'kowiki:4',
    'kowiki:7',
    'kowiki:9',
  ])
  assert.deepEqual(await goneIn({ firstPageId: null }), [], 'without an index nobody can tell')
})

test('pages that the index promises and the file lacks are reported', async (t) => {
  const driven = await extract(t, `${header}${pages.join('')}</mediawiki>`, { expectedPages: 9 })
  if (driven === undefined) return
  assert.equal(driven.events('articles').length, 2)
  assert.deepEqual(
    driven.rejected.map(({ code }) => code),
    ['PAGES_MISSING'],
  )
})

test('the stream that closes the document is counted as one without pages', async (t) => {
  const driven = await extract(t, '</mediawiki>\n')
  if (driven === undefined) return
  assert.deepEqual(driven.outcomes, [{ kind: 'dropped', reason: 'no_pages', count: 1 }])
})

test('a damaged stream is rejected by its offset', async (t) => {
  const bytes = bzip2(t, `${header}${pages.join('')}</mediawiki>`)
  if (bytes === undefined) return
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 0x55
  const driven = await extract(t, bytes)
  assert.deepEqual(
    driven?.rejected.map(({ code, at }) => [code, at.byteOffset]),
    [['BZ2_CORRUPT', 0]],
  )
})
