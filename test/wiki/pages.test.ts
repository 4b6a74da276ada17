import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decompressRange } from '../../wiki/bz2.ts'
import { type PageOutcome, pagesOf } from '../../wiki/pages.ts'
import { chunked, collect, header, pageXml, python, realFile } from './fixtures.ts'

const options = { file: 'dump.xml', byteOffset: 1000, maxPageBytes: 1 << 20 }

/** The same bytes in chunks of several sizes: marks and characters straddle their borders. */
async function outcomesOf(xml: string | Uint8Array, maxPageBytes = options.maxPageBytes): Promise<PageOutcome[]> {
  const [first, ...others] = await Promise.all(
    [1 << 20, 1000, 64, 7, 1].map((size) => collect(pagesOf(chunked(xml, size), { ...options, maxPageBytes }))),
  )
  for (const other of others) assert.deepEqual(summary(other), summary(first ?? []), 'chunk size changes the outcome')
  return first ?? []
}

function summary(outcomes: readonly PageOutcome[]): unknown[] {
  return outcomes.map((outcome) =>
    outcome.kind === 'page' ? outcome.page : [outcome.error.code, outcome.error.message],
  )
}

function briefly(outcomes: readonly PageOutcome[]): string[] {
  return outcomes.map((outcome) => (outcome.kind === 'page' ? outcome.page.title : outcome.error.code))
}

test('a page of export 0.11 is read with every field', async () => {
  const [outcome] = await outcomesOf(`${header}${pageXml(5, '서울 &amp; 부산', '<b>굵게</b> & "그 밖"')}</mediawiki>\n`)
  assert.deepEqual(outcome, {
    kind: 'page',
    page: {
      pageId: 5,
      revisionId: 50,
      parentId: 49,
      timestamp: '2026-09-01T00:00:00Z',
      title: '서울 & 부산',
      namespace: 0,
      model: 'wikitext',
      text: '<b>굵게</b> & "그 밖"',
      textBytes: Buffer.byteLength('<b>굵게</b> & "그 밖"'),
      textDeleted: false,
      sha1: 'abc',
    },
  })
})

test('a fragment that starts at a page and ends without the document is read in full', async () => {
  const outcomes = await outcomesOf(pageXml(1, '하나', 'a') + pageXml(2, '둘', 'b'))
  assert.deepEqual(briefly(outcomes), ['하나', '둘'])
})

test('empty and deleted texts are pages with empty text', async () => {
  const empty = pageXml(1, '빈', '').replace(/<text[\s\S]*<\/text>/, '<text bytes="0" sha1="x" xml:space="preserve" />')
  const deleted = pageXml(2, '지움', '').replace(/<text[\s\S]*<\/text>/, '<text bytes="12" deleted="deleted" />')
  const [first, second] = await outcomesOf(empty + deleted)
  assert.equal(first?.kind === 'page' && first.page.text, '')
  assert.deepEqual(second?.kind === 'page' && [second.page.text, second.page.textDeleted], ['', true])
})

test('of several revisions the last is taken', async () => {
  const revision = '<revision><id>7</id><timestamp>2020-01-01T00:00:00Z</timestamp><text>old</text></revision>'
  const [outcome] = await outcomesOf(pageXml(1, '가', 'new').replace('    <revision>', `${revision}<revision>`))
  assert.deepEqual(outcome?.kind === 'page' && [outcome.page.revisionId, outcome.page.text], [10, 'new'])
})

test('redirect target and content model are taken from the page', async () => {
  const xml = pageXml(1, '가', '{}')
    .replace('<id>1</id>', '<id>1</id><redirect title="나 &quot;다&quot;" />')
    .replace('>wikitext<', '>json<')
  const [outcome] = await outcomesOf(xml)
  assert.deepEqual(outcome?.kind === 'page' && [outcome.page.redirectTitle, outcome.page.model], ['나 "다"', 'json'])
})

test('a malformed page is reported with its place, and the next is read', async () => {
  const broken = pageXml(2, '둘', 'b').replace('</revision>', '')
  const outcomes = await outcomesOf(header + pageXml(1, '하나', 'a') + broken + pageXml(3, '셋', 'c'))
  assert.deepEqual(briefly(outcomes), ['하나', 'XML_MALFORMED', '셋'])
  const bad = outcomes[1]
  assert.deepEqual(bad?.kind === 'bad' && bad.error.at, { file: 'dump.xml', byteOffset: 1000, title: '둘', pageId: 2 })
  const offset = Buffer.byteLength(`${header}${pageXml(1, '하나', 'a')}`)
  assert.match((bad?.kind === 'bad' && bad.error.message) || '', new RegExp(`byte ${offset + 2} of`))
})

test('a page without its end costs only itself', async () => {
  const cut = pageXml(2, '둘', 'b').slice(0, 120)
  assert.deepEqual(briefly(await outcomesOf(pageXml(1, '하나', 'a') + cut + pageXml(3, '셋', 'c'))), [
    '하나',
    'XML_MALFORMED',
    '셋',
  ])
})

test('bytes between pages that are no markup of an export are reported', async () => {
  const outcomes = await outcomesOf(`${pageXml(1, '하나', 'a')}<html>502 Bad Gateway</html>${pageXml(2, '둘', 'b')}`)
  assert.deepEqual(briefly(outcomes), ['하나', 'XML_MALFORMED', '둘'])
  assert.deepEqual(briefly(await outcomesOf('<!DOCTYPE html><html>404</html>')), ['XML_MALFORMED'])
})

test('a page over the limit is reported by name, and the next is read', async () => {
  const outcomes = await outcomesOf(pageXml(1, '큰', 'x'.repeat(30_000)) + pageXml(2, '작은', 'y'), 20_000)
  assert.deepEqual(briefly(outcomes), ['PAGE_TOO_LARGE', '작은'])
  assert.equal(outcomes[0]?.kind === 'bad' && outcomes[0].error.at.title, '큰')
})

test('a page of 50 MB is refused without being held in memory', async () => {
  const megabyte = Buffer.alloc(1 << 20, 'x')
  async function* huge() {
    yield Buffer.from('<page><title>산더미</title><ns>0</ns><id>9</id><revision><text>')
    for (let i = 0; i < 50; i++) yield megabyte
    yield Buffer.from(`</text></revision></page>${pageXml(2, '작은', 'y')}`)
  }
  const before = process.memoryUsage().arrayBuffers
  const outcomes = await collect(pagesOf(huge(), { ...options, maxPageBytes: 2 << 20 }))
  assert.deepEqual(briefly(outcomes), ['PAGE_TOO_LARGE', '작은'])
  assert.ok(process.memoryUsage().arrayBuffers - before < 30 << 20, 'the page was held')
})

test('a byte that is not UTF-8 costs its page only, and its place is told', async () => {
  const good = Buffer.from(pageXml(1, '하나', 'a'))
  const bad = Buffer.from(pageXml(2, '둘', '가나다'))
  const at = bad.indexOf(Buffer.from('나'))
  bad[at + 1] = 0xff
  const outcomes = await outcomesOf(Buffer.concat([good, bad, Buffer.from(pageXml(3, '셋', 'c'))]))
  assert.deepEqual(briefly(outcomes), ['하나', 'INVALID_UTF8', '셋'])
  const message = outcomes[1]?.kind === 'bad' ? outcomes[1].error.message : ''
  const place = Number(/byte (\d+)/.exec(message)?.[1])
  assert.ok(place >= good.length + at && place <= good.length + at + 1, message)
})

test('data that end inside a page are XML_TRUNCATED, wherever they are cut', async () => {
  const xml = Buffer.from(pageXml(1, '하나', 'a') + pageXml(2, '둘', 'b'))
  const second = xml.indexOf('<page>', 20)
  for (const cut of [second + 6, second + 30, second + 200, xml.length - 4, xml.length - 9]) {
    assert.deepEqual(briefly(await outcomesOf(xml.subarray(0, cut))), ['하나', 'XML_TRUNCATED'], `cut at ${cut}`)
  }
})

test('a page without a revision is reported as such', async () => {
  const xml = '<page><title>가</title><ns>0</ns><id>1</id></page>'
  assert.deepEqual(briefly(await outcomesOf(xml)), ['PAGE_WITHOUT_REVISION'])
})

const oracle = `
import bz2, json, sys, hashlib, xml.etree.ElementTree as ET
rows = []
for _, page in ET.iterparse(bz2.open(sys.argv[1])):
    if page.tag.split('}')[1] != 'page': continue
    ns = page.tag.split('}')[0] + '}'
    revision = page.findall(ns + 'revision')[-1]
    text = revision.find(ns + 'text').text or ''
    redirect = page.find(ns + 'redirect')
    rows.append([int(page.find(ns + 'id').text), int(revision.find(ns + 'id').text), page.find(ns + 'title').text,
        int(page.find(ns + 'ns').text), None if redirect is None else redirect.get('title'), len(text),
        hashlib.md5(text.encode()).hexdigest()])
    page.clear()
print(json.dumps(rows))
`

for (const name of ['enwiki-206pages', 'ltgwiki-2017-full', 'aawiki-20260101-pages-meta-current', 'kowiki-berlin']) {
  test(`every page of ${name} is read as Python's XML parser reads it`, async (t) => {
    const file = realFile(t, `${name}.xml.bz2`)
    const expected = file && python(t, oracle, file)
    if (file === undefined || expected === undefined) return
    const { createHash } = await import('node:crypto')
    const rows: unknown[] = []
    for await (const outcome of pagesOf(decompressRange(file), { file, byteOffset: 0, maxPageBytes: 1 << 24 })) {
      assert.equal(outcome.kind, 'page')
      if (outcome.kind !== 'page') continue
      const { pageId, revisionId, title, namespace, redirectTitle, text } = outcome.page
      const codePoints = [...text].length
      const md5 = createHash('md5').update(text).digest('hex')
      rows.push([pageId, revisionId, title, namespace, redirectTitle ?? null, codePoints, md5])
    }
    assert.deepEqual(rows, expected)
  })
}
