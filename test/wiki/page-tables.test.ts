import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { articlePages, readWiki } from '../../bench/pages/real-pages.ts'
import { articlesOf } from '../../wiki/articles.ts'
import { siteOf } from '../../wiki/site.ts'
import { tablesOf } from '../../wiki/wikitext/page-tables.ts'
import { chunked, folder, pageXml, python, realFile } from './fixtures.ts'

const site = siteOf(undefined, { wiki: 'kowiki' })
const tables = (text: string) => tablesOf(text, site, '쪽')
const tsv = (...lines: string[]) => lines.join('\n')

test('a table is its section, its caption, and its cells as plain text', () => {
  const text = `머리말
== 인구 ==
{| class="wikitable sortable"
|+ style="x" | '''도시'''별 인구
! scope="col" | 도시 !! 인구<ref>통계</ref>
|- style="color:red"
| [[서울특별시|서울]] || {{formatnum:9000000}}
|-
| style="text-align:right" | 부산<br />광역시
| 3,300,000 &amp; 조금
|}
뒤`
  assert.deepEqual(tables(text), [
    {
      section: '인구',
      caption: '도시별 인구',
      headerRows: 1,
      tsv: tsv('도시\t인구', '서울\t9000000', '부산 광역시\t3,300,000 & 조금'),
    },
  ])
})

test('a cell that spans columns or rows stands in each of them, and rows are of one length', () => {
  const text = `{|
! rowspan=2 | 팀
! colspan="2" | 점수
|-
! 전반 !! 후반
|-
| rowspan=3 | 가 || 1 || 2
|-
| 3
|-
| colspan=2 | 없음
|-
| 나
|}`
  const [table] = tables(text)
  assert.equal(table?.headerRows, 2)
  assert.equal(table?.tsv, tsv('팀\t점수\t점수', '팀\t전반\t후반', '가\t1\t2', '가\t3\t', '가\t없음\t없음', '나\t\t'))
})

test('a table within a cell comes after the outer one, whose cell is without it', () => {
  const text = '{|\n| 밖 ||\n{|\n| 안 1\n{|\n| 더 안\n|}\n|}\n| 끝\n|}\n{|\n| 다음\n|}'
  assert.deepEqual(
    tables(text).map(({ tsv }) => tsv),
    ['밖\t\t끝', '안 1', '더 안', '다음'],
  )
})

test('tables in HTML are read as well, and a pipe in their text parts no cells', () => {
  const text = `<table border=1><caption>제목</caption>
<tr><th>이름</th><th colspan="2">값</th></tr>
<tr><td>가 | 나</td><td>1</td><td>[[둘|2]]</td></tr></table>`
  assert.deepEqual(tables(text), [
    { section: '', caption: '제목', headerRows: 1, tsv: tsv('이름\t값\t값', '가 | 나\t1\t2') },
  ])
})

test('pipes of links, templates and nowiki part no cells, and what no table is gives none', () => {
  assert.equal(tables('{|\n| [[가|나]] || {{nowrap|다}} || <nowiki>||</nowiki>\n|}')[0]?.tsv, '나\t다\t||')
  assert.equal(tables('{|\n| [[파일:가.png|섬네일|100px]] || 글\n|}')[0]?.tsv, '\t글')
  for (const none of ['글', '{|\n|}', '{|\n|-\n|\n|}', '{|\n| 닫히지 않은', '<nowiki>{|\n| 가\n|}</nowiki>']) {
    assert.deepEqual(tables(none), [], none)
  }
})

test('no span makes a page explode', () => {
  const wide = `{|\n${'| colspan=1000 rowspan=60000 | 넓다\n'.repeat(100)}${'|-\n| 가\n'.repeat(5000)}|}`
  const many = `{|\n${'| rowspan=60000 | 가\n'.repeat(3000)}${'|-\n| 나\n'.repeat(3000)}|}`
  const ragged = `{|\n${'|가\n'.repeat(5000)}${'|-\n|나\n'.repeat(5000)}|}`
  for (const text of [wide, many, ragged]) {
    const length = tables(text).reduce((sum, { tsv }) => sum + tsv.length, 0)
    assert.ok(length > 0 && length < 7 * text.length, `${length} characters out of ${text.length}`)
  }
})

test('both engines give the tables of a page where they are asked for', async () => {
  const xml = `${pageXml(1, '가', '{|\n| 하나 || &lt;둘&gt;\n|}')}${pageXml(2, '나', '글')}`
  for (const engine of ['kernel', 'reference'] as const) {
    const options = { engine, parser: 'fast', maxPageBytes: 1 << 20 } as const
    const found = []
    for await (const outcome of articlesOf(chunked(xml, 50), site, { file: 'x', byteOffset: 0 }, options)) {
      if (outcome.kind === 'article') found.push(outcome.article.tables().map(({ tsv }) => tsv))
    }
    assert.deepEqual(found, [['하나\t<둘>'], []], engine)
  }
})

const readByWikitextparser = `
import json, sys
try:
    import wikitextparser
except ImportError:
    print(json.dumps(None)); sys.exit()
shapes = []
for text in json.load(open(sys.argv[1])):
    rows = [[row for row in table.data(span=True) if row] for table in wikitextparser.parse(text).get_tables(recursive=True)]
    shapes.append(sorted([len(table), max(len(row) for row in table)] for table in rows if any(cell and cell.strip() for row in table for cell in row)))
print(json.dumps(shapes))
`

test('the tables of real pages have the rows and columns that wikitextparser finds', async (t) => {
  const file = realFile(t, 'enwiki-206pages.xml.bz2')
  if (file === undefined) return
  const wiki = await readWiki(file)
  const pages = articlePages(wiki).filter(({ text }) => text.includes('{|'))
  const texts = pages.map(({ text }) => text.replace(/<!--.*?-->/gs, ''))
  const list = join(await folder(t), 'texts.json')
  await writeFile(list, JSON.stringify(texts))
  const theirs = python(t, readByWikitextparser, list) as number[][][] | null | undefined
  if (theirs === undefined) return
  if (theirs === null) {
    t.skip('wikitextparser is not here to be the oracle')
    return
  }
  const shapes = (table: string) => [table.split('\n').length, (table.split('\n')[0] ?? '').split('\t').length]
  const keys = (list: readonly number[][]) => list.map((shape) => shape.join('×')).sort()
  let count = 0
  for (const [at, page] of pages.entries()) {
    const ours = tablesOf(page.text, wiki.site, page.title).map(({ tsv }) => shapes(tsv))
    count += ours.length
    // Theirs may hold tables of nothing but pictures, which are no text.
    const rest = keys(theirs[at] ?? [])
    for (const key of keys(ours)) {
      const found = rest.indexOf(key)
      assert.ok(found >= 0, `${page.title}: a table of ${key}, theirs are ${rest.join(', ')}`)
      rest.splice(found, 1)
    }
  }
  assert.ok(count > 50, `${count} tables`)
})
