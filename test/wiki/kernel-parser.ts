import type { Article } from '../../wiki/article.ts'
import { decodeArticle, encodePrefix } from '../../wiki/article-encoding.ts'
import { WikitextKernel } from '../../wiki/kernels/wikitext-kernel.ts'
import type { RawPage } from '../../wiki/pages.ts'
import type { Site } from '../../wiki/site.ts'

const kernels = new Map<Site, WikitextKernel>()

/** A kernel for the wiki; the same one at every call, as it is used for a whole dump. */
export function kernelOf(site: Site): WikitextKernel {
  const kernel = kernels.get(site) ?? new WikitextKernel(site, encodePrefix(site))
  kernels.set(site, kernel)
  return kernel
}

/** A page of that text, as if a dump had held it. */
export function rawPage(text: string, title: string): RawPage {
  return {
    pageId: 1,
    revisionId: 2,
    timestamp: '2026-09-01T00:00:00Z',
    title,
    namespace: 0,
    model: 'wikitext',
    text,
    textBytes: Buffer.byteLength(text),
    textDeleted: false,
  }
}

export function plain(article: Article): Article {
  return JSON.parse(JSON.stringify(article))
}

/** What the kernel makes of wikitext; plain objects, as the decoder's have classes of their own. */
export function kernelParser(text: string, site: Site, title: string): Article {
  return plain(decodeArticle(kernelOf(site).articleOf(rawPage(text, title))))
}
