import { useContext, useState } from 'preact/hooks'
import { ask, useAnswer } from '../ask.js'
import { count } from '../format.js'
import { html } from '../html.js'
import { Setting, useText } from '../text.js'
import { Failure } from './failure.js'
import { Bars } from './pipeline.js'

export function Synonyms({ view, word }) {
  const t = useText()
  const find = (event) => {
    event.preventDefault()
    const term = new FormData(event.target).get('term').trim()
    if (term) location.hash = `#/synonyms/${encodeURIComponent(term)}`
  }
  return html`<section class="card">
      <h1>${t('synonyms')}</h1>
      <form class="ask" role="search" onSubmit=${find}>
        <label class="visually-hidden" for="term">${t('term')}</label>
        <input id="term" name="term" type="search" placeholder=${t('termHint')} value=${word ?? ''} key=${word} />
        <button type="submit" class="main">${t('find')}</button>
      </form>
      ${word && html`<${Pairs} word=${word} />`}
    </section>
    <div class="columns"><${Sources} view=${view} /><${Review} /></div>`
}

function Pairs({ word }) {
  const t = useText()
  const { answer, error } = useAnswer(`/api/synonyms?term=${encodeURIComponent(word)}`)
  if (error) return html`<${Failure} error=${error} />`
  if (!answer) return html`<p>${t('loading')}</p>`
  if (answer.pairs.length === 0) {
    return html`<p role="status">${answer.nearest.length > 0 ? t('nearest') : t('nothing')} ${answer.nearest.map((near) => html`<a href=${`#/synonyms/${encodeURIComponent(near)}`}>${near}</a> `)}</p>`
  }
  return html`<ol class="pairs" aria-label=${t('pairs')}>${answer.pairs.map((pair) => html`<${Pair} pair=${pair} />`)}</ol>`
}

function Pair({ pair }) {
  const t = useText()
  const { term, translation, confidence, split, sources, evidence, language, translationLanguage } = pair
  return html`<li class="pair">
    <div class="panel-head"><h2><span lang=${language}>${term}</span> = <span lang=${translationLanguage}>${translation}</span></h2>
      <${Confidence} value=${confidence} /><span class="dim">${sources.join(', ')} · ${split}</span></div>
    <div class="scroll" tabindex="0" role="region" aria-label=${`${t('evidence')}: ${translation}`}>
      <table>
        <thead><tr><th scope="col">${t('rule')}</th><th scope="col">${t('pages')}</th><th scope="col">${t('seen')}</th><th scope="col">${t('revision')}</th></tr></thead>
        <tbody>${evidence.map(
          (one) => html`<tr>
            <td>${one.rule}${one.detail ? html` <span class="dim">(${one.detail})</span>` : ''}</td>
            <td>${one.pages.filter(Boolean).join(' ↔ ')}${one.text && html`<br /><span class="context">… ${one.text.before}<mark>${one.text.words}</mark>${one.text.after} …</span>`}</td>
            <td>${one.count}×${one.share === undefined ? '' : ` · ${one.share.toFixed(2)}`}</td>
            <td>${one.address ? html`<a href=${one.address} target="_blank" rel="noreferrer">${one.wiki} ${one.revisionId || one.pageId}</a>` : `${one.wiki} ${one.pageId}`}</td>
          </tr>`,
        )}</tbody>
      </table>
    </div>
  </li>`
}

function Confidence({ value }) {
  const t = useText()
  return html`<span class="confidence"><meter min="0" max="1" value=${value} aria-label=${t('confidence')}></meter> ${value.toFixed(3)}</span>`
}

function Sources({ view }) {
  const t = useText()
  const { answer } = useAnswer('/api/synonyms/sources', 30_000)
  const evidence = view?.evidence ?? {}
  return html`<section class="card">
    ${Object.keys(evidence).length > 0 && html`<h2>${t('liveEvidence')}</h2><${Bars} counts=${evidence} />`}
    <h2>${t('sourceCounts')} ${answer && html`<small>${count(answer.total)}</small>`}</h2>
    ${answer && html`<${Bars} counts=${Object.fromEntries(answer.sources.map(({ source, pairs }) => [source, pairs]))} />`}
  </section>`
}

const shown = 8

function Review() {
  const t = useText()
  const { session } = useContext(Setting)
  const [asked, setAsked] = useState(0)
  const [error, setError] = useState()
  const { answer } = useAnswer(`/api/synonyms/review?asked=${asked}`)
  const judge = (pair, verdict) =>
    ask('/api/synonyms/review', { left: pair.left, right: pair.right, verdict }).then(
      () => setAsked(asked + 1),
      setError,
    )
  return html`<section class="card">
    <h2>${t('review')} ${answer && html`<small>${count(answer.open.length)} ${t('reviewLeft')} · ${count(answer.judged)} ${t('reviewDone')}</small>`}</h2>
    ${!session.mayAct && html`<p class="dim">${t('needsToken')}</p>`}
    <${Failure} error=${error} />
    <ul class="review">${answer?.open.slice(0, shown).map(
      (pair) => html`<li key=${`${pair.left} ${pair.right}`}>
        <p><b><span lang=${pair.languages[0]}>${pair.left}</span> = <span lang=${pair.languages[1]}>${pair.right}</span></b> <span class="dim">${pair.sources.join(', ')} · ${pair.confidence.toFixed(2)}</span></p>
        <p class="context">${pair.pages.join(' · ')}</p>
        ${session.mayAct && html`<div class="picker" role="group" aria-label=${`${pair.left} = ${pair.right}`}>${['right', 'wrong', 'unsure'].map((verdict) => html`<button type="button" onClick=${() => judge(pair, verdict)}>${t(verdict)}</button>`)}</div>`}
      </li>`,
    )}</ul>
  </section>`
}
