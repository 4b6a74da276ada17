import { dropped, emit, transform } from '../../runtime/service.ts'
import { type Chunk, planChunks } from '../../wiki/streams.ts'
import { withinLimit } from './limit.ts'
import { settings } from './settings.ts'

export default transform('dump-planner', { settings, ports: ['files'] }, async function* ({ value: dump }, deps) {
  const { files, log, signal } = deps
  if (dump.kind !== 'articles') {
    yield dropped('other_kind_of_file')
    return
  }
  const index = dump.indexAddress === null ? undefined : files.path(dump.indexAddress)
  const { streamsPerChunk, limit } = deps.settings
  // How many pages begin in a block nobody knows: a limit is counted while one reader reads from the beginning.
  const blocksPerChunk = limit === null ? deps.settings.blocksPerChunk : null
  const plan = await planChunks(files.path(dump.address), { index, streamsPerChunk, blocksPerChunk, signal })
  for (const { code, message } of plan.warnings) log.warn({ code, wiki: dump.wiki }, message)
  log.info({ wiki: dump.wiki, chunks: plan.chunks.length, pages: plan.pages, borders: plan.borders }, 'dump planned')

  const siteinfo = plan.siteinfo ? JSON.stringify(plan.siteinfo) : null
  const chunks = [...withinLimit(plan.chunks, limit)]
  for (const { chunk, number, maxPages } of chunks) {
    const next = chunks[number + 1]?.chunk
    yield emit.dumpChunks({
      wiki: dump.wiki,
      language: dump.language,
      date: dump.date,
      address: dump.address,
      chunk: number,
      start: chunk.start,
      end: chunk.end,
      siteinfo,
      expectedPages: chunk.pages ?? null,
      maxPages,
      blocks: chunk.kind === 'blocks' ? chunk.blocks : null,
      firstPageId: firstIdOf(chunk),
      nextPageId: next === undefined ? null : firstIdOf(next),
    })
  }
})

function firstIdOf(chunk: Chunk): number | null {
  return chunk.kind === 'blocks' ? null : (chunk.firstPageId ?? null)
}
