import { fitWidth } from '../../table.ts'
import { barChart } from '../charts.ts'
import type { ReportFacts } from '../facts.ts'
import { html, type Markup } from '../html.ts'
import type { QueryView } from '../queries.ts'

const termsShown = 12
const leadCharacters = 110
const languageNames = { ko: 'Korean', en: 'English' }

export function queriesSection({ queries }: ReportFacts): Markup {
  if (queries.length === 0) {
    return html`<p class="soft">There is no model to ask yet: <code>naru evaluate</code> leaves one with its search index.</p>`
  }
  return html`<p>What the model makes of titles: the terms that each activates, in <span class="ko">Korean</span>,
<span class="en">English</span> and <span class="other">neither</span>, and the articles of the other language that it finds.</p>
${(['ko', 'en'] as const).map(
  (language) => html`<h3>${languageNames[language]} queries</h3>
<div class="queries">${queries.filter((query) => query.language === language).map(queryCard)}</div>`,
)}`
}

function queryCard({ language, text, mate, seen, terms, hits }: QueryView): Markup {
  const other = language === 'ko' ? 'en' : 'ko'
  const bars = terms.slice(0, termsShown).map(({ term, weight, language: termLanguage }) => ({
    label: term,
    value: weight,
    text: weight.toFixed(2),
    ink: termLanguage,
  }))
  return html`<article class="query">
<h4><span lang="${language}">${text}</span> <span class="badge">${seen ? 'seen in training' : 'held out'}</span></h4>
<p class="soft small">means <span lang="${other}">${mate}</span>; ${terms.length} active terms</p>
${bars.length > 0 && barChart(bars, { label: `Terms that ${text} activates`, width: 440 })}
${hits.length === 0 ? html`<p class="soft">It finds nothing.</p>` : html`<ol>${hits.map((hit) => hitItem(hit, mate))}</ol>`}
</article>`
}

function hitItem({ language, title, lead, score }: QueryView['hits'][number], mate: string): Markup {
  const isRight = title === mate || title.startsWith(`${mate} (`)
  return html`<li lang="${language}"><span${isRight && html` class="right"`}>${title}</span> <span class="soft small">${score.toFixed(1)} – ${fitWidth(lead.replace(/\s+/g, ' '), leadCharacters)}</span></li>`
}
