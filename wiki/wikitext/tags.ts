import { protect } from './marks.ts'

/** Elements whose content is no prose. */
const dropped = new Set(
  (
    'references timeline score imagemap graph templatestyles mapframe ' +
    'maplink hiero inputbox indicator categorytree section style script templatedata includeonly rt rp'
  ).split(' '),
)
/** Elements whose content is kept in a form of its own, see keptContent. */
const kept = new Set(['ref', 'math', 'chem', 'ce', 'gallery', 'nowiki', 'pre', 'syntaxhighlight', 'source'])
/** Blocks whose content is text as it stands. */
const preformatted = new Set(['pre', 'syntaxhighlight', 'source'])
/** Elements that stand on lines of their own. */
const blocks = new Set('p div li ul ol dl dt dd blockquote center poem hr h1 h2 h3 h4 h5 h6'.split(' '))
const longestTag = 1000
const superscripts = new Map([...'0123456789+-−n'].map((char, i) => [char, [...'⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ'][i] ?? char]))

export interface UntagOptions {
  /** Rows, cells and captions of HTML tables become those of wikitext; without it only their text is left. */
  readonly tableCells?: boolean
}

export interface Untagged {
  /** Wikitext without comments and without `<`…`>` tags; HTML tables became `{|`…`|}`. */
  readonly text: string
  /** Number of `<ref>` notes, `<ref … />` included. */
  readonly references: number
}

/**
 * Takes comments, extension elements and HTML tags out of wikitext in one pass. nowiki, pre and listings keep their text,
 * protected; formulas are TeX between `\\(` and `\\)`; the lines of a gallery become file links. An unclosed element loses its tag only; an unclosed comment runs to the end,
 * as in MediaWiki.
 */
export function withoutTags(text: string, { tableCells = false }: UntagOptions = {}): Untagged {
  const out: string[] = []
  /** Elements that have no further closing tag: looking again would cost time square to the length. */
  const unclosed = new Set<string>()
  let references = 0
  let from = 0
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', Math.max(from, at + 1))) {
    if (text.startsWith('<!--', at)) {
      out.push(text.slice(from, at))
      from = endOfComment(text, at)
      at = from - 1
      continue
    }
    const tag = tagAt(text, at)
    if (tag === undefined) continue
    out.push(text.slice(from, at))
    from = tag.end
    const { name } = tag
    if (name === 'ref' && !tag.isClosing) references++
    if (name === 'table') out.push(tag.isClosing ? '\n|}\n' : '\n{|\n')
    else if (tableCells && tablePart.test(name)) out.push(wikitextOfTablePart(tag, text.slice(at, tag.end)))
    else if (name === 'br') out.push(' ')
    else if (blocks.has(name)) out.push('\n')
    else if (!tag.isClosing && !tag.isEmpty && (dropped.has(name) || kept.has(name))) {
      const close = unclosed.has(name) ? undefined : closingTag(text, name, tag.end)
      if (close === undefined) unclosed.add(name)
      else {
        out.push(keptContent(name, text.slice(tag.end, close.at)))
        from = close.end
      }
    } else if (name === 'sup' && !tag.isClosing) {
      const [whole, digits = ''] = /^([0-9+−n-]{1,4})<\/sup>/i.exec(text.slice(tag.end, tag.end + 12)) ?? []
      if (whole !== undefined) {
        out.push([...digits].map((char) => superscripts.get(char) ?? char).join(''))
        from = tag.end + whole.length
      }
    }
    at = from - 1
  }
  out.push(text.slice(from))
  return { text: out.join(''), references }
}

const tablePart = /^(?:tr|td|th|caption)$/

/** The attributes are always there, so that a `|` in the text is taken for none. */
function wikitextOfTablePart({ name, isClosing }: Tag, tag: string): string {
  if (isClosing) return ''
  if (name === 'tr') return '\n|-\n'
  const attributes = tag.slice(name.length + 1, -1).replace(/[|{}[\]\n/]/g, ' ')
  return `\n${name === 'th' ? '!' : name === 'caption' ? '|+' : '|'} ${attributes} |`
}

/** Just past the comment; a comment alone on its line takes the line with it. */
function endOfComment(text: string, at: number): number {
  const close = text.indexOf('-->', at + 4)
  if (close < 0) return text.length
  const end = close + 3
  const startsLine = at === 0 || text[at - 1] === '\n'
  return startsLine && text[end] === '\n' ? end + 1 : end
}

interface Tag {
  readonly name: string
  readonly end: number
  readonly isClosing: boolean
  readonly isEmpty: boolean
}

const tagName = /<(\/?)([a-z][a-z0-9]*)/iy

/** The tag that opens at `at`; undefined where `<` is only a character. */
function tagAt(text: string, at: number): Tag | undefined {
  tagName.lastIndex = at
  const [start, slash, name] = tagName.exec(text) ?? []
  if (start === undefined || name === undefined) return undefined
  const limit = Math.min(text.length, at + longestTag)
  let quote = 0
  for (let i = at + start.length; i < limit; i++) {
    const code = text.charCodeAt(i)
    if (quote !== 0) {
      if (code === quote || code === 0x0a) quote = 0
    } else if (code === 0x3e) {
      const isEmpty = text.charCodeAt(i - 1) === 0x2f
      return { name: name.toLowerCase(), end: i + 1, isClosing: slash === '/', isEmpty }
    } else if (code === 0x22) quote = code
    else if (code === 0x3c) break
  }
  // A tag that never ends is dropped up to what follows its name, so that no `<ref` stays in the prose.
  const lower = name.toLowerCase()
  const isMarkup = dropped.has(lower) || (kept.has(lower) && lower !== 'nowiki' && !preformatted.has(lower))
  return isMarkup ? { name: '', end: at + start.length, isClosing: true, isEmpty: true } : undefined
}

function closingTag(text: string, name: string, from: number): { at: number; end: number } | undefined {
  const pattern = new RegExp(`</${name}\\s*>`, 'gi')
  pattern.lastIndex = from
  const match = pattern.exec(text)
  return match === null ? undefined : { at: match.index, end: match.index + match[0].length }
}

function keptContent(name: string, content: string): string {
  if (name === 'nowiki') return protectMarkup(content)
  if (preformatted.has(name)) return `\n${protectMarkup(content)}\n`
  if (name === 'gallery') return galleryLinks(content)
  const tex = content.trim().replaceAll('\n', ' ')
  if (tex === '' || name === 'ref' || dropped.has(name)) return ''
  const formula = name === 'math' ? tex : `\\ce{${tex}}`
  // The same to TeX, and nobody takes them for wikitext.
  return `\\(${protect(formula.replace(/\{(?=[{|])|[}|](?=\})|\[(?=\[)|\](?=\])/g, '$& '))}\\)`
}

function galleryLinks(content: string): string {
  const links = content.split('\n').flatMap((line) => {
    const start = line.trimStart()
    const bar = start.indexOf('|')
    return bar < 0 ? [] : [`\n[[${start.slice(0, bar).includes(':') ? '' : 'File:'}${start}]]`]
  })
  return `${links.join('')}\n`
}

/** Entities still count inside nowiki, so `&` and `;` and `#` stay. */
function protectMarkup(content: string): string {
  return content.replace(/[^&;#]+/g, protect)
}
