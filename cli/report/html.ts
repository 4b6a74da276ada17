/** HTML by tagged templates: whatever is not markup already is escaped. */

export class Markup {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

export type Content = Markup | string | number | undefined | false | readonly Content[]

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => escapes[letter]!)
}

/** Markup made by a library that escapes by itself, such as a chart's SVG. */
export function trusted(markup: string): Markup {
  return new Markup(markup)
}

export function html(literals: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return new Markup(
    literals.map((literal, at) => literal + (at < contents.length ? textOf(contents[at]) : '')).join(''),
  )
}

function textOf(content: Content): string {
  if (content === undefined || content === false) return ''
  if (content instanceof Markup) return content.text
  if (typeof content === 'object') return content.map(textOf).join('')
  return escapeHtml(String(content))
}

export interface Heading {
  readonly title: string
  readonly numeric?: boolean
}

/** A table that scrolls sideways where the page is narrow. */
export function htmlTable(headings: readonly Heading[], rows: readonly (readonly Content[])[]): Markup {
  const kind = (at: number) => (headings[at]?.numeric ? 'number' : 'text')
  return html`<div class="scroll" tabindex="0"><table>
<thead><tr>${headings.map(({ title }, at) => html`<th class="${kind(at)}" scope="col">${title}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map((cell, at) => html`<td class="${kind(at)}">${cell}</td>`)}</tr>\n`)}</tbody>
</table></div>`
}
