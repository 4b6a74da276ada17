/** The rows and cells of one table of wikitext, as offsets: `{|`, `|-`, `|`, `||`, `!`, `!!`, `|+`, `|}`. */
import type { BracketEnds } from './brackets.ts'

export interface TableCell {
  readonly from: number
  readonly to: number
  readonly isHeader: boolean
  /** How many columns and rows it spans, ≥ 1. */
  readonly columns: number
  readonly rows: number
}

export interface TableSource {
  /** Offsets of the caption; undefined where there is none. */
  readonly caption: { readonly from: number; readonly to: number } | undefined
  /** Rows without cells are left out, as MediaWiki does. */
  readonly rows: readonly (readonly TableCell[])[]
  /** Where the tables within its cells begin. */
  readonly nested: readonly number[]
}

/** What HTML allows; MediaWiki's pages hold the browser to it. */
const mostColumns = 1000
const mostRows = 65_534

type Open =
  | { readonly kind: 'cell'; readonly from: number; readonly isHeader: boolean }
  | { readonly kind: 'caption'; readonly from: number }
  /** Attributes of the table or of a row. */
  | { readonly kind: 'attributes' }

/** The table whose `{|` stands at `at` and whose `|}` ends at `ends[at]`. Linear in its length. */
export function tableSource(text: string, ends: BracketEnds, at: number): TableSource {
  const to = (ends[at] ?? 0) - 2
  const rows: TableCell[][] = []
  const nested: number[] = []
  let row: TableCell[] = []
  let caption: TableSource['caption']
  let open: Open = { kind: 'attributes' }
  const close = (end: number): void => {
    if (open.kind === 'cell') row.push(cellOf(text, ends, open.from, end, open.isHeader))
    else if (open.kind === 'caption') caption ??= contentOf(text, ends, open.from, end)
  }
  const endRow = (): void => {
    if (row.length > 0) rows.push(row)
    row = []
  }
  let startsLine = false
  let i = at + 2
  while (i < to) {
    const end = ends[i] ?? 0
    const char = text[i]
    if (end > i && end <= to) {
      if (char === '{' && text[i + 1] === '|') nested.push(i)
      i = end
      startsLine = false
    } else if (char === '\n') {
      startsLine = true
      i++
    } else if (startsLine && (char === ' ' || char === '\t' || char === ':')) i++
    else if (startsLine && (char === '|' || char === '!')) {
      close(i)
      const mark = char === '|' ? (text[i + 1] ?? '') : ''
      if (mark === '-') {
        endRow()
        open = { kind: 'attributes' }
        i += 2
      } else if (mark === '+') {
        open = { kind: 'caption', from: i + 2 }
        i += 2
      } else {
        open = { kind: 'cell', from: i + 1, isHeader: char === '!' }
        i++
      }
      startsLine = false
    } else if (open.kind === 'cell' && isCellBorder(text, i, open.isHeader)) {
      close(i)
      open = { kind: 'cell', from: i + 2, isHeader: open.isHeader }
      i += 2
    } else {
      startsLine = false
      i++
    }
  }
  close(to)
  endRow()
  return { caption, rows, nested }
}

function isCellBorder(text: string, at: number, isHeader: boolean): boolean {
  const char = text[at]
  return (char === '|' || (isHeader && char === '!')) && text[at + 1] === char
}

function cellOf(text: string, ends: BracketEnds, from: number, to: number, isHeader: boolean): TableCell {
  const content = contentOf(text, ends, from, to)
  const attributes = text.slice(from, content.from)
  return {
    ...content,
    isHeader,
    columns: spanOf(attributes, /\bcolspan\s*=\s*["']?\s*(\d{1,6})/i, mostColumns),
    rows: spanOf(attributes, /\browspan\s*=\s*["']?\s*(\d{1,6})/i, mostRows),
  }
}

/** `style="…" | text` → text: what stands before the first lone `|` of the first line is attributes, unless it has a link. */
function contentOf(text: string, ends: BracketEnds, from: number, to: number): { from: number; to: number } {
  for (let i = from; i < to && text[i] !== '\n'; i++) {
    const end = ends[i] ?? 0
    if (end > i && text[i] === '[') break
    if (end > i) i = end - 1
    else if (text[i] === '|') return { from: i + 1, to }
  }
  return { from, to }
}

function spanOf(attributes: string, pattern: RegExp, most: number): number {
  const [, digits] = pattern.exec(attributes) ?? []
  return Math.min(Math.max(1, Number(digits ?? 1)), most)
}
