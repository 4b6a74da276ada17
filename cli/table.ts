/** Tables of plain text for the terminal. */

export interface Column {
  readonly title: string
  readonly align?: 'left' | 'right'
}

/** Columns of a terminal that a text takes: Hangul, kana, CJK and full-width forms take two. */
export function displayWidth(text: string): number {
  let width = 0
  for (const letter of text) {
    width += /\p{M}/u.test(letter)
      ? 0
      : /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\uff01-\uff60]/u.test(letter)
        ? 2
        : 1
  }
  return width
}

/** Cuts a text to a width of the terminal, with an ellipsis where something is cut. */
export function fitWidth(text: string, width: number): string {
  if (displayWidth(text) <= width) return text
  let kept = ''
  for (const letter of text) {
    if (displayWidth(kept + letter) > width - 1) break
    kept += letter
  }
  return `${kept}…`
}

export function pad(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const space = ' '.repeat(Math.max(0, width - displayWidth(text)))
  return align === 'right' ? space + text : text + space
}

/** Lines of a table: a header, then one line a row. */
export function renderTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const widths = columns.map(({ title }, at) =>
    Math.max(displayWidth(title), ...rows.map((row) => displayWidth(row[at] ?? ''))),
  )
  const line = (cells: readonly string[]) =>
    columns
      .map(({ align }, at) => pad(cells[at] ?? '', widths[at]!, align))
      .join('  ')
      .trimEnd()
  return [line(columns.map(({ title }) => title)), ...rows.map(line)]
}
