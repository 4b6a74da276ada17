import type { Site } from '../site.ts'
import { unprotect, withoutGlossMarks } from './marks.ts'
import { withoutSwitches } from './switches.ts'
import { tidyLine } from './tidy.ts'

export interface LineLink {
  readonly target: string
  readonly surface: string
}

/** One line of canonical wikitext, read. Gloss marks are still in `text` and `bold`. */
export interface Line {
  readonly text: string
  /** The text with its links, `[[title|surface]]`, and without quotes. */
  readonly linked: string
  readonly links: readonly LineLink[]
  /** Bold phrases that were closed on the line. */
  readonly bold: readonly string[]
  /** Offset in `text` just past the first bold phrase, or -1. */
  readonly firstBoldEnd: number
}

/** Reads links and quotes of one line of canonical wikitext, in one pass. List marks must be gone. */
export function readLine(line: string): Line {
  const quotes = quotesOf(line)
  const links: LineLink[] = []
  const bold: string[] = []
  let text = ''
  let linked = ''
  let boldFrom = -1
  let firstBoldEnd = -1
  let kept = 0
  let i = 0
  const take = (to: number) => {
    const piece = line.slice(kept, to)
    text += piece
    linked += piece
  }
  const toggleBold = () => {
    if (boldFrom < 0) {
      boldFrom = text.length
      return
    }
    const phrase = text.slice(boldFrom)
    if (phrase.trim() !== '') {
      bold.push(phrase)
      if (firstBoldEnd < 0) firstBoldEnd = text.length
    }
    boldFrom = -1
  }
  while (i < line.length) {
    const code = line.charCodeAt(i)
    const quote = code === 0x27 ? quotes.get(i) : undefined
    if (quote !== undefined) {
      take(i + quote.literal)
      if (quote.togglesBold) toggleBold()
      i += quote.length
      kept = i
    } else if (code === 0x5b && line.charCodeAt(i + 1) === 0x5b) {
      const bar = line.indexOf('|', i)
      const close = line.indexOf(']]', i)
      if (bar < 0 || close < bar || line.charCodeAt(i + 2) === 0x5b) {
        i++
        continue
      }
      take(i)
      linked += line.slice(i, bar + 1)
      const target = unprotect(line.slice(i + 2, bar))
      links.push({ target, surface: tidyLine(withoutQuotes(line.slice(bar + 1, close))) })
      // The surface is read like the rest of the line: its quotes may open a bold phrase.
      kept = bar + 1
      i = bar + 1
    } else if (code === 0x5d && line.charCodeAt(i + 1) === 0x5d) {
      take(i)
      linked += ']]'
      i += 2
      kept = i
    } else i++
  }
  take(line.length)
  return { text, linked, links, bold, firstBoldEnd }
}

interface Quote {
  /** Apostrophes of the run that are text: they come first. */
  literal: number
  togglesBold: boolean
  togglesItalic: boolean
  /** Apostrophes in the run. */
  readonly length: number
}

/**
 * Runs of two and more apostrophes by offset, read as MediaWiki's doQuotes does: where the bold and the italic marks
 * are both odd in number, one bold mark is an apostrophe and an italic mark (as after the title in `''Iliad'''s`), by
 * preference after a word of one letter, then after a longer word, then after a space.
 */
function quotesOf(line: string): Map<number, Quote> {
  const quotes = new Map<number, Quote>()
  if (!line.includes("''")) return quotes
  for (const { index, 0: run } of line.matchAll(/'{2,}/g)) {
    const { length } = run
    const literal = length === 4 || length > 5 ? 1 : 0
    quotes.set(index, { literal, togglesBold: length >= 3, togglesItalic: length === 2 || length >= 5, length })
  }
  const all = [...quotes]
  const isOdd = (name: 'togglesBold' | 'togglesItalic') => all.filter(([, quote]) => quote[name]).length % 2 === 1
  if (!isOdd('togglesBold') || !isOdd('togglesItalic')) return quotes
  const bolds = all.filter(([, quote]) => quote.togglesBold && !quote.togglesItalic)
  const rank = (at: number) => (line[at - 1] === ' ' ? 2 : line[at - 2] === ' ' ? 0 : 1)
  const [chosen] = bolds.sort(([a], [b]) => rank(a) - rank(b) || a - b)
  if (chosen !== undefined) Object.assign(chosen[1], { literal: 1, togglesBold: false, togglesItalic: true })
  return quotes
}

function withoutQuotes(text: string): string {
  return text.includes("''") ? text.replace(/'{2,}/g, '') : text
}

/** How the canonical lines of a page become plain text: the named library, or our own pass. */
export type LineRenderer = (line: Line) => string

export const renderPlainly: LineRenderer = ({ text }) => tidyLine(text)

const listMarks = /^[*#:;\s]+/
const rule = /^-{4,}/
const tableRest = /^(?:\||!.*(?:!!|\|))/

/** The line without list marks and switches; empty where it is a rule or what an unclosed table left. */
export function lineContent(line: string, site: Site): string {
  const content = line.replace(listMarks, '')
  if (tableRest.test(content) || content.startsWith('{|')) return ''
  return withoutSwitches(content.replace(rule, ''), site).trim()
}

/** True for what is left of a line whose citation is gone. */
export function isLonePunctuation(text: string): boolean {
  return text.length === 1 && '.,;:'.includes(text)
}

/** `== Heading ==` → level 2 and its canonical text; undefined for any other line. */
export function headingOf(line: string, site: Site): { level: number; text: string } | undefined {
  if (line.charCodeAt(0) !== 0x3d) return undefined
  const trimmed = line.trimEnd()
  let level = 0
  while (level < 6 && trimmed.charCodeAt(level) === 0x3d && trimmed.charCodeAt(trimmed.length - 1 - level) === 0x3d)
    level++
  if (level === 0 || trimmed.length <= 2 * level) return undefined
  return { level, text: withoutSwitches(withoutGlossMarks(trimmed.slice(level, -level)), site) }
}
