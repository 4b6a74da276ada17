import { formatCount, formatRate } from '../../quantities.ts'
import { type Curve, lineChart } from '../charts.ts'
import type { ReportFacts } from '../facts.ts'
import { html, type Markup } from '../html.ts'
import { curveOf, type TrainingLog } from '../training-log.ts'

export function trainingSection({ training }: ReportFacts): Markup {
  if (!training || training.steps.length === 0) {
    return html`<p class="soft">There is no training log yet: <code>naru train</code> makes it.</p>`
  }
  const last = training.steps.at(-1)!
  const rates = training.steps.flatMap((step) => step.samplesPerSecond ?? [])
  const rate = rates.length === 0 ? '' : `, ${formatRate(median(rates))} examples in the middle`
  return html`<p>${formatCount(last.step!)} steps${last.epoch === undefined ? '' : ` in ${formatCount(Math.ceil(last.epoch))} epochs`}${rate}.
Long trainings are shown as means of neighbouring steps.</p>
${figure('Loss', 'The sum that is minimised, and its parts before weighting.', [
  curveOf(training, 'loss', 'loss'),
  curveOf(training, 'ranking', 'ranking'),
  curveOf(training, 'crossLingual', 'cross-lingual'),
])}
${figure('Sparsity', 'The FLOPS penalty before weighting; the scale is logarithmic.', [curveOf(training, 'sparsity', 'FLOPS penalty')], 'log')}
${figure(
  'Active terms',
  'Terms with a weight above zero in a text, on average; the scale is logarithmic.',
  [curveOf(training, 'activeTermsShort', 'queries'), curveOf(training, 'activeTermsLong', 'documents')],
  'log',
)}
${figure(
  'Cross-lingual parts',
  'How near the vectors of synonyms are, whether they find each other, and whether a name activates the other’s tokens.',
  [
    curveOf(training, 'alignment', 'alignment'),
    curveOf(training, 'contrast', 'contrast'),
    curveOf(training, 'activation', 'activation'),
  ],
)}
${validationFigure(training)}`
}

function figure(title: string, about: string, curves: readonly Curve[], scale: 'linear' | 'log' = 'linear'): Markup {
  const drawn = curves.filter(({ points }) => points.length > 0)
  if (drawn.length === 0) return html``
  return html`<h3>${title}</h3>
<p class="soft small">${about}</p>
${lineChart(drawn, { label: title, xName: 'step', scale })}`
}

/** Shares of 0 to 1 on one chart; figures of other sizes would flatten them and are left to the log. */
function validationFigure({ validations }: TrainingLog): Markup {
  const names = [...new Set(validations.flatMap(({ figures }) => Object.keys(figures)))]
  const curves = names
    .map(
      (name): Curve => ({
        name,
        points: validations.flatMap(({ step, figures }) => {
          const value = figures[name]
          return value === undefined ? [] : [[step, value] as const]
        }),
      }),
    )
    .filter(({ points }) => points.every(([, value]) => value >= 0 && value <= 1))
  return figure('Validation', 'A quick look while training runs, at training pairs and at held-out ones (val).', curves)
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
