import { useAnswer } from '../ask.js'
import { count, duration } from '../format.js'
import { html } from '../html.js'
import { useText } from '../text.js'
import { Failure } from './failure.js'
import { State } from './pipeline.js'

export function Groups({ view }) {
  const t = useText()
  const { answer, error } = useAnswer('/api/groups', 3_000)
  return html`<section class="card">
    <h1>${t('groups')}</h1>
    <${Failure} error=${error} />
    <div class="scroll" tabindex="0" role="region" aria-label=${t('groups')}>
      <table>
        <thead><tr><th scope="col">${t('service')}</th><th scope="col">${t('state')}</th><th scope="col" class="number">${t('lagRecords')}</th><th scope="col" class="number">${t('lagSeconds')}</th><th scope="col">${t('members')}</th></tr></thead>
        <tbody>${view.services.map((service) => html`<${GroupRow} key=${service.id} service=${service} members=${answer?.find(({ id }) => id === service.id)?.members ?? []} />`)}</tbody>
      </table>
    </div>
  </section>`
}

function GroupRow({ service, members }) {
  const t = useText()
  const { id, state, lag, lagSeconds } = service
  return html`<tr>
    <th scope="row"><a href=${`#/pipeline/${id}`}>${id}</a></th>
    <td><${State} state=${state} /></td>
    <td class="number">${count(lag)}</td>
    <td class="number">${duration(lagSeconds)}</td>
    <td>${
      members.length === 0
        ? html`<span class="dim">${t('noMembers')}</span>`
        : html`<ul class="members">${members.map((member) => html`<li><code>${member.id}</code> ${member.host} <small>${assigned(member)}</small></li>`)}</ul>`
    }</td>
  </tr>`
}

/** articles 0–3, 7 */
function assigned({ partitions }) {
  const topics = new Map()
  for (const { topic, partition } of partitions) topics.set(topic, [...(topics.get(topic) ?? []), partition])
  return [...topics].map(([topic, numbers]) => `${topic} ${ranges(numbers.sort((a, b) => a - b))}`).join('; ')
}

function ranges(numbers) {
  const runs = []
  for (const number of numbers) {
    const run = runs.at(-1)
    if (run && run.at(-1) === number - 1) run.push(number)
    else runs.push([number])
  }
  return runs.map((run) => (run.length > 1 ? `${run[0]}–${run.at(-1)}` : run[0])).join(', ')
}
