/** naru opensearch search: articles by the published alias. */
import { publishedIndex } from '../../../opensearch/alias.ts'
import { openSearcher, type SearchMode } from '../../../opensearch/search.ts'
import { printHits } from '../../hit-table.ts'
import { printJson } from '../../print.ts'
import { type ClusterFlags, withCluster } from './cluster.ts'

export interface OpenSearchSearchFlags extends ClusterFlags {
  readonly mode?: SearchMode
  /** A code, or both. */
  readonly lang: string
  readonly k: number
  readonly json?: boolean
}

export async function search(text: string, flags: OpenSearchSearchFlags): Promise<void> {
  const { mode, index, hits } = await withCluster(flags, async (cluster) => {
    const { meta } = await publishedIndex(cluster, flags.index)
    const mode = flags.mode ?? (meta.mode === 'doc-only' ? 'doc-only' : 'neural')
    const searcher = await openSearcher(cluster, flags.index)
    const language = flags.lang === 'both' ? {} : { language: flags.lang }
    return { mode, index: searcher.index, hits: await searcher.search({ text, mode, k: flags.k, ...language }) }
  })
  if (flags.json) {
    printJson({ query: text, mode, index, hits })
    return
  }
  printHits(hits)
}
