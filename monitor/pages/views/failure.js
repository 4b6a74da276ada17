import { useContext } from 'preact/hooks'
import { html } from '../html.js'
import { failures } from '../korean-errors.js'
import { Setting, useText } from '../text.js'

/**
 * What an error says in the language of the page: Korean by its code, with what the server says, which names the case at hand, behind it.
 * @returns { said, original, hint }: original and hint where they are to be shown.
 */
export function useFailureText({ code, message, hint }) {
  const { language } = useContext(Setting)
  const inKorean = language === 'ko' ? failures[code] : undefined
  return inKorean ? { said: inKorean, original: message === code ? undefined : message } : { said: message, hint }
}

export function Failure({ error }) {
  return error ? html`<${Told} error=${error} />` : null
}

function Told({ error }) {
  const t = useText()
  const { said, original, hint } = useFailureText(error)
  return html`<p class="failure" role="alert"><b>${t('failed')}:</b> ${said} ${error.code && html`<code>${error.code}</code>`} ${hint && html`<br />${hint}`}<${Original} text=${original} /></p>`
}

/** The server's own words, in English. */
export function Original({ text }) {
  return text ? html`<br /><small class="dim" lang="en">${text}</small>` : null
}
