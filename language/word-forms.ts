/** Light stems for dictionary look-up: enough to find 갔다 under 가다 and "stories" under "story", no morphology. */
import { bigrams, type Tokenize, words } from './tokens.ts'

const hangul = /\p{Script=Hangul}/u

/** Inflection and what it leaves; the first that matches counts. */
const englishSuffixes: readonly (readonly [pattern: RegExp, base: string])[] = [
  [/^(.{3,})ing$/, '$1'],
  [/^(.{3,})ed$/, '$1'],
  [/^(.{2,})ies$/, '$1y'],
  [/^(.{2,}(?:s|x|sh|ch))es$/, '$1'],
  [/^(.{2,}[^su])s$/, '$1'],
]

/** English inflections cut off: stories → story, walked and walking → walk, closes and close → clos. Not always a word. */
export function englishStem(word: string): string {
  const [suffix, left] = englishSuffixes.find(([pattern]) => pattern.test(word)) ?? [/^$/, '']
  const base = word.replace(suffix, left).replace(/^(.{3,})e$/, '$1')
  return base.length > 3 ? base.replace(/([bdgklmnprt])\1$/, '$1') : base
}

/** What stays of a verb or adjective in citation form when it is inflected: 가능하다 → 가능, 먹다 → 먹. */
export function koreanRoot(term: string): string {
  return term.replace(/(?<=[가-힣]{2})(?:하다|되다)$/u, '').replace(/(?<=[가-힣])다$/u, '')
}

/**
 * The beginnings of a word in jamo, longest first, at least a lead and a vowel: an inflected noun or verb begins with its
 * stem, but not always at a syllable's end (갔다 = 가 + ㅆ다).
 */
export function jamoBeginnings(jamo: string): string[] {
  const longest = hangul.test(jamo) ? jamo.length - 1 : 0
  return Array.from({ length: Math.max(0, longest - 1) }, (_, at) => jamo.slice(0, longest - at))
}

/** Words as their English stems; words of other scripts unchanged. */
export const stems: Tokenize = (text) => words(text).map((word) => (/^[a-z]+$/.test(word) ? englishStem(word) : word))

/** Bigrams and single syllables: one-syllable roots (먹, 책) have no bigram. */
export const syllables: Tokenize = (text) => [
  ...bigrams(text),
  ...words(text).flatMap((word) => Array.from(word).filter((character) => hangul.test(character))),
]
