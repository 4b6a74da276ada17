import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { type Article, articleOf, wholeText } from '../../wiki/article.ts'
import { decompressRange } from '../../wiki/bz2.ts'
import { pagesOf } from '../../wiki/pages.ts'
import { siteOf } from '../../wiki/site.ts'
import { planChunks } from '../../wiki/streams.ts'
import { linearParser } from '../../wiki/wikitext/parse.ts'
import { referenceParser } from '../../wiki/wikitext/reference-parser.ts'
import { python, realFile } from '../wiki/fixtures.ts'

/** The whole way from the file to articles; both parsers must give the same but for spaces and punctuation. */
async function articlesOf(t: TestContext, name: string, wiki?: string): Promise<Map<string, Article> | undefined> {
  const file = realFile(t, `${name}.xml.bz2`)
  if (file === undefined) return undefined
  const plan = await planChunks(file, { streamsPerChunk: 1 })
  const site = siteOf(plan.siteinfo, { wiki })
  const articles = new Map<string, Article>()
  for (const { start, end } of plan.chunks) {
    const chunks = decompressRange(file, start, end)
    for await (const outcome of pagesOf(chunks, { file, byteOffset: start, maxPageBytes: 1 << 24 })) {
      assert.equal(outcome.kind, 'page')
      if (outcome.kind !== 'page') continue
      const article = articleOf(outcome.page, site, { parser: referenceParser })
      articles.set(article.title, article)
      const second = articleOf(outcome.page, site, { parser: linearParser })
      assert.equal(words(wholeText(second)).join(' '), words(wholeText(article)).join(' '), article.title)
    }
  }
  return articles
}

function words(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? []
}

function hasLink(article: Article | undefined, target: string, surface: string): boolean {
  return article?.links.some((link) => link.target === target && link.surface === surface) ?? false
}

const leftOver =
  /\{\{|\}\}|\[\[|\]\]|\{\||\|\}|'''|<ref|<\/|thumb\||섬네일\||&nbsp;|style=|\(\s*\)|\(\s*[,;]|[,;]\s*\)|__[A-Z]+__|\|\|/g

/** Left-overs of markup per 1,000 articles, over the kinds above. */
function leftOversPerThousand(articles: readonly Article[]): number {
  const found = articles.flatMap((article) => [...wholeText(article).matchAll(leftOver)])
  return (found.length / articles.length) * 1000
}

test('베를린 of kowiki is read though its header says enwiki', async (t) => {
  const articles = await articlesOf(t, 'kowiki-berlin', 'kowiki')
  const berlin = articles?.get('베를린')
  if (articles === undefined) return
  assert.equal(berlin?.wiki, 'kowiki')
  assert.equal(berlin?.pageId, 95091)
  assert.equal(berlin?.revisionId, 29996904)
  assert.equal(berlin?.timestamp, '2021-08-07T23:49:40Z')
  assert.match(berlin?.lead ?? '', /^베를린\(Berlin\)은 독일의 수도이다\. 2014년 12월 현재 인구 3,562,166명으로,/)
  assert.deepEqual(berlin?.glosses, [{ language: 'de', text: 'Berlin' }])
  assert.deepEqual(berlin?.boldNames, ['베를린', '백림(伯林)'])
  assert.ok(hasLink(berlin, '브란덴부르크의 프리드리히 빌헬름', '프리드리히 빌헬름'))
  assert.ok(berlin?.categories.includes('독일의 도시'))
  assert.equal(berlin?.infoboxes[0]?.name, '도시 정보')
  assert.equal(berlin?.infoboxes[0]?.fields.인구, '3,664,088')
  assert.deepEqual(
    berlin?.sections.slice(0, 2).map(({ heading, level }) => [heading, level]),
    [
      ['역사', 2],
      ['초기 역사', 3],
    ],
  )
  assert.doesNotMatch(berlin === undefined ? '' : wholeText(berlin), leftOver)
})

test('named pages of enwiki have their facts', async (t) => {
  const articles = await articlesOf(t, 'enwiki-206pages')
  if (articles === undefined) return
  assert.equal(articles.size, 206)
  const einstein = articles.get('Albert Einstein')
  assert.deepEqual([einstein?.pageId, einstein?.revisionId], [736, 716825343])
  assert.ok(
    einstein?.lead.includes('was a German-born theoretical physicist. He developed the general theory of relativity'),
  )
  assert.ok(hasLink(einstein, 'Theoretical physicist', 'theoretical physicist'))
  assert.deepEqual(articles.get('AccessibleComputing')?.redirect, {
    target: 'Computer accessibility',
    section: null,
    templates: ['redr', 'r from camelcase'],
  })
  assert.equal(articles.get('Aa River')?.kind, 'disambiguation')
  assert.equal(articles.get('List of anthropologists')?.kind, 'list')
  assert.deepEqual(articles.get('Aikido')?.glosses[0], { language: 'ja', text: '合気道' })
  assert.ok(articles.get('Alabama')?.infoboxes.some(({ name }) => name === 'Infobox U.S. state'))
  assert.ok((articles.get('Anarchism')?.references ?? 0) > 100)

  const prose = [...articles.values()].filter(({ kind }) => kind !== 'redirect')
  assert.ok(leftOversPerThousand(prose) <= 150, `${leftOversPerThousand(prose)} per 1,000`)
})

test('at least 99.5 % of the words that two of four other extractors keep are kept', async (t) => {
  const consensus = realFile(t, 'consensus-dev.json.gz')
  const articles = await articlesOf(t, 'enwiki-206pages')
  const expected =
    consensus && python(t, 'import gzip,sys;sys.stdout.write(gzip.open(sys.argv[1],"rt").read())', consensus)
  if (articles === undefined || typeof expected !== 'object' || expected === null) return
  let wanted = 0
  let kept = 0
  for (const [title, counts] of Object.entries(expected)) {
    const article = articles.get(title)
    if (article === undefined) continue
    const ours = new Map<string, number>()
    for (const word of words(wholeText(article))) ours.set(word, (ours.get(word) ?? 0) + 1)
    for (const [word, count] of Object.entries(counts)) {
      wanted += Number(count)
      kept += Math.min(Number(count), ours.get(word) ?? 0)
    }
  }
  assert.ok(wanted > 400_000, `${wanted} words to compare`)
  assert.ok(kept / wanted >= 0.995, `${kept / wanted}`)
})

test('a complete small Wikipedia is read, every page of it', async (t) => {
  const articles = await articlesOf(t, 'ltgwiki-2017-full')
  if (articles === undefined) return
  assert.equal(articles.size, 2004)
  const redirects = [...articles.values()].filter(({ kind }) => kind === 'redirect')
  assert.equal(redirects.length, 195)
  const latvia = articles.get('Latveja')
  assert.equal(latvia?.wiki, 'ltgwiki')
  assert.ok((latvia?.links.length ?? 0) > 20)
  const prose = [...articles.values()].filter(({ kind, namespace }) => kind !== 'redirect' && namespace === 0)
  assert.ok(leftOversPerThousand(prose) <= 150, `${leftOversPerThousand(prose)} per 1,000`)
})

test('a dump of 2026 with empty texts is read', async (t) => {
  const articles = await articlesOf(t, 'aawiki-20260101-pages-meta-current')
  if (articles === undefined) return
  assert.equal(articles.size, 507)
  assert.ok([...articles.values()].some(({ textBytes }) => textBytes === 0))
})

test('pages of other scripts lose no ideographic full stop', async (t) => {
  const japanese = (await articlesOf(t, 'jawiki-berlin', 'jawiki'))?.get('ベルリン')
  if (japanese === undefined) return
  assert.match(japanese.lead, /は、ドイツの首都。16ある連邦州のうちのひとつで、都市州である。/)
})
