/** A list as lines of two terms: parted by a tab (TSV), or by spaces as in the dictionaries of MUSE. */
import { type LanguagePair, languageKey } from '../../language/pair.ts'
import { isDamaged, type Read } from './rows.ts'

/** Where the terms of a row stand. */
type Columns = readonly [left: number, right: number]

/**
 * A row a line; blank lines are none. A first line that names a language of the pair by code or name (`ko	en`, `korean
 * gloss`) is a header: it says which columns hold the terms. Without one they are the first two, and further ones are
 * left alone.
 */
export async function* lineRows(lines: AsyncIterable<string>, languages: LanguagePair): AsyncIterable<Read> {
  let line = 0
  let columns: Columns = [0, 1]
  for await (const text of lines) {
    line++
    const row = text.replace(/^\ufeff/, '')
    const header = line === 1 ? headerOf(row, languages) : undefined
    if (header) columns = header
    else if (row.trim() !== '') yield rowOf(row, line, columns)
  }
}

function headerOf(text: string, languages: LanguagePair): Columns | undefined {
  // No pair of the list: in one of those, a term is in Hangul.
  if (!/^[\x20-\x7e\t]+$/.test(text)) return undefined
  const cells = cellsOf(text.toLowerCase())
  const [left = -1, right = -1] = languages.map((language) =>
    cells.findIndex((cell) => cell === language || cell === languageKey(language)),
  )
  if (left < 0 && right < 0) return undefined
  // The one that is not named is the first of the others: ko, gloss, level.
  if (right < 0) return [left, left === 0 ? 1 : 0]
  return [left < 0 ? (right === 0 ? 1 : 0) : left, right]
}

function rowOf(text: string, line: number, [left, right]: Columns): Read {
  const bad = (reason: string): Read => ({ kind: 'bad', line, title: text.trim(), reason })
  const cells = cellsOf(text)
  if (isDamaged(text)) return bad('it is not UTF-8')
  if (cells.length > 2 && !text.includes('\t')) return bad('more than two words and no tab that parts the terms')
  const terms = [cells[left] ?? '', cells[right] ?? ''] as const
  return terms.includes('') ? bad('it does not have two terms') : { kind: 'row', line, terms }
}

function cellsOf(text: string): string[] {
  return text.includes('\t') ? text.split('\t').map((cell) => cell.trim()) : text.trim().split(/\s+/)
}
