/** Search indexes in a folder of this machine; memory does not grow with the documents. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { PassageIndexBuilder } from '../../search/passages/build.ts'
import type { PassageIndex } from '../../search/passages/passage-index.ts'
import { breathing } from '../breath.ts'
import type { IndexShelf } from '../search-indexes.ts'

export function openEmbeddedIndexes(folder: string, signal: AbortSignal): IndexShelf {
  rmSync(folder, { recursive: true, force: true })
  const indexes: PassageIndex[] = []
  return {
    build: async (name, documents) => {
      const builder = new PassageIndexBuilder(join(folder, name))
      for await (const terms of breathing(documents)) {
        builder.add(terms)
        signal.throwIfAborted()
      }
      const index = await builder.finish()
      indexes.push(index)
      return { documentCount: index.documentCount, search: async (terms, k) => index.search(terms, k) }
    },
    dispose: async () => {
      for (const index of indexes) await index.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
