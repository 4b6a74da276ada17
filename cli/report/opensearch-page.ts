/** opensearch.html: what `naru opensearch bench` has measured. */
import type { BenchFigures, IndexSize, SystemFigures } from '../../opensearch/bench.ts'
import { formatBytes, formatCount, formatRate } from '../quantities.ts'
import type { Column } from '../table.ts'
import { type Bar, barChart, groupedBarChart } from './charts.ts'
import { html, htmlTable } from './html.ts'
import { style } from './style.ts'

export const benchColumns: readonly Column[] = [
  { title: 'System' },
  ...['Hit@1', 'MRR@10', 'Recall@10', 'Recall@100', 'No match', 'p50 ms', 'p95 ms', 'p99 ms', 'Queries/s'].map(
    (title): Column => ({ title, align: 'right' }),
  ),
]

export function benchCells({ system, quality, p50, p95, p99, queriesPerSecond }: SystemFigures): string[] {
  const { hitAt1, mrrAt10, recallAt10, recallAt100, withoutMatch } = quality
  return [
    system,
    ...[hitAt1, mrrAt10, recallAt10, recallAt100, withoutMatch].map((share) => share.toFixed(3)),
    ...[p50, p95, p99, queriesPerSecond].map((value) => value.toFixed(1)),
  ]
}

export function renderBenchPage(model: string, { opensearch, nori, systems, indices }: BenchFigures): string {
  const headings = benchColumns.map(({ title, align }) => ({ title, numeric: align === 'right' }))
  const queries = systems[0]?.quality.queries ?? 0
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>naru in OpenSearch – ${model}</title>
<style>${style}</style>
</head>
<body>
<header><h1>${model} in OpenSearch ${opensearch}</h1>
<p>${formatCount(queries)} names of pages outside of the training side, each to be answered by the page of the other language.
Korean words are analysed ${nori ? 'by nori' : 'in pairs of syllables (nori is not installed)'}. Latency is of single queries, one
after another, as this client sees it; queries a second are with four under way.</p></header>
<main>
<section><h2>Quality and latency</h2>
${htmlTable(headings, systems.map(benchCells))}
${groupedBarChart(
  ['Hit@1', 'MRR@10', 'Recall@10'],
  systems.map(({ system, quality }) => ({
    label: system,
    values: [quality.hitAt1, quality.mrrAt10, quality.recallAt10],
  })),
  'Quality',
)}
<h3>Median latency</h3>
${barChart(
  systems.map(({ system, p50 }) => ({ label: system, value: p50, text: `${p50.toFixed(1)} ms` })),
  { label: 'Median latency by system' },
)}</section>
<section><h2>Indices</h2>
${htmlTable(
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
)}
<h3>Documents a second</h3>
${barChart(indices.flatMap(ingestionBars), { label: 'Documents a second by index and encoder' })}</section>
</main>
</body>
</html>
`.text
}

function ingestionBars({ system, documentsPerSecond, byClusterPerSecond }: IndexSize): readonly Bar[] {
  return [
    { label: `${system}, by naru`, value: documentsPerSecond, text: formatRate(documentsPerSecond) },
    { label: `${system}, by cluster`, value: byClusterPerSecond, text: formatRate(byClusterPerSecond), ink: 'other' },
  ]
}
