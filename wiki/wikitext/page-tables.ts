/** The tables of a page as tab-separated values, for whoever asks for them: the prose is without. */
import type { Site } from '../site.ts'
import { decodeEntities } from './entities.ts'
import { partExpander } from './expand.ts'
import { withoutMarks } from './marks.ts'
import { plainText } from './parse.ts'
import { headingOf } from './prose.ts'
import { type TableCell, tableSource } from './table-cells.ts'
import { withoutTags } from './tags.ts'

export interface PageTable {
  /** Heading of the section that it stands in; empty in the lead. */
  readonly section: string
  /** Empty where it has none. */
  readonly caption: string
  /** Rows at the top of `tsv` that consist of header cells; 0 where nothing says what the columns are. */
  readonly headerRows: number
  /** A row a line, cells parted by tabs, as many in each row; plain text without line ends or tabs. */
  readonly tsv: string
}

/** What repeated and empty cells may add to a page, as a multiple of its wikitext, so that no table can explode. */
const mostGrowth = 5

/** Whether wikitext, escaped or not, may hold a table. */
export function mayHoldTables(source: string): boolean {
  return source.includes('{|') || /(?:<|&lt;)table/i.test(source)
}

/**
 * The tables `{|…|}` and `<table>` of a page's wikitext, in order; one inside another's cell comes after it. A cell that spans
 * several columns or rows stands in each of them. Tables without any text are left out, and so are those that a template
 * writes, or that are never closed. Never throws; linear in the text.
 */
export function tablesOf(source: string, site: Site, title: string): PageTable[] {
  if (!mayHoldTables(source)) return []
  const { text: untagged } = withoutTags(withoutMarks(source).replace(/\r\n?/g, '\n'), { tableCells: true })
  const text = decodeEntities(untagged).normalize('NFC')
  const parts = partExpander(text, site, title)
  const { ends } = parts
  const plain = (from: number, to: number) => plainText(parts.expand(from, to), site).replace(/\s+/g, ' ')
  const growth = { left: text.length * mostGrowth }
  const tables: PageTable[] = []
  const read = (at: number, section: string): void => {
    const waiting = [at]
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const { caption, rows, nested } = tableSource(text, ends, next)
      waiting.push(...[...nested].reverse())
      const grid = gridOf(rows, ({ from, to }) => plain(from, to), growth)
      if (grid.every((row) => row.every((cell) => cell === ''))) continue
      const firstOfData = rows.findIndex((row) => row.some(({ isHeader }) => !isHeader))
      tables.push({
        section,
        caption: caption === undefined ? '' : plain(caption.from, caption.to),
        headerRows: firstOfData < 0 ? rows.length : firstOfData,
        tsv: grid.map((row) => row.join('\t')).join('\n'),
      })
    }
  }
  let section = ''
  let startsLine = true
  for (let i = 0; i < text.length; ) {
    const end = ends[i] ?? 0
    if (startsLine && text[i] === '=') {
      const lineEnd = text.indexOf('\n', i)
      const to = lineEnd < 0 ? text.length : lineEnd
      const heading = headingOf(parts.expand(i, to), site)
      if (heading !== undefined) section = plainText(heading.text, site)
      i = to
    } else if (end > i) {
      if (text[i] === '{' && text[i + 1] === '|') read(i, section)
      i = end
      startsLine = false
    } else startsLine = text[i++] === '\n'
  }
  return tables
}

/** Every row as long as the longest, spans filled with the text of their cell as far as `growth` allows. */
function gridOf(
  rows: readonly (readonly TableCell[])[],
  textOf: (cell: TableCell) => string,
  growth: { left: number },
): string[][] {
  /** By column: what reaches down from the rows above. */
  const reaching: ({ text: string; rows: number } | undefined)[] = []
  const grid: string[][] = []
  const mayAdd = (text: string): boolean => {
    growth.left -= text.length + 1
    return growth.left >= 0
  }
  for (const row of rows) {
    const line: string[] = []
    const fillFromAbove = (): void => {
      for (let above = reaching[line.length]; above !== undefined; above = reaching[line.length]) {
        if (--above.rows === 0) reaching[line.length] = undefined
        if (!mayAdd(above.text)) reaching.length = 0
        else line.push(above.text)
      }
    }
    for (const cell of row) {
      fillFromAbove()
      const text = textOf(cell)
      for (let column = 0; column < cell.columns; column++) {
        if (column > 0 && !mayAdd(text)) break
        if (cell.rows > 1) reaching[line.length] = { text, rows: cell.rows - 1 }
        line.push(text)
      }
    }
    fillFromAbove()
    grid.push(line)
  }
  const width = grid.reduce((widest, { length }) => Math.max(widest, length), 0)
  for (const line of grid) while (line.length < width && mayAdd('')) line.push('')
  return grid
}
