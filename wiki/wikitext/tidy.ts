import { unprotect, withoutGlossMarks } from './marks.ts'

const separators = new Set(' \t,;:·/、，；|')
const emptyBrackets = /[(（][\s,;:·/、，；|]*[)）]/g

/**
 * A line of prose as a person would have typed it: no gloss marks, brackets that lost their content gone or mended,
 * one space between words, no mark of markup left that has no partner. Protected characters come back last.
 */
export function tidyLine(line: string): string {
  let text = withoutGlossMarks(line)
    .replace(/[\u00ad\u200b\u200e\u200f\u2060\ufeff]/g, '')
    .replace(/[ \t\u00a0\u2002-\u200a\u202f\u3000]+/g, ' ')
  text = mendBrackets(text)
    .replace(/([,;、])(?: *[,;、])+/g, '$1')
    .replace(/ (?=[,.;:!?)\]）」』》〉”](?:\s|$))/g, '')
    .replace(/[ ,;]+([)）])/g, '$1')
    .replace(/([(（])[ ,;]+/g, '$1')
    .replace(/ {2,}/g, ' ')
  return unprotect(withoutOrphans(text)).trim()
}

function mendBrackets(line: string): string {
  if (!/[(（]/.test(line)) return line
  let text = line
  // Brackets within brackets empty from the inside; four rounds are more than any page has.
  for (let round = 0; round < 4; round++) {
    const mended = text.replace(emptyBrackets, '')
    if (mended === text) break
    text = mended
  }
  // ( ; Berlin , ) → (Berlin)
  return text.replace(/[(（][^()（）]*[)）]/g, (bracket) => {
    let from = 1
    let to = bracket.length - 1
    while (from < to && separators.has(bracket[from] ?? '')) from++
    while (to > from && separators.has(bracket[to - 1] ?? '')) to--
    return `${bracket[0]}${bracket.slice(from, to)}${bracket.at(-1)}`
  })
}

/** Runs of brackets and quotes that markup left without a partner. */
function withoutOrphans(text: string): string {
  if (!/\{[{|]|\}\}|\|\}|\[\[|\]\]|'''|~~~|<(?:ref|!--)/i.test(text)) return text
  return text
    .replace(/<(?:ref|!--)/gi, '')
    .replace(/\{\|+|\|+\}/g, '')
    .replace(/\{{2,}|\}{2,}|\[{2,}|\]{2,}|~{3,}/g, '')
    .replace(/'{3,}/g, "'")
}
