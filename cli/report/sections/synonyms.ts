import type { Judged } from '../../../dictionary/card.ts'
import type { Validation } from '../../../dictionary/validation.ts'
import { wilsonInterval } from '../../../dictionary/wilson.ts'
import { languageName } from '../../../language/pair.ts'
import { formatCount } from '../../quantities.ts'
import { barChart, lineChart } from '../charts.ts'
import type { ReportFacts } from '../facts.ts'
import { html, htmlTable, type Markup } from '../html.ts'

export function synonymsSection({ pairs, validation, judged, languages }: ReportFacts): Markup {
  if (!pairs) return html`<p class="soft">There are no synonym pairs yet: <code>naru synonyms</code> makes them.</p>`
  const { total, splits, sources } = pairs
  const [leftTitle, rightTitle] = languages.map((language) => ({ title: languageName(language) }))
  const bars = sources.map(({ source, pairs: count }) => ({ label: source, value: count, text: formatCount(count) }))
  return html`<p>${formatCount(total)} pairs, each counted under the source that its entry names first. Whole clusters of names lie on one side of the split:
${formatCount(splits.train)} pairs train, ${formatCount(splits.val)} val, ${formatCount(splits.test)} test.</p>
${bars.length > 0 && barChart(bars, { label: 'Pairs by source' })}
<div class="pairs">${sources.map(
    ({ source, samples }) => html`<div><h3>${source}</h3>
${htmlTable(
  [leftTitle!, rightTitle!, { title: 'Confidence', numeric: true }, { title: 'Split' }],
  samples.map(({ left, right, languages: [leftLanguage, rightLanguage], confidence, split }) => [
    html`<span lang="${leftLanguage}">${left}</span>`,
    html`<span lang="${rightLanguage}">${right}</span>`,
    confidence.toFixed(3),
    split,
  ]),
)}</div>`,
  )}</div>
${precision(judged)}
${reliability(validation)}`
}

/** Of the pairs of each source that somebody judged, the share that is right. */
function precision(judged: ReadonlyMap<string, Judged>): Markup {
  if (judged.size === 0) {
    return html`<p class="soft">Nobody judged a pair yet: <code>naru synonyms review</code> asks, and the precision of each source is then shown here.</p>`
  }
  const rows = [...judged].map(([source, counts]) => [
    source,
    formatCount(counts.right + counts.wrong),
    shareWithBounds(counts.right, counts.wrong),
    [...counts.by].join(', '),
  ])
  return html`<h3>Precision by source, as judged</h3>
<p>Pairs drawn from each source and judged one by one; the bounds are Wilson’s, 95 %.</p>
${htmlTable([{ title: 'Source' }, { title: 'Judged', numeric: true }, { title: 'Right', numeric: true }, { title: 'By' }], rows)}`
}

/** Reliability diagram: of pairs of one confidence, the share that dictionaries find right. */
function reliability(validation: Validation | undefined): Markup {
  if (!validation) {
    return html`<p class="soft">No dictionary was asked: <code>naru synonyms validate</code> does it, and how far confidence can be
believed is then shown here.</p>`
  }
  const { dictionaries, sources, all, judgeRecalls, reliability } = validation
  const { bins, judged, brier, expectedCalibrationError } = reliability
  const along = (of: 'right' | 'lower' | 'upper') => bins.map((bin): [number, number] => [bin.meanConfidence, bin[of]])
  const curves = [
    { name: 'found right', points: along('right') },
    { name: 'as confidence says', points: [[0, 0] as const, [1, 1] as const] },
    { name: 'lower bound', points: along('lower') },
    { name: 'upper bound', points: along('upper') },
  ]
  return html`<h3>What dictionaries say</h3>
<p>Dictionaries that were no source: ${dictionaries.map(({ name }) => name).join(', ')}. They know both terms of ${formatCount(judged)} pairs, and
are taken to confirm ${judgeRecalls.titles.toFixed(2)} of the right titles and ${judgeRecalls.aliases.toFixed(2)} of the right aliases among them. Confidence is off by
${expectedCalibrationError.toFixed(3)} in the mean; Brier score ${brier.toFixed(3)}. Bounds are Wilson's, 95 %.</p>
${bins.length > 0 && lineChart(curves, { label: 'Reliability of confidence', xName: 'confidence' })}
${htmlTable(
  [
    { title: 'Source' },
    { title: 'Agree', numeric: true },
    { title: 'Disagree', numeric: true },
    { title: 'Unknown', numeric: true },
    { title: 'Agree of known', numeric: true },
  ],
  [...sources, { source: 'all pairs', ...all }].map(({ source, ...counts }) => [
    source,
    formatCount(counts.agree),
    formatCount(counts.disagree),
    formatCount(counts.unknown),
    shareWithBounds(counts.agree, counts.disagree),
  ]),
)}`
}

/** Share of yes, with its interval; nothing where nothing was asked. */
function shareWithBounds(yes: number, no: number): string {
  if (yes + no === 0) return ''
  const [lower, upper] = wilsonInterval(yes, yes + no)
  return `${(yes / (yes + no)).toFixed(3)} (${lower.toFixed(3)}–${upper.toFixed(3)})`
}
