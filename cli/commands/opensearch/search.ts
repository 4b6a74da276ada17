/** naru opensearch search: articles by the published alias. */
import { publishedIndex } from '../../../opensearch/alias.ts'
import { openSearcher, type SearchMode } from '../../../opensearch/search.ts'
import { print, printJson } from '../../print.ts'
import { fitWidth, renderTable } from '../../table.ts'
import { type ClusterFlags, withCluster } from './cluster.ts'

export interface OpenSearchSearchFlags extends ClusterFlags {
  readonly mode?: SearchMode
  readonly lang: 'ko' | 'en' | 'both'
  readonly k: number
  readonly json?: boolean
}

const leadWidth = 70

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
  if (hits.length === 0) {
    print('Nothing shares a term with the query.')
    return
  }
  const rows = hits.map(({ score, language, title, lead }) => [
    score.toFixed(2),
    language,
    title,
    fitWidth(lead.replace(/\s+/g, ' '), leadWidth),
  ])
  print(
    renderTable(
      [{ title: 'Score', align: 'right' }, { title: '' }, { title: 'Article' }, { title: 'Lead' }],
      rows,
    ).join('\n'),
  )
}
