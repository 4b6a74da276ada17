/** A multistream dump of a handful of pages of each sort, whose counts are known by hand. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { bzip2, folder, header, pageXml } from './fixtures.ts'

export interface SmallPage {
  readonly title: string
  readonly text: string
  readonly namespace?: number
  readonly redirect?: string
}

/** Of 12 pages: 5 articles, 1 stub, 1 list, 1 disambiguation page, 2 redirects, 2 of other namespaces. */
export const smallPages: readonly SmallPage[] = [
  {
    title: '서울',
    text: "'''서울'''은 [[대한민국]]의 수도다.<ref>하나</ref><ref>둘</ref>\n\n== 역사 ==\n[[한강]]과 [[한강]].\n\n== 교통 ==\n[[지하철]].\n\n[[분류:도시]]",
  },
  { title: '한양', text: '#넘겨주기 [[서울]]', redirect: '서울' },
  { title: '부산', text: "'''부산'''은 [[대한민국]]의 항구다.\n\n[[분류:도시]]\n[[분류:항구]]" },
  { title: '배 (동음이의)', text: "'''배'''는 다음을 뜻한다.\n* [[배 (과일)]]\n{{동음이의}}" },
  { title: '도시 목록', text: '* [[서울]]\n* [[부산]]' },
  { title: '틀:도시', text: '틀이다.', namespace: 10 },
  { title: '작은 섬', text: "'''작은 섬'''이다.\n{{토막글}}" },
  { title: 'C++', text: `'''C++'''는 언어다. ${'길다. '.repeat(300)}\n\n[[분류:언어]]` },
  { title: '시뿔뿔', text: '#넘겨주기 [[C++]]', redirect: 'C++' },
  { title: '분류:도시', text: '도시다.', namespace: 14 },
  { title: '대구', text: "'''대구'''는 도시다.\n\n[[분류:도시]]" },
  { title: '인천', text: "'''인천'''은 😀다." },
]

export function smallPageXml({ title, text, namespace = 0, redirect }: SmallPage, id: number): string {
  const mark = redirect === undefined ? '' : `    <redirect title="${redirect}" />\n`
  return pageXml(id, title, text)
    .replace('<ns>0</ns>', `<ns>${namespace}</ns>`)
    .replace(`    <revision>\n`, `${mark}    <revision>\n`)
}

export const documentEnd = '</mediawiki>\n'

export interface SmallDump {
  readonly folder: string
  readonly file: string
  readonly index: string
  /** The whole document, not packed. */
  readonly xml: string
  /** Offsets of the streams: the header's, those of the pages, the closing one's. */
  readonly offsets: readonly number[]
}

/** Writes the pages, so many a stream, and their index; undefined and the test is skipped where nothing can pack. */
export async function smallDump(
  t: TestContext,
  pages = smallPages,
  pagesPerStream = 3,
): Promise<SmallDump | undefined> {
  const bodies: string[] = []
  for (let i = 0; i < pages.length; i += pagesPerStream) {
    const group = pages.slice(i, i + pagesPerStream)
    bodies.push(group.map((page, k) => smallPageXml(page, i + k + 1)).join(''))
  }
  const texts = [header, ...bodies, documentEnd]
  const streams: Buffer[] = []
  for (const text of texts) {
    const stream = bzip2(t, text)
    if (stream === undefined) return undefined
    streams.push(stream)
  }
  const offsets = streams.map((_, i) => streams.slice(0, i).reduce((sum, { length }) => sum + length, 0))
  const lines = pages.map(({ title }, i) => `${offsets[1 + Math.floor(i / pagesPerStream)]}:${i + 1}:${title}\n`)
  const dir = await folder(t)
  const file = join(dir, 'kowiki-20260901-pages-articles-multistream.xml.bz2')
  const index = join(dir, 'kowiki-20260901-pages-articles-multistream-index.txt.bz2')
  await writeFile(file, Buffer.concat(streams))
  await writeFile(index, bzip2(t, lines.join('')) ?? '')
  return { folder: dir, file, index, xml: texts.join(''), offsets }
}
