/** naru opensearch status: which cluster answers, what it can do, and what is published there. */
import { type PublishedIndex, statusOf } from '../../../opensearch/status.ts'
import { print, printJson } from '../../print.ts'
import { formatBytes, formatCount } from '../../quantities.ts'
import { type Column, renderTable } from '../../table.ts'
import { type ClusterFlags, withCluster } from './cluster.ts'

export interface OpenSearchStatusFlags extends Pick<ClusterFlags, 'url'> {
  readonly json?: boolean
}

const columns: readonly Column[] = [
  { title: 'Searched as' },
  { title: 'Index' },
  { title: 'Model' },
  { title: 'Mode' },
  { title: 'Words' },
  { title: 'Documents', align: 'right' },
  { title: 'Size', align: 'right' },
]

export async function status(flags: OpenSearchStatusFlags): Promise<void> {
  const found = await withCluster(flags, statusOf)
  if (flags.json) {
    printJson(found)
    return
  }
  const { version, health, plugins, sparseAnn, published } = found
  const analysis = plugins.filter((name) => name.startsWith('analysis-')).join(', ') || 'no plugin for words'
  print(`${found.url}: OpenSearch ${version}, ${health}; ${analysis}, sparse_vector ${sparseAnn ? 'yes' : 'no'}`)
  if (published.length === 0) print('nothing is published: naru opensearch publish does it')
  else print(renderTable(columns, published.map(cellsOf)).join('\n'))
}

function cellsOf({ aliases, index, meta, documents, bytes }: PublishedIndex): string[] {
  const mode = meta.vectors === 'ann' ? `${meta.mode}, ann` : meta.mode
  return [
    aliases.join(', ') || '–',
    index,
    meta.model,
    mode,
    [...new Set(meta.analyzers)].join(', '),
    formatCount(documents),
    formatBytes(bytes),
  ]
}
