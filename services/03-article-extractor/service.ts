import { BadEventError } from '../../runtime/errors.ts'
import { dropped, emitEncoded, rejected, transform } from '../../runtime/service.ts'
import type { DumpChunk } from '../../schemas/types.ts'
import { articlesOf, missingPages } from '../../wiki/articles.ts'
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
    const bytes = chunkBytes({ ...chunk, file }, { engine, lends: true, signal: deps.signal })
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
    // With a limit nobody expects all of them.
    const promised = chunk.maxPages === null ? chunk.expectedPages : null
    const missing = missingPages(promised, pages, { ...place, wiki: chunk.wiki })
    if (missing) yield rejected(missing)
    // Without an index the stream that closes the document is a chunk as well.
    else if (pages === 0 && !isDamaged) yield dropped('no_pages')
  },
)

function siteOfChunk({ siteinfo, wiki }: DumpChunk): Site {
  const header: Siteinfo | undefined = siteinfo === null ? undefined : JSON.parse(siteinfo)
  return siteOf(header, { wiki })
}
