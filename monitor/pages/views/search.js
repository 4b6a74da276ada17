import { useContext, useEffect, useState } from 'preact/hooks'
import { useAnswer } from '../ask.js'
import { html } from '../html.js'
import { Setting, useText } from '../text.js'
import { Failure } from './failure.js'

const pauseMs = 350

export function Search({ query }) {
  const t = useText()
  const [text, setText] = useState(query ?? '')
  const [asked, setAsked] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text.trim()), pauseMs)
    return () => clearTimeout(timer)
  }, [text])
  const { answer, error } = useAnswer(asked && `/api/search?text=${encodeURIComponent(asked)}`)
  return html`<section class="card">
      <h1>${t('search')}</h1>
      <form class="ask" role="search" onSubmit=${(event) => {
        event.preventDefault()
        setAsked(text.trim())
      }}>
        <label class="visually-hidden" for="query">${t('query')}</label>
        <input id="query" type="search" placeholder=${t('queryHint')} value=${text} onInput=${(event) => setText(event.target.value)} />
        <button type="submit" class="main">${t('find')}</button>
      </form>
      <${Failure} error=${error} />
      <p class="visually-hidden" role="status">${answer ? `${answer.sparse.length} · ${answer.bm25.length}` : ''}</p>
      ${answer && html`<h2>${t('activated')} <small>${answer.model}</small></h2><${Activated} terms=${answer.terms} languages=${answer.languages} />`}
    </section>
    ${
      answer &&
      html`<div class="columns">
      <${Hits} title=${t('sparseHits')} hits=${answer.sparse} why=${({ why }) => html`<${Shares} why=${why} languages=${answer.languages} />`} />
      <${Hits} title=${t('bm25Hits')} hits=${answer.bm25} why=${({ why }) => html`<span class="chips small">${why.map((token) => html`<span>${token}</span>`)}</span>`} />
    </div>`
    }`
}

const termsShown = 14

/** The class that colours what is of a language of the pair. */
const sideOf = (language, languages) => ['left', 'right'][languages.indexOf(language)] ?? 'other'

function Activated({ terms, languages }) {
  const t = useText()
  const { language: shownIn } = useContext(Setting)
  const names = new Intl.DisplayNames([shownIn], { type: 'language' })
  const most = Math.max(1e-9, ...terms.map(({ weight }) => weight))
  const parts = [...languages.map((language) => [language, names.of(language)]), ['other', t('other')]]
  return html`<div class="columns terms">${parts.map(([language, name]) => {
    const own = terms.filter((term) => term.language === language)
    if (own.length === 0 && language === 'other') return null
    return html`<div><h3>${name} <small>${own.length}</small></h3>
      <ul class="bars">${own
        .slice(0, termsShown)
        .map(
          ({ term, weight }) =>
            html`<li key=${term}><span class="bar-name" lang=${language === 'other' ? null : language}>${term}</span><meter class=${`bar-fill ${sideOf(language, languages)}`} min="0" max=${most} value=${weight} aria-hidden="true"></meter><span class="bar-value">${weight.toFixed(2)}</span></li>`,
        )}</ul></div>`
  })}</div>`
}

function Shares({ why, languages }) {
  return html`<span class="chips small">${why.map(({ term, share, language }) => html`<span class=${sideOf(language, languages)}>${term} <b>${share.toFixed(2)}</b></span>`)}</span>`
}

function Hits({ title, hits, why }) {
  const t = useText()
  return html`<section class="card">
    <h2>${title}</h2>
    ${hits.length === 0 && html`<p>${t('nothing')}</p>`}
    <ol class="hits">${hits.map(
      (hit) => html`<li key=${`${hit.language} ${hit.title}`}>
        <div class="panel-head"><b lang=${hit.language}>${hit.title}</b><span class="tag">${hit.language}</span><span class="score">${hit.score.toFixed(2)}</span></div>
        <p class="lead" lang=${hit.language}>${hit.lead}</p>
        <p class="why"><span class="dim">${t('why')}:</span> ${why(hit)}</p>
      </li>`,
    )}</ol>
  </section>`
}
