import type { Part } from './parameters.ts'

/** Where the brackets of wikitext end, found in one pass: the offset past the close for each open, 0 for none. */
export type BracketEnds = Int32Array

const openBrace = 0x7b
const closeBrace = 0x7d
const openSquare = 0x5b
const closeSquare = 0x5d
const pipe = 0x7c

type Kind = 'template' | 'link' | 'table'

/**
 * Pairs `{{ }}`, `[[ ]]` and `{| |}` with a stack, in linear time whatever is left open. A close that does not fit
 * the innermost open one drops what was opened inside and never closed; `]]` does not reach out of a template. The
 * end of a parameter `{{{…}}}` is past the second of its closing braces.
 */
export function pairBrackets(text: string): BracketEnds {
  const ends = new Int32Array(text.length)
  const stack: { kind: Kind; at: number }[] = []
  const open: Record<Kind, number> = { template: 0, link: 0, table: 0 }
  const push = (kind: Kind, at: number) => {
    stack.push({ kind, at })
    open[kind]++
  }
  /** Returns where it opened, or -1. */
  const closeInnermost = (kind: Kind, end: number): number => {
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      open[top.kind]--
      if (top.kind !== kind) continue
      ends[top.at] = end
      return top.at
    }
    return -1
  }
  let i = 0
  while (i < text.length) {
    const code = text.charCodeAt(i)
    const next = text.charCodeAt(i + 1)
    if (code === openBrace && next === openBrace) {
      push('template', i)
      i += 2
    } else if (code === openBrace && next === pipe && startsLine(text, i)) {
      push('table', i)
      i += 2
    } else if (code === openSquare && next === openSquare) {
      push('link', i)
      i += 2
    } else if (code === pipe && next === closeBrace && open.table > 0 && startsLine(text, i)) {
      // `|}}` ends a template's last, empty parameter, unless a table was opened inside that template.
      const endsTemplate = text.charCodeAt(i + 2) === closeBrace && innermost(stack) === 'template'
      if (endsTemplate) i++
      else {
        closeInnermost('table', i + 2)
        i += 2
      }
    } else if (code === closeBrace && next === closeBrace && open.template > 0) {
      const at = closeInnermost('template', i + 2)
      // The third brace of a parameter `{{{…}}}` is no half of another close.
      const isParameter = text.charCodeAt(at + 2) === openBrace && text.charCodeAt(i + 2) === closeBrace
      i += isParameter ? 3 : 2
    } else if (code === closeSquare && next === closeSquare && innermost(stack) === 'link') {
      closeInnermost('link', i + 2)
      i += 2
    } else i++
  }
  return ends
}

/** The innermost open bracket that is no table: a table in a link or template is closed by itself or not at all. */
function innermost(stack: readonly { kind: Kind }[]): Kind | undefined {
  return stack.at(-1)?.kind
}

/** True where only spaces, `:` and list marks stand before `at` on its line (at most 100 of them). */
function startsLine(text: string, at: number): boolean {
  for (let i = at - 1; i >= 0 && at - i < 100; i--) {
    const code = text.charCodeAt(i)
    if (code === 0x0a) return true
    if (code !== 0x20 && code !== 0x3a && code !== 0x2a && code !== 0x23) return false
  }
  return at < 100
}

/** The parts of `text[from, to)` between pipes that lie outside of brackets. */
export function partsBetweenPipes(text: string, ends: BracketEnds, from: number, to: number): Part[] {
  const parts: Part[] = []
  let partFrom = from
  let equals = -1
  let i = from
  while (i < to) {
    const end = ends[i] ?? 0
    if (end > i && end <= to) {
      i = end
      continue
    }
    const code = text.charCodeAt(i)
    if (code === pipe) {
      parts.push({ from: partFrom, to: i, equals })
      partFrom = i + 1
      equals = -1
    } else if (code === 0x3d && equals < 0) equals = i
    i++
  }
  parts.push({ from: partFrom, to, equals })
  return parts
}
