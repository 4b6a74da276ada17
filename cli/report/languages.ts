/** The two languages in the colours that the report has for them. */
import { type LanguagePair, languageName } from '../../language/pair.ts'
import type { Ink } from './charts.ts'
import { html, type Markup } from './html.ts'

export function inkOf(language: string | undefined, [left, right]: LanguagePair): Ink {
  if (language === left) return 'left'
  return language === right ? 'right' : 'other'
}

/** Tells what the colours of terms mean. */
export function legendOf([left, right]: LanguagePair): Markup {
  return html`<span class="left">${languageName(left)}</span>, <span class="right">${languageName(right)}</span> and <span class="other">neither</span>`
}
