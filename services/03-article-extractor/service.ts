import { BadEventError } from '../../runtime/errors.ts'
import { dropped, emitEncoded, rejected, transform } from '../../runtime/service.ts'
import type { DumpChunk } from '../../schemas/types.ts'
import { articlesOf } from '../../wiki/articles.ts'
import { type Site, siteOf } from '../../wiki/site.ts'
import type { Siteinfo } from '../../wiki/siteinfo.ts'
import { chunkBytes } from '../../wiki/streams.ts'
import { settings } from './settings.ts'

const articleNamespace = new Set([0])

export default transform(
  'article-extractor',
  { settings, ports: ['files'], cpuBound: true },
  async function* (event, deps) {
    const chunk = event.value
    const { engine, parser, maxPageBytes } = deps.settings
    const file = deps.files.path(chunk.address)
    const bytes = chunkBytes({ ...chunk, file }, { engine, signal: deps.signal })
    const place = { file, byteOffset: chunk.start }
    const options = { engine, parser, maxPageBytes, namespaces: articleNamespace, language: chunk.language }
    let pages = 0
    let isDamaged = false
    try {
      for await (const outcome of articlesOf(bytes, siteOfChunk(chunk), place, options)) {
        if (chunk.maxPages !== null && pages === chunk.maxPages) {
          yield dropped('over_limit')
          return
        }
        pages++
        if (outcome.kind === 'bad') yield rejected(outcome.error)
        else if (outcome.kind === 'dropped') yield dropped(outcome.reason)
        else yield emitEncoded('articles', `${chunk.wiki}:${outcome.article.pageId}`, outcome.article.encoded)
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
