import { useContext } from 'preact/hooks'
import { html } from '../html.js'
import { failures } from '../korean.js'
import { Setting, useText } from '../text.js'

export function Failure({ error }) {
  const t = useText()
  const { language } = useContext(Setting)
  if (!error) return null
  const translated = language === 'ko' ? failures[error.code] : undefined
  const hint = translated ? undefined : error.hint
  return html`<p class="failure" role="alert"><b>${t('failed')}:</b> ${translated ?? error.message} ${error.code && html`<code>${error.code}</code>`} ${hint && html`<br />${hint}`}</p>`
}
