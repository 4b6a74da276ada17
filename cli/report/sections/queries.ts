import type { TaughtTerm } from '../../../evaluation/teachers.ts'
import type { LanguagePair } from '../../../language/pair.ts'
import { formatCount } from '../../quantities.ts'
import { fitWidth } from '../../table.ts'
import { barChart } from '../charts.ts'
import type { ReportFacts } from '../facts.ts'
import { html, type Markup } from '../html.ts'
import { inkOf, legendOf } from '../languages.ts'
import { type QueryView, termsShown } from '../queries.ts'

const leadCharacters = 110

export function queriesSection({ queries, languages }: ReportFacts): Markup {
  if (queries.length === 0) {
    return html`<p class="soft">There is no model to ask yet: <code>naru evaluate</code> leaves one with its search index.</p>`
  }
  return html`<p>What the model makes of titles, that of one language beside that of the other: the terms that each activates, in
${legendOf(languages)}, the training pairs that taught them, and the articles of the other language that it finds.</p>
<div class="queries">${queries.map((query) => queryCard(query, languages))}</div>`
}

function queryCard(query: QueryView, languages: LanguagePair): Markup {
  const { language, text, mate, mateLanguage, seen, terms, taught, hits } = query
  const shown = terms.slice(0, termsShown)
  const bars = shown.map(({ term, weight, language: termLanguage }) => ({
    label: term,
    value: weight,
    text: weight.toFixed(2),
    ink: inkOf(termLanguage, languages),
  }))
  const inks = new Map(shown.map((one) => [one.term, inkOf(one.language, languages)]))
  return html`<article class="query">
<h3><span lang="${language}">${text}</span> <span class="badge">${seen ? 'seen in training' : 'held out'}</span></h3>
<p class="soft small">means <span lang="${mateLanguage}">${mate}</span>; ${terms.length} active terms</p>
${bars.length > 0 && barChart(bars, { label: `Terms that ${text} activates`, width: 440 })}
${
  taught.length > 0 &&
  html`<details><summary>Which pairs taught these terms</summary>
<ul class="taught small">${taught.map((one) => taughtItem(one, inks.get(one.term) ?? 'other'))}</ul></details>`
}
${hits.length === 0 ? html`<p class="soft">It finds nothing.</p>` : html`<ol>${hits.map((hit) => hitItem(hit, mate))}</ol>`}
</article>`
}

function taughtItem({ term, isOwn, pairs, examples }: TaughtTerm, ink: string): Markup {
  const more = pairs > examples.length ? ` and ${formatCount(pairs - examples.length)} more` : ''
  const pairsText = examples.map(({ left, right }) => `${left} = ${right}`).join(', ')
  const taughtBy = examples.length === 0 ? 'no training pair with these words' : `${pairsText}${more}`
  return html`<li><span class="${ink}">${term}</span> <span class="soft">${isOwn ? 'is in the text itself' : taughtBy}</span></li>\n`
}

function hitItem({ language, title, lead, score }: QueryView['hits'][number], mate: string): Markup {
  const isRight = title === mate || title.startsWith(`${mate} (`)
  return html`<li lang="${language}"><span${isRight && html` class="found"`}>${title}</span> <span class="soft small">${score.toFixed(1)} – ${fitWidth(lead.replace(/\s+/g, ' '), leadCharacters)}</span></li>`
}
