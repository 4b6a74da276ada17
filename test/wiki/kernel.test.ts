import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { type Article, articleOf } from '../../wiki/article.ts'
import { decodeArticle } from '../../wiki/article-encoding.ts'
import { type ArticlesOptions, articlesOf, fieldSet } from '../../wiki/articles.ts'
import { decompressRange } from '../../wiki/bz2.ts'
import { pagesOf } from '../../wiki/pages.ts'
import { siteOf } from '../../wiki/site.ts'
import { readSiteinfo } from '../../wiki/streams.ts'
import { linearParser } from '../../wiki/wikitext/parse.ts'
import { collect, realFile } from './fixtures.ts'
import { kernelOf, kernelParser, plain, rawPage } from './kernel-parser.ts'
import { soup } from './soup.ts'

const ko = siteOf(undefined, { wiki: 'kowiki' })
const articlesOnly = new Set([0])

/** Field by field, so that a difference names its field; maps have no order. */
function assertSame(actual: Article, expected: Article) {
  for (const [name, value] of Object.entries(expected)) {
    assert.deepEqual(actual[name as keyof Article], value, `${expected.title}: ${name}`)
  }
}

for (const [name, wiki] of [
  ['enwiki-206pages.xml.bz2', 'enwiki'],
  ['kowiki-berlin.xml.bz2', 'kowiki'],
  ['jawiki-berlin.xml.bz2', 'jawiki'],
  ['zhwiki-berlin.xml.bz2', 'zhwiki'],
  ['ltgwiki-2017-full.xml.bz2', 'ltgwiki'],
] as const) {
  test(`both engines take every article of ${name} apart in the same way, and the kernel reads each page itself`, async (t) => {
    const file = realFile(t, name)
    if (file === undefined) return
    const site = siteOf(await readSiteinfo(file), { wiki })
    const options: ArticlesOptions = {
      engine: 'kernel',
      parser: 'fast',
      maxPageBytes: 1 << 24,
      namespaces: articlesOnly,
    }
    const read = async (engine: ArticlesOptions['engine']) => {
      const articles: Article[] = []
      const place = { file, byteOffset: 0 }
      for await (const outcome of articlesOf(decompressRange(file), site, place, { ...options, engine })) {
        if (outcome.kind === 'article') articles.push(plain(outcome.article.decode()))
      }
      return articles
    }
    const [kernel, reference] = [await read('kernel'), await read('reference')]
    assert.equal(kernel.length, reference.length)
    for (const [i, expected] of reference.entries()) assertSame(kernel[i] as Article, expected)
  })
}

test('a line of JSON says what the article says, in the order of the schema, with the fields asked for', async (t) => {
  const file = realFile(t, 'enwiki-206pages.xml.bz2')
  if (file === undefined) return
  const site = siteOf(await readSiteinfo(file), { wiki: 'enwiki' })
  const options: ArticlesOptions = { engine: 'kernel', parser: 'fast', maxPageBytes: 1 << 24 }
  const some = fieldSet(['title', 'lead', 'links', 'coordinates'])
  let compared = 0
  for await (const outcome of articlesOf(decompressRange(file), site, { file, byteOffset: 0 }, options)) {
    if (outcome.kind !== 'article') continue
    const article = plain(outcome.article.decode())
    const all = fieldSet(Object.keys(article) as (keyof Article)[])
    assert.deepEqual(JSON.parse(Buffer.from(outcome.article.json(all)).toString()), article)
    const { title, lead, links, coordinates } = article
    const line = Buffer.from(outcome.article.json(some)).toString()
    assert.equal(line, `${JSON.stringify({ title, lead, links, coordinates })}\n`)
    compared++
  }
  assert.equal(compared, 206)
})

const page = (fields: string, text = "'''가'''는 나다.") =>
  `<page>\n<title>가</title>\n<ns>0</ns>\n<id>7</id>\n<revision>\n<id>9</id>\n<timestamp>2026-09-01T00:00:00Z</timestamp>\n` +
  `<contributor><username>다</username><id>3</id></contributor>\n${fields}<text bytes="20" xml:space="preserve">${text}</text>\n</revision>\n</page>`

test('the head of a page is read as MediaWiki writes it, whatever the version of the schema', () => {
  const kernel = kernelOf(ko)
  for (const fields of [
    '',
    '<model>wikitext</model><format>text/x-wiki</format>',
    '<parentid>8</parentid><minor /><comment>a &lt; b</comment><origin>9</origin><model>wikitext</model><format>text/x-wiki</format>',
    '<comment deleted="deleted" /><sha1 />',
  ]) {
    assert.ok(kernel.readHead(Buffer.from(page(fields))), fields)
    const bytes = kernel.article()
    assert.ok(bytes !== undefined)
    const { pageId, revisionId, timestamp, title, lead, textBytes } = decodeArticle(bytes)
    assert.deepEqual(
      [pageId, revisionId, timestamp, title, lead, textBytes],
      [7, 9, '2026-09-01T00:00:00Z', '가', '가는 나다.', 20],
    )
  }
})

test('what is not as MediaWiki writes it is left to the careful reader', () => {
  const kernel = kernelOf(ko)
  const good = page('')
  for (const bad of [
    good.replace('</revision>', ''),
    good.replace('<id>7</id>', '<id>x</id>'),
    good.replace('<id>7</id>', ''),
    good.replace('<title>가</title>', '<title>&nbsp;</title>'),
    good.replace('<title>가</title>', '<title>e\u0301</title>'),
    good.replace('<ns>0</ns>', '<upload><id>1</id></upload><ns>0</ns>'),
    good.replace('</page>', '</page>x'),
  ]) {
    assert.equal(kernel.readHead(Buffer.from(bad)), false, bad)
  }
  for (const text of ['&foo;', '&', 'a &#8364; b']) {
    assert.ok(kernel.readHead(Buffer.from(page('', text))))
    assert.equal(kernel.article(), undefined, text)
  }
  const broken = Buffer.from(page('', 'aXb'))
  broken[broken.indexOf('aXb') + 1] = 0xe9
  assert.ok(kernel.readHead(broken))
  assert.equal(kernel.article(), undefined, 'no UTF-8')
})

test('cut off anywhere, a page is no page and nothing is read past its end', () => {
  const kernel = kernelOf(ko)
  const whole = Buffer.from(page('<model>wikitext</model>'))
  for (let end = 0; end < whole.length; end++) {
    assert.equal(kernel.readHead(whole.subarray(0, end)), false, `cut at ${end}`)
  }
})

test('in soup of markup the kernel and the parser in TypeScript agree but for one page in a hundred', () => {
  let pages = 0
  let different = 0
  fc.assert(
    fc.property(soup, (text) => {
      const short = text.slice(0, 60)
      const expected = articleOf(rawPage(short, '서울'), ko, { parser: linearParser })
      pages++
      try {
        assertSame(kernelParser(short, ko, '서울'), expected)
      } catch {
        different++
      }
    }),
    { numRuns: 3000, seed: 20260901 },
  )
  assert.ok(different * 100 < pages, `${different} of ${pages}`)
})

test('a kernel forgets one page for the next', () => {
  const full =
    "{{coord|37|N|127|E}}{{짧은 설명|수도}}{{다른 뜻|a}}'''가'''(영어: Ga) [[나]] [[분류:다]] {{정보상자 도시|a=1|b=2}}<ref>x</ref>\n== 라 =="
  const before = kernelParser('빈 글', ko, '마')
  const between = kernelParser(full, ko, '바')
  assert.deepEqual(kernelParser('빈 글', ko, '마'), before)
  assert.deepEqual(between.coordinates, { latitude: 37, longitude: 127 })
  assert.equal(between.shortDescription, '수도')
  assert.deepEqual(between.hatnotes, ['다른 뜻: a'])
  assert.deepEqual(between.infoboxes, [{ name: '정보상자 도시', fields: { a: '1', b: '2' } }])
})

test('more names than the kernel remembers change nothing', () => {
  const text = Array.from({ length: 30_000 }, (_, i) => `{{틀 ${i}|a}}`).join('')
  const page = `앞 ${text}{{lang|en|Seoul}}<ref>x</ref> 뒤`
  for (let round = 0; round < 2; round++) {
    const { lead, references } = kernelParser(page, ko, '서울')
    assert.deepEqual([lead, references], ['앞 Seoul 뒤', 1])
  }
})

test('the kernel and the outside agree on the numbers they exchange', async () => {
  const { templateCode, templateMark, prefixCode, imageOptionCode, namespaceBase } = await import(
    '../../wiki/kernels/template-codes.ts'
  )
  const url = new URL('../../wiki/kernels/assembly/wikitext/templates.ts', import.meta.url)
  const source = await readFile(fileURLToPath(url), 'utf8')
  const said = (name: string) => Number(new RegExp(`\\b${name}(?:: i32)? = (0x[0-9a-f]+|\\d+)`, 'i').exec(source)?.[1])
  for (const [name, code] of Object.entries({ ...templateCode, ...prefixCode })) assert.equal(said(name), code, name)
  assert.deepEqual(
    [said('marksDisambiguation'), said('marksStub'), said('isInfoboxName'), said('namespaceBase')],
    [templateMark.disambiguation, templateMark.stub, templateMark.infobox, namespaceBase],
  )
  const options = source.slice(source.indexOf('enum ImageOption'))
  for (const [name, code] of Object.entries(imageOptionCode)) {
    assert.equal(Number(new RegExp(`\\b${name} = (\\d+)`, 'i').exec(options)?.[1]), code, name)
  }
})

test('a page of ten megabytes is read, and the kernel that read it is given up', async () => {
  const long = `<mediawiki>${page('', '가나다 [[라]] '.repeat(400_000))}${page('', 'b')}</mediawiki>`
  async function* bytes() {
    yield Buffer.from(long)
  }
  const options: ArticlesOptions = { engine: 'kernel', parser: 'fast', maxPageBytes: 1 << 25 }
  const outcomes = await collect(articlesOf(bytes(), ko, { file: 'x', byteOffset: 0 }, options))
  assert.deepEqual(
    outcomes.map(({ kind }) => kind),
    ['article', 'article'],
  )
})

test('a source that fails has given the articles before', async () => {
  async function* bytes() {
    yield Buffer.from(page(''))
    throw new Error('broken')
  }
  const options: ArticlesOptions = { engine: 'kernel', parser: 'fast', maxPageBytes: 1 << 20 }
  const kinds: string[] = []
  await assert.rejects(async () => {
    for await (const { kind } of articlesOf(bytes(), ko, { file: 'x', byteOffset: 0 }, options)) kinds.push(kind)
  }, /broken/)
  assert.deepEqual(kinds, ['article'])
  assert.equal(
    (await collect(pagesOf((async function* () {})(), { file: 'x', byteOffset: 0, maxPageBytes: 1 }))).length,
    0,
  )
})
