import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { BadEventError } from '../../runtime/errors.ts'
import { dropped, emitEncoded, type Gone, gone, kept, rejected, transform } from '../../runtime/service.ts'
import type { DumpChunk } from '../../schemas/types.ts'
import { articlesOf, missingPages } from '../../wiki/articles.ts'
import { type PageVersion, VersionFile, versionsName } from '../../wiki/page-versions.ts'
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
    const known =
      deps.settings.known === null ? undefined : knownPages(deps.files.path(deps.settings.known), chunk.wiki)
    const isKnown = known && ((version: PageVersion) => known.has(version))
    const options = { engine, parser, maxPageBytes, namespaces: articleNamespace, language: chunk.language, isKnown }
    const there = new Set<number>()
    const vanished = known && chunk.firstPageId !== null ? vanishedOf(known, chunk, there) : []
    let pages = 0
    let isDamaged = false
    try {
      for await (const outcome of articlesOf(bytes, siteOfChunk(chunk), place, options)) {
        if (chunk.maxPages !== null && pages === chunk.maxPages) {
          yield dropped('over_limit')
          yield* vanished
          return
        }
        pages++
        if (outcome.kind === 'bad') yield rejected(outcome.error)
        else if (outcome.kind === 'article') {
          there.add(outcome.article.pageId)
          yield emitEncoded('articles', keyOf(chunk, outcome.article.pageId), outcome.article.encoded)
        } else if (outcome.reason === 'unchanged') {
          there.add(outcome.pageId)
          yield kept('articles', keyOf(chunk, outcome.pageId))
        } else yield dropped(outcome.reason)
      }
    } catch (error) {
      // What was whole before the fault has been passed on; the rest of the chunk is named by its offset.
      if (!(error instanceof BadEventError)) throw error
      isDamaged = true
      yield rejected(error)
    }
    yield* vanished
    // With a limit nobody expects all of them.
    const promised = chunk.maxPages === null ? chunk.expectedPages : null
    const missing = missingPages(promised, pages, { ...place, wiki: chunk.wiki })
    if (missing) yield rejected(missing)
    // Without an index the stream that closes the document is a chunk as well.
    else if (pages === 0 && !isDamaged) yield dropped('no_pages')
  },
)

function keyOf({ wiki }: DumpChunk, pageId: number): string {
  return `${wiki}:${pageId}`
}

/**
 * Pages of the run before that this chunk would have and has not: deleted, or no article any more. Read when the chunk is at its end.
 * Ids below those of the first chunk are that one's as well.
 * @param there ids of the pages that are articles now.
 */
function* vanishedOf(known: VersionFile, chunk: DumpChunk, there: ReadonlySet<number>): Iterable<Gone<'articles'>> {
  const from = chunk.chunk === 0 ? 0 : (chunk.firstPageId ?? 0)
  for (const pageId of known.idsFrom(from, chunk.nextPageId ?? Number.POSITIVE_INFINITY)) {
    if (!there.has(pageId)) yield gone('articles', keyOf(chunk, pageId))
  }
}

/** Versions of the run before, by file: each thread opens it once. */
const opened = new Map<string, VersionFile>()

function knownPages(folder: string, wiki: string): VersionFile | undefined {
  const file = join(folder, versionsName(wiki))
  const known = opened.get(file)
  if (known || !existsSync(file)) return known
  const versions = new VersionFile(file)
  opened.set(file, versions)
  return versions
}

function siteOfChunk({ siteinfo, wiki }: DumpChunk): Site {
  const header: Siteinfo | undefined = siteinfo === null ? undefined : JSON.parse(siteinfo)
  return siteOf(header, { wiki })
}
