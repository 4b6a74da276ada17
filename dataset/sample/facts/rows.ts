/** Reads a table written as lines of `a|b|c`; trims cells, skips blank lines, and refuses a line of another width. */
export function rows<const Columns extends readonly string[]>(
  columns: Columns,
  text: string,
): Readonly<Record<Columns[number], string>>[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const cells = line.split('|').map((cell) => cell.trim())
      if (cells.length > columns.length) throw new Error(`${cells.length} cells for ${columns.length} columns: ${line}`)
      const record = Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? '']))
      return record as Record<Columns[number], string>
    })
}

/** `a; b` → ['a', 'b']. */
export function listed(cell: string): string[] {
  return cell
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

/** `숲/forest` → both sides. */
export function both(cell: string): { ko: string; en: string } {
  const [ko = '', en = ''] = cell.split('/')
  return { ko: ko.trim(), en: en.trim() }
}
