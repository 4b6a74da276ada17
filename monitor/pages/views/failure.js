import { html } from '../html.js'
import { useText } from '../text.js'

export function Failure({ error }) {
  const t = useText()
  if (!error) return null
  return html`<p class="failure" role="alert"><b>${t('failed')}:</b> ${error.message} ${error.hint && html`<br />${error.hint}`}</p>`
}
