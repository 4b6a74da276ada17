/** Text that MediaWiki itself has rendered, from dumps of the search index: the strongest reference there is. */
import { wholeText } from '../../wiki/article.ts'
import { cirrusArticles } from '../../wiki/cirrus.ts'

const maxPageBytes = 64 << 20

/** Text by title, of the articles of one wiki in these shards. Throws where a document cannot be read. */
export async function renderedTexts(files: readonly string[], wiki: string): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>()
  for (const file of files) {
    for await (const outcome of cirrusArticles(file, { maxPageBytes, namespaces: new Set([0]) })) {
      if (outcome.kind === 'bad') throw outcome.error
      if (outcome.kind !== 'article') continue
      const article = outcome.article.decode()
      if (article.wiki === wiki) texts.set(article.title, wholeText(article))
    }
  }
  return texts
}
