import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { BadEventError } from '../../runtime/errors.ts'
import type { Article } from '../../schemas/types.ts'
import { wholeText } from '../../wiki/article.ts'
import { decodeArticle } from '../../wiki/article-encoding.ts'
import { fieldSet } from '../../wiki/articles.ts'
import { type CirrusFileOptions, cirrusArticles } from '../../wiki/cirrus.ts'
import { cirrusDocumentsOf } from '../../wiki/cirrus-documents.ts'
import { parseCirrusName, startsLikeCirrus } from '../../wiki/cirrus-names.ts'
import { bzip2 } from '../mirror/exports.ts'
import { folder } from './fixtures.ts'

/** As the index has it: page_id first, redirects folded in, the text without headings. */
const seoul = {
  page_id: 12,
  version: 345,
  timestamp: '2026-08-29T01:02:03Z',
  wiki: 'kowiki',
  language: 'ko',
  namespace: 0,
  namespace_text: '',
  title: '서울특별시',
  page_type: 'primary',
  content_model: 'wikitext',
  opening_text: '서울특별시(영어: Seoul)는 대한민국의 수도이다.',
  text: '서울특별시(영어: Seoul)는 대한민국의 수도이다. 조선의 도읍이었다.',
  redirect: [
    { namespace: 0, title: '서울' },
    { namespace: 0, title: 'Seoul' },
  ],
  category: ['대한민국의 수도', '서울특별시'],
  template: ['틀:도시 정보', '틀:대한민국의 도시'],
  heading: ['역사'],
  outgoing_link: ['조선', '대한민국'],
  incoming_links: 9,
  popularity_score: 0.1,
  text_bytes: 5000,
  wikibase_item: 'Q8684',
  coordinates: [
    { coord: { lat: 1, lon: 2 }, globe: 'moon', primary: true },
    { coord: { lat: 37.56, lon: 126.99 }, globe: 'earth', primary: true, dim: 1000 },
  ],
}

const action = (id: number | string) => ({ index: { _type: '_doc', _id: id } })

function bulk(...values: readonly object[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join('')
}

async function shard(t: TestContext, bytes: string | Uint8Array, ending = ''): Promise<string> {
  const file = join(await folder(t), `kowiki_content-20260830-00000.json${ending}`)
  await writeFile(file, bytes)
  return file
}

interface Read {
  readonly articles: Article[]
  readonly dropped: string[]
  readonly bad: BadEventError[]
}

async function read(file: string, options: Partial<CirrusFileOptions> = {}): Promise<Read> {
  const found: Read = { articles: [], dropped: [], bad: [] }
  for await (const outcome of cirrusArticles(file, { maxPageBytes: 1 << 20, ...options })) {
    if (outcome.kind === 'article') found.articles.push(outcome.article.decode())
    else if (outcome.kind === 'dropped') found.dropped.push(outcome.reason)
    else found.bad.push(outcome.error)
  }
  return found
}

test('a document becomes an article as far as the index knows its fields', async (t) => {
  const { articles, bad } = await read(await shard(t, bulk(action('12'), seoul)))
  assert.deepEqual(bad, [])
  assert.deepEqual(articles, [
    {
      wiki: 'kowiki',
      language: 'ko',
      pageId: 12,
      revisionId: 345,
      timestamp: '2026-08-29T01:02:03Z',
      title: '서울특별시',
      kind: 'article',
      redirect: null,
      lead: '서울특별시(영어: Seoul)는 대한민국의 수도이다.',
      sections: [{ heading: '', level: 2, text: '조선의 도읍이었다.' }],
      links: [],
      boldNames: [],
      glosses: [],
      infoboxes: [],
      categories: ['대한민국의 수도', '서울특별시'],
      languageLinks: [],
      references: 0,
      textBytes: 5000,
      namespace: 0,
      shortDescription: '',
      hatnotes: [],
      captions: [],
      coordinates: { latitude: 37.56, longitude: 126.99 },
    },
  ])
})

test('what the index knows beyond an article is in the document: redirects, the item, links', async () => {
  const outcomes = []
  const bytes = (async function* () {
    yield Buffer.from(bulk(action(12), seoul))
  })()
  for await (const outcome of cirrusDocumentsOf(bytes, { file: 'x' }, 1 << 20)) outcomes.push(outcome)
  const [outcome] = outcomes
  assert.ok(outcome?.kind === 'document')
  assert.deepEqual(outcome.document.redirects, seoul.redirect)
  assert.equal(outcome.document.wikibaseItem, 'Q8684')
  assert.equal(outcome.document.incomingLinks, 9)
  assert.deepEqual(outcome.document.outgoingLinks, ['조선', '대한민국'])
  assert.deepEqual(outcome.document.headings, ['역사'])
})

test('bz2, gzip and plain shards give the same articles, as bytes and as lines of JSON too', async (t) => {
  const text = bulk(action(12), seoul, action(13), { ...seoul, page_id: 13, title: '부산' })
  const plain = await read(await shard(t, text))
  assert.equal(plain.articles.length, 2)
  assert.deepEqual(await read(await shard(t, bzip2(text), '.bz2')), plain)
  assert.deepEqual(await read(await shard(t, gzipSync(text), '.gz')), plain)
  for await (const outcome of cirrusArticles(await shard(t, text), { maxPageBytes: 1 << 20 })) {
    assert.ok(outcome.kind === 'article')
    const decoded = decodeArticle(outcome.article.encoded)
    assert.equal(JSON.stringify(decoded), JSON.stringify(outcome.article.decode()))
    const line = Buffer.from(outcome.article.json(fieldSet(['title', 'pageId']))).toString()
    const { pageId, title } = outcome.article.decode()
    assert.equal(line, `${JSON.stringify({ pageId, title })}\n`)
  }
})

for (const [what, opening_text, lead, sections] of [
  ['without headings is all lead', null, '하나. 둘.', []],
  ['with another opening text is all lead, once', '다른 글', '하나. 둘.', []],
  ['with an opening text has the rest as a section', '하나.', '하나.', ['둘.']],
  ['with nothing but a lead has no section', '하나. 둘.', '하나. 둘.', []],
] as const) {
  test(`a page ${what}, and no text is lost or doubled`, async (t) => {
    const { articles } = await read(await shard(t, bulk(action(1), { ...seoul, text: '하나. 둘.', opening_text })))
    assert.equal(articles[0]?.lead, lead)
    assert.deepEqual(
      articles[0]?.sections.map(({ text }) => text),
      sections,
    )
    assert.equal(wholeText(articles[0]!).replace(/\s+/g, ' '), '하나. 둘.')
  })
}

test('templates and titles tell disambiguation pages, lists and stubs', async (t) => {
  const page = (title: string, template: string[]) => ({ ...seoul, title, template })
  const text = bulk(
    ...[page('은하', ['틀:동음이의']), page('은하 목록', []), page('작은 은하', ['틀:토막글'])].flatMap((each) => [
      action(1),
      each,
    ]),
  )
  const { articles } = await read(await shard(t, text))
  assert.deepEqual(
    articles.map(({ kind }) => kind),
    ['disambiguation', 'list', 'stub'],
  )
})

test('other namespaces, redirects and other models are dropped with their reasons; namespaces stand in titles', async (t) => {
  const talk = { ...seoul, namespace: 1, namespace_text: '토론' }
  const text = bulk(action(1), talk, action(2), { ...seoul, page_type: 'redirect' }, action(3), {
    ...seoul,
    content_model: 'json',
  })
  const file = await shard(t, text)
  const { articles, dropped } = await read(file, { namespaces: new Set([0]) })
  assert.deepEqual(articles, [])
  assert.deepEqual(dropped, ['other_namespace', 'other_kind_of_page', 'not_wikitext'])
  const all = await read(file)
  assert.equal(all.articles[0]?.title, '토론:서울특별시')
  assert.equal(all.articles[0]?.namespace, 1)
})

test('a document without an id of its own has that of the line before; few fields are enough', async (t) => {
  const few = { namespace: 0, title: '가', text: '가는 글자이다.' }
  const { articles, bad } = await read(await shard(t, bulk(action('77'), few)), { language: 'ko-kp' })
  assert.deepEqual(bad, [])
  assert.deepEqual([articles[0]?.pageId, articles[0]?.lead, articles[0]?.language], [77, '가는 글자이다.', 'ko-kp'])
})

test('bad lines are reported with file and line, and cost no other document', async (t) => {
  const good = JSON.stringify(seoul)
  const lines = [
    JSON.stringify(action(1)),
    good,
    JSON.stringify(action(2)),
    '{"page_id": 2, "title": "half',
    JSON.stringify(action(3)),
    JSON.stringify(action(4)),
    good,
    JSON.stringify(action(5)),
    '{"namespace": "zero", "title": "가"}',
    '{"namespace": 0, "title": "no id"}',
    '',
    JSON.stringify(action(6)),
    JSON.stringify({ ...seoul, text: 'x'.repeat(5000) }),
    good,
    JSON.stringify(action(7)),
  ]
  const file = await shard(t, lines.join('\n'))
  const { articles, bad } = await read(file, { maxPageBytes: 4000 })
  assert.equal(articles.length, 3)
  assert.deepEqual(
    bad.map(({ code, at }) => [code, at.line]),
    [
      ['CIRRUS_MALFORMED', 4],
      ['CIRRUS_MALFORMED', 5],
      ['CIRRUS_MALFORMED', 9],
      ['CIRRUS_MALFORMED', 10],
      ['CIRRUS_LINE_TOO_LONG', 13],
      ['CIRRUS_TRUNCATED', 15],
    ],
  )
  for (const { at, hint } of bad) assert.ok(at.file === file && hint !== undefined)
  assert.match(bad[2]!.message, /namespace/)
})

test('bytes that are no UTF-8 are reported, not replaced', async (t) => {
  const bytes = Buffer.from(bulk(action(1), seoul))
  bytes[bytes.indexOf('서울')] = 0xff
  const { bad } = await read(await shard(t, bytes))
  assert.match(bad[0]?.message ?? '', /UTF-8/)
})

test('a shard that was cut short is refused after the articles before the cut', async (t) => {
  const packed = bzip2(bulk(action(1), seoul))
  const file = await shard(t, packed.subarray(0, packed.length - 4), '.bz2')
  await assert.rejects(read(file), (error) => error instanceof BadEventError && error.code === 'BZ2_TRUNCATED')
})

test('however the bytes are cut into chunks, the documents are the same', async () => {
  const bytes = Buffer.from(bulk(action(1), seoul, action(2), { ...seoul, page_id: 2 }))
  const documents = async (sizes: readonly number[]) => {
    const chunks = (async function* () {
      // One buffer for all chunks, as decoders use theirs again.
      const shared = Buffer.alloc(bytes.length)
      for (let at = 0, i = 0; at < bytes.length; i++) {
        const size = Math.min(sizes[i % sizes.length]!, bytes.length - at)
        bytes.copy(shared, 0, at, at + size)
        yield shared.subarray(0, size)
        at += size
      }
    })()
    const found = []
    for await (const outcome of cirrusDocumentsOf(chunks, { file: 'x' }, 1 << 20)) found.push(outcome)
    return found
  }
  const whole = await documents([bytes.length])
  assert.equal(whole.length, 2)
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 5 }), async (sizes) => {
      assert.deepEqual(await documents(sizes), whole)
    }),
    { numRuns: 50 },
  )
})

test('shards are known by their names and by their first bytes', () => {
  assert.deepEqual(parseCirrusName('zh_min_nanwiki_content-20260830-00012.json.bz2'), {
    wiki: 'zh_min_nanwiki',
    date: '20260830',
    shard: 12,
  })
  for (const name of ['kowiki-20260830-cirrussearch-content.json.gz', '_SUCCESS', 'kowiki_content-20260830.json.bz2']) {
    assert.equal(parseCirrusName(name), undefined, name)
  }
  assert.ok(startsLikeCirrus(Buffer.from('{"index":{"_id":1}}')))
  assert.ok(!startsLikeCirrus(Buffer.from('<mediawiki')))
})
