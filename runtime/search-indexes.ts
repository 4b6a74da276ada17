/** Search indexes of one run of a stream, each where it was asked for; all of them end with the run. */
import { join } from 'node:path'
import { openEmbeddedIndexes } from './embedded/search-indexes.ts'
import type { SearchIndex, SearchIndexes } from './ports.ts'

/** Indexes of one place. */
export interface IndexShelf {
  build(name: string, documents: Iterable<readonly string[]>): Promise<SearchIndex>
  /** Removes all that was built. */
  dispose(): Promise<void>
}

export interface DisposableSearchIndexes extends SearchIndexes {
  dispose(): Promise<void>
}

/** @param folder belongs to the unit alone: what an earlier start left there, or on a server, is removed. */
export function openSearchIndexes(folder: string, signal: AbortSignal): DisposableSearchIndexes {
  const shelves = new Map<string, Promise<IndexShelf>>()
  const shelfAt = (place: string): Promise<IndexShelf> => {
    const shelf = shelves.get(place) ?? openShelf(place, folder, signal)
    shelves.set(place, shelf)
    return shelf
  }
  return {
    build: async (place, name, documents) => (await shelfAt(place)).build(name, documents),
    dispose: async () => {
      for (const shelf of shelves.values()) await (await shelf).dispose()
    },
  }
}

async function openShelf(place: string, folder: string, signal: AbortSignal): Promise<IndexShelf> {
  if (place === 'embedded') return openEmbeddedIndexes(join(folder, 'embedded'), signal)
  const { openOpenSearchIndexes } = await import('./opensearch/search-indexes.ts')
  return openOpenSearchIndexes(place, join(folder, 'opensearch'), signal)
}
