import { formatCount } from '../../quantities.ts'
import { barChart } from '../charts.ts'
import type { ReportFacts } from '../facts.ts'
import { html, htmlTable, type Markup } from '../html.ts'

export function synonymsSection({ pairs }: ReportFacts): Markup {
  if (!pairs) return html`<p class="soft">There are no synonym pairs yet: <code>naru synonyms</code> makes them.</p>`
  const { total, splits, sources } = pairs
  const bars = sources.map(({ source, pairs: count }) => ({ label: source, value: count, text: formatCount(count) }))
  return html`<p>${formatCount(total)} pairs, each counted under the source that its entry names first. Whole clusters of names lie on one side of the split:
${formatCount(splits.train)} pairs train, ${formatCount(splits.val)} val, ${formatCount(splits.test)} test.</p>
${bars.length > 0 && barChart(bars, { label: 'Pairs by source' })}
<div class="pairs">${sources.map(
    ({ source, samples }) => html`<div><h3>${source}</h3>
${htmlTable(
  [{ title: 'Korean' }, { title: 'English' }, { title: 'Confidence', numeric: true }, { title: 'Split' }],
  samples.map(({ korean, english, confidence, split }) => [
    html`<span lang="ko">${korean}</span>`,
    english,
    confidence.toFixed(3),
    split,
  ]),
)}</div>`,
  )}</div>`
}
