import { BadEventError } from '../../runtime/errors.ts'
import { dropped, emit, rejected, transform } from '../../runtime/service.ts'
import type { DumpChunk } from '../../schemas/types.ts'
import { articleOf } from '../../wiki/article.ts'
import { decompressRange } from '../../wiki/bz2.ts'
import { pagesOf } from '../../wiki/pages.ts'
import { type Site, siteOf } from '../../wiki/site.ts'
import type { Siteinfo } from '../../wiki/siteinfo.ts'
import { wikitextParsers } from '../../wiki/wikitext/parse.ts'
import { settings } from './settings.ts'

const articleNamespace = 0

export default transform(
  'article-extractor',
  { settings, ports: ['files'], cpuBound: true },
  async function* (event, deps) {
    const chunk = event.value
    const site = siteOfChunk(chunk)
    const file = deps.files.path(chunk.address)
    const bytes = decompressRange(file, chunk.start, chunk.end, { signal: deps.signal })
    const options = { file, byteOffset: chunk.start, maxPageBytes: deps.settings.maxPageBytes }
    const parser = wikitextParsers[deps.settings.parser]
    let pages = 0
    let isDamaged = false
    try {
      for await (const outcome of pagesOf(bytes, options)) {
        if (chunk.maxPages !== null && pages === chunk.maxPages) {
          yield dropped('over_limit')
          return
        }
        pages++
        if (outcome.kind === 'bad') yield rejected(outcome.error)
        else if (outcome.page.namespace !== articleNamespace) yield dropped('other_namespace')
        else if (outcome.page.model !== 'wikitext') yield dropped('not_wikitext')
        else yield emit.articles({ ...articleOf(outcome.page, site, { parser }), language: chunk.language })
      }
    } catch (error) {
      // What was whole before the fault has been passed on; the rest of the chunk is named by its offset.
      if (!(error instanceof BadEventError)) throw error
      isDamaged = true
      yield rejected(error)
    }
    const missing = missingPages(chunk, file, pages)
    if (missing) yield rejected(missing)
    // Without an index the stream that closes the document is a chunk as well.
    else if (pages === 0 && !isDamaged) yield dropped('no_pages')
  },
)

/** Pages that the index promises and the file does not hold. */
function missingPages(
  { expectedPages, maxPages, wiki, start }: DumpChunk,
  file: string,
  pages: number,
): BadEventError | undefined {
  if (expectedPages === null || maxPages !== null || pages >= expectedPages) return undefined
  return new BadEventError('PAGES_MISSING', `the index promises ${expectedPages} pages here, ${pages} were found`, {
    at: { file, byteOffset: start, wiki },
    hint: 'Download the dump file and its index again; both must be of the same date.',
  })
}

function siteOfChunk({ siteinfo, wiki }: DumpChunk): Site {
  const header: Siteinfo | undefined = siteinfo === null ? undefined : JSON.parse(siteinfo)
  return siteOf(header, { wiki })
}
