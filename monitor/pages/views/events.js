/** Events of a topic, as they were written: page by page, or those that hold a text. */
import { useEffect, useState } from 'preact/hooks'
import { ask, useAnswer } from '../ask.js'
import { bytes, count } from '../format.js'
import { html } from '../html.js'
import { useText } from '../text.js'
import { Failure } from './failure.js'

const pageSize = 20

export function Events({ page }) {
  const t = useText()
  const [wanted, setWanted] = useState('')
  const search = (event) => {
    event.preventDefault()
    setWanted(new FormData(event.target).get('text').trim())
  }
  return html`<section class="card">
    <h2>${t('events')}</h2>
    <form class="ask" role="search" onSubmit=${search}>
      <label class="visually-hidden" for="event-text">${t('eventText')}</label>
      <input id="event-text" name="text" type="search" placeholder=${t('eventText')} onInput=${(event) => event.target.value === '' && setWanted('')} />
      <button type="submit">${t('find')}</button>
    </form>
    ${wanted ? html`<${Found} key=${wanted} page=${page} wanted=${wanted} />` : html`<${Pages} page=${page} />`}
  </section>`
}

function Pages({ page }) {
  const t = useText()
  const [partition, setPartition] = useState(0)
  const [offset, setOffset] = useState(-pageSize)
  const path = `/api/topics/${page.name}/events?partition=${partition}&offset=${offset}&count=${pageSize}`
  const { answer, error } = useAnswer(path)
  const from = answer?.from ?? 0
  return html`<div class="panel-head">
      <label>${t('partition')} <select value=${partition} onChange=${(event) => {
        setPartition(Number(event.target.value))
        setOffset(-pageSize)
      }}>${page.partitions.map((one) => html`<option value=${one.partition}>${one.partition}</option>`)}</select></label>
      <div class="picker" role="group" aria-label=${t('offset')}>
        <button type="button" disabled=${from === 0} onClick=${() => setOffset(Math.max(0, from - pageSize))}>${t('earlier')}</button>
        <button type="button" onClick=${() => setOffset(from + pageSize)}>${t('later')}</button>
        <button type="button" onClick=${() => setOffset(-pageSize)}>${t('newest')}</button>
      </div>
    </div>
    <${Failure} error=${error} />
    ${!answer && !error && html`<p>${t('loading')}</p>`}
    ${answer?.events.length === 0 && html`<p>${t('noEvents')}</p>`}
    <ol class="events">${answer?.events.map((event) => html`<${Event} key=${event.offset} event=${event} place=${event.offset} />`)}</ol>`
}

const hitsAtMost = 100

/** Asks for stretch after stretch until the topic ends, enough is found, or somebody stops it. */
function Found({ page, wanted }) {
  const t = useText()
  const [state, setState] = useState({ found: [], searched: 0, isGoing: true })
  const { found, searched, isGoing, error } = state
  const all = page.partitions.reduce((sum, { first, end }) => sum + end - first, 0)
  useEffect(() => {
    if (!isGoing) return undefined
    let isGone = false
    searchOn(page.name, wanted, state).then(
      (next) => !isGone && setState(next),
      (failure) => !isGone && setState({ ...state, isGoing: false, error: failure }),
    )
    return () => {
      isGone = true
    }
  }, [state])
  return html`<div class="panel-head">
      <progress max=${Math.max(1, all)} value=${isGoing ? Math.min(searched, all) : Math.max(1, all)} aria-label=${t('progress')}></progress>
      <span role="status">${count(found.length)} ${t('found')} · ${count(searched)} / ${count(Math.max(all, searched))} ${t('searched')}</span>
      ${isGoing && html`<button type="button" onClick=${() => setState({ ...state, isGoing: false })}>${t('stop')}</button>`}
    </div>
    <${Failure} error=${error} />
    <ol class="events">${found.map((event) => html`<${Event} key=${`${event.partition}@${event.offset}`} event=${event} place=${`${event.partition}@${event.offset}`} />`)}</ol>`
}

async function searchOn(topic, wanted, { found, searched, next }) {
  const from = next ? `&partition=${next.partition}&offset=${next.offset}` : ''
  const hits = hitsAtMost - found.length
  const answer = await ask(`/api/topics/${topic}/search?text=${encodeURIComponent(wanted)}&hits=${hits}${from}`)
  const all = [...found, ...answer.found]
  return {
    found: all,
    searched: searched + answer.searched,
    next: answer.next,
    isGoing: answer.next !== undefined && all.length < hitsAtMost,
  }
}

function Event({ event, place }) {
  const t = useText()
  const { kind, key } = event
  const head = html`<span class="offset">${place}</span> <code>${key}</code>`
  if (kind === 'event') {
    return html`<li><details><summary>${head} <small>${bytes(event.bytes)}</small></summary><pre tabindex="0">${JSON.stringify(event.value, null, 2)}</pre></details></li>`
  }
  return html`<li class="control">${head} <span class="tag">${kind === 'unreadable' ? event.code : t(kind)}</span></li>`
}
