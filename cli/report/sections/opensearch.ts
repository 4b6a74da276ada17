import { languageName } from '../../../language/pair.ts'
import type { IndexSize } from '../../../opensearch/bench.ts'
import { measuredCells, measuredColumns } from '../../measured-search.ts'
import { formatBytes, formatCount, formatRate } from '../../quantities.ts'
import { type Bar, barChart, groupedBarChart } from '../charts.ts'
import type { ReportFacts } from '../facts.ts'
import { html, htmlTable, type Markup } from '../html.ts'

/** Quality, speed and size of each way of searching in a real OpenSearch. */
export function openSearchSection({ measured }: ReportFacts): Markup {
  if (!measured) {
    return html`<p class="soft">No OpenSearch was measured yet: <code>naru opensearch bench</code> does it.</p>`
  }
  const { model, opensearch, languages, analyzers, systems, indices } = measured
  const queries = systems[0]?.quality.queries ?? 0
  const headings = measuredColumns.map(({ title, align }) => ({ title, numeric: align === 'right' }))
  return html`<p>The model “${model}” in OpenSearch ${opensearch}: ${formatCount(queries)} names of pages outside of the training side, each to be
answered by the page of the other language. BM25 has its words of ${languageName(languages[0])} by the analyzer ${analyzers[0]}, those of ${languageName(languages[1])} by ${analyzers[1]}.
Latency is of single queries, one after another, as the client sees it; queries a second are with four under way.</p>
${htmlTable(headings, systems.map(measuredCells))}
${groupedBarChart(
  ['Hit@1', 'MRR@10', 'Recall@10'],
  systems.map(({ system, quality }) => ({
    label: system,
    values: [quality.hitAt1, quality.mrrAt10, quality.recallAt10],
  })),
  'Quality in OpenSearch',
)}
<h3>Median latency</h3>
${barChart(
  systems.map(({ system, p50 }) => ({ label: system, value: p50, text: `${p50.toFixed(1)} ms` })),
  { label: 'Median latency by system' },
)}
<h3>Indices</h3>
${indexTable(indices)}
${barChart(indices.flatMap(ingestionBars), { label: 'Documents a second by index and encoder' })}`
}

function indexTable(indices: readonly IndexSize[]): Markup {
  return htmlTable(
    [
      { title: 'Index' },
      { title: 'Documents', numeric: true },
      { title: 'Size', numeric: true },
      { title: 'Encoded by naru', numeric: true },
      { title: 'Encoded by the cluster', numeric: true },
    ],
    indices.map(({ system, documents, bytes, documentsPerSecond, byClusterPerSecond }) => [
      system,
      formatCount(documents),
      formatBytes(bytes),
      formatRate(documentsPerSecond),
      formatRate(byClusterPerSecond),
    ]),
  )
}

function ingestionBars({ system, documentsPerSecond, byClusterPerSecond }: IndexSize): readonly Bar[] {
  return [
    { label: `${system}, by naru`, value: documentsPerSecond, text: formatRate(documentsPerSecond) },
    { label: `${system}, by cluster`, value: byClusterPerSecond, text: formatRate(byClusterPerSecond), ink: 'other' },
  ]
}
