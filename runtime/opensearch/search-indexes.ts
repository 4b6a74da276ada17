/**
 * Search indexes in an OpenSearch, scored by Lucene's BM25. Lucene keeps the length of a document in one byte, exact up to 40
 * terms: of longer documents, those that score nearly the same may change places with respect to the embedded index.
 */
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { bulkIndex, defaultBulk, type Refusal } from '../../opensearch/bulk.ts'
import { type Cluster, openCluster } from '../../opensearch/cluster.ts'
import { termKey } from '../../search/passages/term-key.ts'
import { FatalError } from '../errors.ts'
import type { IndexShelf } from '../search-indexes.ts'
import { LeftOvers } from './left-overs.ts'
import { Searches } from './searches.ts'

const settings = {
  'index.number_of_shards': 1, // frequencies are counted by shard
  'index.number_of_replicas': 0,
  'index.refresh_interval': '-1',
  'index.max_result_window': 2 ** 31 - 1,
}
const mappings = {
  dynamic: 'strict',
  _source: { enabled: false },
  properties: {
    // Each value of a document is one term, as it is; a field of type keyword would score all documents alike.
    terms: { type: 'text', analyzer: 'keyword', index_options: 'freqs', similarity: 'BM25' },
    number: { type: 'integer', index: false },
  },
}
const countShape = z.looseObject({ count: z.number() })

/** @param leftOvers file that names the indexes there are, so that the next start removes what a crash leaves behind. */
export async function openOpenSearchIndexes(url: string, leftOvers: string, signal: AbortSignal): Promise<IndexShelf> {
  const cluster = openCluster(url, process.env)
  const kept = new LeftOvers(leftOvers, cluster)
  try {
    await kept.removeAll()
  } catch (error) {
    await cluster.close()
    throw error
  }
  return {
    build: async (name, documents) => {
      const index = `naru-search-${name}-${randomUUID()}`
      kept.note(index)
      await cluster.ask(z.unknown(), 'PUT', `/${index}`, { body: { settings, mappings } })
      const documentCount = await fill(cluster, index, documents, signal)
      const searches = new Searches(cluster, index, signal)
      return { documentCount, search: (terms, k) => searches.search(terms, Math.min(k, documentCount)) }
    },
    dispose: async () => {
      await kept.removeAll()
      await cluster.close()
    },
  }
}

async function fill(
  cluster: Cluster,
  index: string,
  documents: Iterable<readonly string[]>,
  signal: AbortSignal,
): Promise<number> {
  let number = 0
  function* bodies() {
    for (const terms of documents) {
      yield { id: String(number), fields: { number, terms: terms.map(termKey) } }
      number++
    }
  }
  const refused = ({ id, reason }: Refusal): never => {
    throw new FatalError('SEARCH_INDEX_INCOMPLETE', `OpenSearch does not take document ${id}: ${reason}`, {
      at: { url: cluster.url },
    })
  }
  await bulkIndex(cluster, bodies(), { ...defaultBulk, index, encodedByCluster: false }, refused, signal)
  await cluster.ask(z.unknown(), 'POST', `/${index}/_refresh`)
  const { count } = await cluster.ask(countShape, 'GET', `/${index}/_count`)
  if (count === number) return number
  throw new FatalError('SEARCH_INDEX_INCOMPLETE', `OpenSearch has ${count} of ${number} documents`, {
    at: { url: cluster.url },
    hint: 'Nothing else may write to indexes of the name naru-search-*.',
  })
}
