/** Real pages through our own engines, as a dump would bring them. */
import type { Article } from '../../schemas/types.ts'
import { type ArticlesOptions, articlesOf } from '../../wiki/articles.ts'
import type { RawPage } from '../../wiki/pages.ts'
import type { Site } from '../../wiki/site.ts'
import { dumpPage } from './dump-xml.ts'

export interface OurEngine {
  readonly name: string
  readonly engine: ArticlesOptions['engine']
  readonly parser: ArticlesOptions['parser']
}

export const ourEngines: readonly OurEngine[] = [
  { name: 'naru', engine: 'kernel', parser: 'fast' },
  { name: 'naru --engine reference', engine: 'reference', parser: 'fast' },
  { name: 'naru --parser wtf', engine: 'reference', parser: 'wtf' },
]

const maxPageBytes = 64 << 20

/** In the order of the pages. Throws where one cannot be read. */
export async function articlesOfPages(
  pages: readonly RawPage[],
  site: Site,
  { engine, parser }: Omit<OurEngine, 'name'>,
): Promise<Article[]> {
  const articles: Article[] = []
  const place = { file: 'pages', byteOffset: 0 }
  for await (const outcome of articlesOf(xmlOf(pages), site, place, { engine, parser, maxPageBytes })) {
    if (outcome.kind === 'bad') throw outcome.error
    if (outcome.kind === 'article') articles.push(outcome.article.decode())
  }
  return articles
}

async function* xmlOf(pages: readonly RawPage[]): AsyncGenerator<Uint8Array> {
  for (const page of pages) yield Buffer.from(dumpPage(page))
}
