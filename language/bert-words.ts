/** Text to words exactly as BertNormalizer and BertPreTokenizer do it with strip_accents false and lowercase true. */
import { lowerCase } from './letters.ts'

/** Tab and line ends part words; every other control, format and private-use character vanishes. */
const vanishing = /(?![\t\n\r])[\p{Cc}\p{Cf}\p{Co}\p{Cs}\uFFFD]/gu
/** The ideograph blocks that BERT sets apart; kana and Hangul are not among them. */
const ideographs =
  /[\u3400-\u4DBF\u4E00-\u9FFF\uF900-\uFAFF\u{20000}-\u{2A6DF}\u{2A700}-\u{2B81F}\u{2B920}-\u{2CEAF}\u{2F800}-\u{2FA1F}]/gu
const wordOrMark = /[^\s\p{P}!-/:-@[-`{-~]+|[\p{P}!-/:-@[-`{-~]/gu
const alone = new RegExp(`^(?:${ideographs.source}|[\\p{P}!-/:-@[-\`{-~])$`, 'u')
const supplementaryIdeographs = /[\u{20000}-\u{2A6DF}\u{2A700}-\u{2B81F}\u{2B920}-\u{2CEAF}\u{2F800}-\u{2FA1F}]/gu

/** Lower-case words, and each punctuation mark and each ideograph as a word of its own. */
export function bertWords(text: string): string[] {
  return lowerCase(text.replace(vanishing, '').replace(ideographs, ' $& ')).match(wordOrMark) ?? []
}

/** Whether a character is always a word of its own, so that it needs no `##` form. */
export function standsAlone(character: string): boolean {
  return alone.test(character)
}

/**
 * Takes out the two differences between the JavaScript and the Rust tokenizers: JavaScript does not set ideographs
 * beyond U+FFFF apart (it walks UTF-16 units) and writes a final sigma. Changes nothing for Rust's.
 */
export function alignedWithRust(text: string): string {
  return withIdeographsApart(text).replaceAll('Σ', 'σ')
}

/** The first of the two alone, for a tokenizer that keeps capitals. */
export function withIdeographsApart(text: string): string {
  return text.replace(supplementaryIdeographs, ' $& ')
}
