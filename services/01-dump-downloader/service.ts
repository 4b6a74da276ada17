/** Brings the dumps named by the settings into the data set, verified, and says where each file lies. */
import { stat } from 'node:fs/promises'
import { type Deps, emit, source } from '../../runtime/service.ts'
import { filesOf, folderOf, type LocatedDump, type WantedFile } from './dump.ts'
import { inOrder } from './in-order.ts'
import { type KeptFile, keep } from './keep.ts'
import { locateAll } from './locate.ts'
import { type Settings, settings } from './settings.ts'
import { tallyOf } from './tally.ts'

export default source('dump-downloader', { settings, ports: ['files'] }, async function* (deps) {
  const dumps = await locateAll(deps)
  const files = keptInOrder(dumps, deps)[Symbol.asyncIterator]()
  try {
    for (const { wiki, language, date, articles, langlinks } of dumps) {
      for (const { index } of articles) {
        const file = await next(files)
        const indexAddress = index === undefined ? null : (await next(files)).address
        yield emit.dumpFiles({ wiki, language, date, kind: 'articles', ...file, indexAddress, pageTableAddress: null })
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
async function* keptInOrder(dumps: readonly LocatedDump[], deps: Deps<Settings, 'files'>): AsyncIterable<KeptFile> {
  const wanted = dumps.flatMap((dump) => filesOf(dump).map((file) => ({ file, folder: folderOf(dump) })))
  const sizes = await Promise.all(wanted.map(async ({ file }) => [file, await sizeOf(file)] as const))
  const tally = tallyOf(new Map(sizes), deps.progress)
  yield* inOrder(wanted, deps.settings.connections, deps.signal, ({ file, folder }, signal) =>
    keep(file, folder, { ...deps, signal }, (bytes) => tally.set(file, bytes)),
  )
}

async function sizeOf({ origin, published }: WantedFile): Promise<number | undefined> {
  return origin.kind === 'path' ? (await stat(origin.path)).size : published.bytes
}

async function next(files: AsyncIterator<KeptFile>): Promise<KeptFile> {
  const { value, done } = await files.next()
  if (done === true) throw new Error('fewer files were kept than were located')
  return value
}
