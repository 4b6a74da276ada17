/** Articles for the bench of the broker: those of the bundled sample, as events, and what they are as records. */
import { join } from 'node:path'
import type { Codec } from '../../runtime/codec.ts'
import { packageRoot } from '../../runtime/package-root.ts'
import { partitionOf } from '../../runtime/partition.ts'
import type { OutgoingRecord } from '../../runtime/transport.ts'
import type { Article } from '../../schemas/types.ts'
import { articlesOfPages, ourEngines } from '../pages/our-articles.ts'
import { articlePages, readWiki } from '../pages/real-pages.ts'

export const topic = 'articles'

const sample = (wiki: string) =>
  join(packageRoot, 'dataset', 'sample', '20260901', wiki, `${wiki}-20260901-pages-articles-multistream.xml.bz2`)

/** Of both wikis, over and over with other page ids until there are `count`. */
export async function articlesOf(count: number): Promise<Article[]> {
  const found: Article[] = []
  for (const wiki of ['kowiki', 'enwiki']) {
    const read = await readWiki(sample(wiki), wiki)
    found.push(...(await articlesOfPages(articlePages(read), read.site, ourEngines[0]!)))
  }
  return Array.from({ length: count }, (_, n) => {
    const article = found[n % found.length]!
    return { ...article, pageId: article.pageId + Math.floor(n / found.length) * 10_000_000 }
  })
}

/** By Avro, as the runner makes them. */
export function recordOf(codec: Codec, article: Article): OutgoingRecord {
  const key = `${article.wiki}:${article.pageId}`
  return { topic, partition: partitionOf(topic, key), key, value: codec.encode('Article', article), headers: {} }
}
