/** Whether differences could be chance, which terms fire everywhere, and what was not judged. */
import type { Comparison } from '../../../evaluation/comparisons.ts'
import type { EvaluationFile } from '../../../evaluation/judgement-files.ts'
import type { LanguagePair } from '../../../language/pair.ts'
import { languageByLetters } from '../../../language/script.ts'
import { formatP } from '../../evaluation-summary.ts'
import { formatCount, formatShare } from '../../quantities.ts'
import { signed } from '../../retrieval.ts'
import { barChart } from '../charts.ts'
import { html, htmlTable, type Markup } from '../html.ts'
import { inkOf, legendOf } from '../languages.ts'

/** The headline metric of the tables above it. */
const metric = 'hit@1'
/** Above it a difference may well be chance. */
const significance = 0.05

export function chanceSection(
  { resamples, missing, comparisons, frequentTerms }: EvaluationFile,
  languages: LanguagePair,
): Markup {
  return html`${missing.length > 0 && html`<ul class="soft">${missing.map((line) => html`<li>${line}</li>`)}</ul>`}
${comparisons.length > 0 && comparisonTable('The model less each baseline', comparisons, resamples)}
${frequentTerms.length > 0 && frequentTermsChart(frequentTerms, languages)}`
}

export function comparisonTable(title: string, comparisons: readonly Comparison[], resamples: number): Markup {
  const shown = comparisons.filter((one) => one.metric === metric)
  const baselines = [...new Set(shown.map(({ baseline }) => baseline))]
  const lines = [...new Set(shown.map(lineOf))]
  const rows = lines.map((line) => {
    const own = shown.filter((one) => lineOf(one) === line)
    const { task, direction, stratum } = own[0]!
    const name = stratum === 'all' ? direction : `${direction}, ${stratum}`
    return [task, name, ...baselines.map((baseline) => cellOf(own.find((one) => one.baseline === baseline)))]
  })
  const headings = baselines.map((title) => ({ title, numeric: true }))
  return html`<h3>${title}</h3>
<p>Difference of ${metric} with its 95 % interval and p-value: paired bootstrap over the queries, ${formatCount(resamples)} resamples, Holm’s correction over all
tasks and directions. Bold is better than the baseline beyond chance (p &lt; ${significance}); grey may be chance.</p>
${htmlTable([{ title: 'Task' }, { title: 'Direction' }, ...headings], rows)}`
}

function lineOf({ task, direction, stratum }: Comparison): string {
  return `${task}\t${direction}\t${stratum}`
}

function cellOf(found: Comparison | undefined): Markup | string {
  if (!found) return ''
  const { difference, lower, upper, pHolm } = found
  const interval = html`<br><span class="soft small">${signed(lower)} … ${signed(upper)}, p ${formatP(pHolm)}</span>`
  if (pHolm >= significance) return html`<span class="soft">${signed(difference)}</span>${interval}`
  return difference > 0
    ? html`<strong>${signed(difference)}</strong>${interval}`
    : html`${signed(difference)}${interval}`
}

function frequentTermsChart(terms: EvaluationFile['frequentTerms'], languages: LanguagePair): Markup {
  const languageOf = languageByLetters(languages)
  const bars = terms.map(({ term, share }) => ({
    label: term,
    value: share,
    text: formatShare(share),
    ink: inkOf(languageOf(term), languages),
  }))
  return html`<h3>Terms that fire most often</h3>
<p>Share of all names and leads in which a term is active; ${legendOf(languages)}. A term that fires for most texts tells none of them apart.</p>
${barChart(bars, { label: 'Share of the texts by term' })}`
}
