/** Page titles and names: the key under which two spellings are one, the qualifier in brackets, the form to show. */
import { foldWidth, lowerCase } from './letters.ts'

/** A title taken apart: `Mercury (planet)` is the name `Mercury` with the qualifier `planet`. */
export interface QualifiedName {
  readonly name: string
  readonly qualifier?: string
}

const apostrophes = /['\u2018\u2019\u02BC\u2032`\u00B4]/gu
/** `U.S.` and `Node.js` are one word each; the point of `3.14` parts two numbers. */
const pointsAfterLetters = /(?<=\p{L}\p{M}*)\./gu
/** `#`, `%`, `&`, `*`, `@` stay, as do all symbols (`+`, `$`): C, C# and C++ are three languages. */
const separators = /[\p{Z}\s\p{Pd}\p{Pc}\p{Ps}\p{Pe}\p{Pi}\p{Pf}]|(?![#%&*@])\p{Po}/gu
/** Spacing of Korean compounds is free (인공 지능, 인공지능), so a space beside a syllable or an ideograph says nothing. */
const freeSpaces =
  / (?=[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])|(?<=[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]) /gu

/**
 * Titles of MediaWiki have 255 bytes at most. What is longer is no name, and the patterns below, which take the square of a
 * text's length at worst, must not be let loose on a megabyte that somebody has put between two brackets.
 */
const longestName = 1_024

/** The beginning, without half a character at its end. */
function bounded(text: string): string {
  return text.length <= longestName ? text : text.slice(0, longestName).replace(/[\uD800-\uDBFF]$/, '')
}

/**
 * The key of a name: NFC, one width, lower case, hyphens, underscores and punctuation as spaces, no spaces beside Hangul
 * or Han. A name of punctuation only keeps it (`!!!`). Idempotent. The qualifier stays: see `splitQualifier`.
 */
export function foldTitle(title: string): string {
  // Some dumps carry decomposed jamo: without NFC one Korean title becomes two keys.
  const lower = lowerCase(foldWidth(bounded(title).normalize('NFC')))
    .replaceAll('ς', 'σ')
    .replaceAll('_', ' ')
    .normalize('NFC')
  const folded = collapse(lower.replace(apostrophes, '').replace(pointsAfterLetters, '').replace(separators, ' '))
  return withoutFreeSpaces(folded || collapse(lower))
}

/** A mark that loses its space joins the letter before it, which may free the next space. */
function withoutFreeSpaces(text: string): string {
  const closer = text.replace(freeSpaces, '').normalize('NFC')
  return closer === text ? text : withoutFreeSpaces(closer)
}

/**
 * Parts the trailing `(…)` from the name, full-width brackets too. MediaWiki's custom is a space before the bracket, so
 * `f(x)` is a name; a title that is nothing but a bracket is a name as well.
 */
export function splitQualifier(title: string): QualifiedName {
  if (title.length > longestName) return { name: title }
  const match = /^(.*\S)[\s_]+[(（]([^()（）]+)[)）][\s_]*$/su.exec(title)
  const name = match?.[1]?.replace(/[\s_]+$/u, '')
  const qualifier = match?.[2]?.trim()
  return name && qualifier ? { name, qualifier } : { name: title }
}

function collapse(text: string): string {
  return text.replace(/[\p{Z}\s]+/gu, ' ').trim()
}
