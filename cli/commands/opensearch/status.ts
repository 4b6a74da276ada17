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
  { title: 'Documents', align: 'right' },
  { title: 'Size', align: 'right' },
]

export async function status(flags: OpenSearchStatusFlags): Promise<void> {
  const found = await withCluster(flags, statusOf)
  if (flags.json) {
    printJson(found)
    return
  }
  const { version, health, nori, sparseAnn, published } = found
  print(`${found.url}: OpenSearch ${version}, ${health}; nori ${yesNo(nori)}, sparse_vector ${yesNo(sparseAnn)}`)
  if (published.length === 0) print('nothing is published: naru opensearch publish does it')
  else print(renderTable(columns, published.map(cellsOf)).join('\n'))
}

function cellsOf({ aliases, index, meta, documents, bytes }: PublishedIndex): string[] {
  const mode = meta.vectors === 'ann' ? `${meta.mode}, ann` : meta.mode
  return [aliases.join(', ') || '–', index, meta.model, mode, formatCount(documents), formatBytes(bytes)]
}

function yesNo(there: boolean): string {
  return there ? 'yes' : 'no'
}
