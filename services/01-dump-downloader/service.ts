/** Brings the dumps named by the settings into the data set, verified, and says where each file lies. */
import { filesOf, folderOf, type LocatedDump } from '../../mirror/dump.ts'
import { type KeptFile, keepInOrder } from '../../mirror/keep.ts'
import { s3AccessFrom } from '../../mirror/s3.ts'
import { emit, source } from '../../runtime/service.ts'
import { type Locating, locateAll } from './locate.ts'
import { settings } from './settings.ts'

export default source('dump-downloader', { settings, ports: ['files'] }, async function* (given) {
  // Credentials are no settings: those are recorded with the run.
  const deps = { ...given, s3: s3AccessFrom(process.env) }
  const dumps = await locateAll(deps)
  const files = keptInOrder(dumps, deps)[Symbol.asyncIterator]()
  try {
    for (const { wiki, language, date, articles, langlinks, items } of dumps) {
      for (const { index } of articles) {
        const file = await next(files)
        const indexAddress = index === undefined ? null : (await next(files)).address
        yield emit.dumpFiles({ wiki, language, date, kind: 'articles', ...file, indexAddress, pageTableAddress: null })
      }
      if (items !== undefined) {
        const file = await next(files)
        yield emit.dumpFiles({
          wiki,
          language,
          date,
          kind: 'wikidata',
          ...file,
          indexAddress: null,
          pageTableAddress: null,
        })
      }
      if (langlinks === undefined) continue
      const file = await next(files)
      const { address: pageTableAddress } = await next(files)
      yield emit.dumpFiles({ wiki, language, date, kind: 'langlinks', ...file, indexAddress: null, pageTableAddress })
    }
  } finally {
    await files.return?.()
  }
})

/** Every file of every dump, in the order in which `filesOf` lists them. */
function keptInOrder(dumps: readonly LocatedDump[], deps: Locating): AsyncIterable<KeptFile> {
  const wanted = dumps.flatMap((dump) => filesOf(dump).map((file) => ({ file, folder: folderOf(dump) })))
  return keepInOrder(wanted, { ...deps, copyLocalFiles: deps.settings.copyLocalFiles }, deps.progress)
}

async function next(files: AsyncIterator<KeptFile>): Promise<KeptFile> {
  const { value, done } = await files.next()
  if (done === true) throw new Error('fewer files were kept than were located')
  return value
}
