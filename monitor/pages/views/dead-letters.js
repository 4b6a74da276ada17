import { useContext, useState } from 'preact/hooks'
import { ask, useAnswer } from '../ask.js'
import { count } from '../format.js'
import { html } from '../html.js'
import { Setting, useText } from '../text.js'
import { Failure, Original, useFailureText } from './failure.js'

export function DeadLetters({ view, service }) {
  const t = useText()
  const dying = view.services.filter(({ dead }) => dead > 0)
  const chosen = service ?? dying[0]?.id
  return html`<section class="card">
    <h1>${t('dead')}</h1>
    ${dying.length === 0 && html`<p>${t('noDead')}</p>`}
    <nav class="chips" aria-label=${t('service')}>${dying.map(({ id, dead }) => html`<a href=${`#/dead/${id}`} aria-current=${id === chosen ? 'true' : null}>${id} <b>${count(dead)}</b></a>`)}</nav>
    ${chosen && html`<${Letters} key=${chosen} service=${chosen} />`}
  </section>`
}

function Letters({ service }) {
  const t = useText()
  const { session } = useContext(Setting)
  const { answer, error } = useAnswer(`/api/dead/${service}`, 5_000)
  const { answer: actions } = useAnswer('/api/actions')
  return html`<${Failure} error=${error} />
    ${actions?.retry && !session.mayAct && html`<p class="dim">${t('needsToken')}</p>`}
    <ol class="letters">${answer?.letters.map((letter) => html`<${Letter} key=${letter.at} letter=${letter} canRetry=${actions?.retry && session.mayAct} />`)}</ol>`
}

function Letter({ letter, canRetry }) {
  const t = useText()
  const [done, setDone] = useState()
  const { said, original, hint } = useFailureText(letter)
  const retry = () =>
    ask(`/api/dead/${letter.service}/retry`, { at: letter.at }).then(
      ({ failed }) => setDone(failed[0] ?? 'ok'),
      setDone,
    )
  return html`<li class="letter">
    <div class="panel-head"><span class="tag bad">${letter.code}</span><span><b>${said}</b><${Original} text=${original} /></span>
      ${canRetry && (done === 'ok' ? html`<span class="tag">${t('retried')}</span>` : html`<button type="button" onClick=${retry}>${t('retry')}</button>`)}</div>
    <${Failure} error=${done === 'ok' ? undefined : done} />
    <dl class="facts">
      <div><dt>${t('event')}</dt><dd><code>${letter.topic}-${letter.partition}@${letter.offset}</code> <code>${letter.key}</code></dd></div>
      ${letter.place && html`<div><dt>${t('place')}</dt><dd>${letter.place}</dd></div>`}
      ${letter.cause && html`<div><dt>${t('cause')}</dt><dd>${letter.cause}</dd></div>`}
      ${hint && html`<div><dt>${t('hint')}</dt><dd>${hint}</dd></div>`}
    </dl>
    ${letter.event && html`<details><summary>${t('event')}</summary><pre tabindex="0">${JSON.stringify(letter.event, null, 2)}</pre></details>`}
  </li>`
}
