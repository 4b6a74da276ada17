/** Korean morphemes as tokens of lexical search, without those that only hold a sentence together. */
import { foldWidth, lowerCase } from './letters.ts'
import type { MorphemeAnalyser } from './morphemes.ts'
import { type Tokenize, words } from './tokens.ts'

const hangul = /\p{Script=Hangul}/u

/**
 * Particles, endings, affixes, interjections, adverbs, determiners and signs, as Lucene's nori drops them by default
 * (KoreanPartOfSpeechStopFilter, DEFAULT_STOP_TAGS).
 */
const dropped = /^(?:E[A-Z]*|IC|J[A-Z]*|MAG|MAJ|MM|SP|SSC|SSO|SC|SE|SF|SY|XPN|XSA|XSN|XSV|UNA|NA|VSV)$/

/** Words of Korean as their morphemes, others whole; lower case, NFC, one width. A compound's tag is that of its first part. */
export function contentMorphemes(analyser: MorphemeAnalyser): Tokenize {
  return (text) => {
    const folded = lowerCase(foldWidth(text.normalize('NFC')))
    if (!hangul.test(folded)) return words(folded)
    const morphemes = analyser.morphemesOf(folded)
    const kept = morphemes.filter(({ tag }) => !dropped.test(tag.split('+')[0] ?? ''))
    return kept.flatMap(({ text: morpheme }) => words(morpheme))
  }
}
