/** Tokens for lexical search, the same for queries and documents and for both languages. */
import { foldWidth, lowerCase } from './letters.ts'

export type Tokenize = (text: string) => string[]

const unspaced = '\\p{Script=Hangul}\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}'
const wordPattern = /[\p{L}\p{M}\p{N}]+/gu
const runPattern = new RegExp(`[${unspaced}]+|[^${unspaced}]+`, 'gu')
const unspacedStart = new RegExp(`^[${unspaced}]`, 'u')

/** Runs of letters, marks and digits, NFC, one width, lower case. */
export const words: Tokenize = (text) => lowerCase(foldWidth(text.normalize('NFC'))).match(wordPattern) ?? []

/**
 * Overlapping pairs of neighbouring characters inside Hangul, Han and kana words (a lone character stays one), and
 * whole words elsewhere, as Lucene's CJKBigramFilter does: 서울대학교 → 서울 울대 대학 학교.
 */
export const bigrams: Tokenize = (text) => {
  const tokens: string[] = []
  for (const word of words(text)) addBigrams(word, tokens)
  return tokens
}

/** The scripts above begin at U+1100, the Hangul jamo. */
const mayBeUnspaced = /[\u1100-\uFFFF]/
const syllablesOnly = /^[\uAC00-\uD7A3]{2,}$/

/** Most words of the two languages are told by a look at their letters' numbers, many times as fast as by their scripts. */
function addBigrams(word: string, tokens: string[]): void {
  if (!mayBeUnspaced.test(word)) tokens.push(word)
  else if (syllablesOnly.test(word)) for (let at = 1; at < word.length; at++) tokens.push(word.slice(at - 1, at + 1))
  else tokens.push(...bigramsOfRuns(word))
}

function bigramsOfRuns(word: string): string[] {
  return (word.match(runPattern) ?? []).flatMap((run) => {
    if (!unspacedStart.test(run)) return [run]
    const characters = [...run]
    if (characters.length === 1) return [run]
    return characters.slice(1).map((character, at) => `${characters[at]}${character}`)
  })
}
