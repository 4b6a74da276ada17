/** The two languages that a run brings together, in the order in which pairs are written. */
import { z } from 'zod'

export const languagePair = z
  .tuple([z.string(), z.string()])
  .default(['ko', 'en'])
  .describe('The two languages of the run as ISO 639-1 codes; the first is the left side of each pair.')

export type LanguagePair = z.output<typeof languagePair>

const englishNames = new Intl.DisplayNames(['en'], { type: 'language' })

/** The key of a language in the data set files: `korean`, `english`. */
export function languageKey(language: string): string {
  return (englishNames.of(language) ?? language).toLowerCase()
}

/** The other language of the pair; undefined for a language that is not of the pair. */
export function mateLanguage([left, right]: LanguagePair, language: string): string | undefined {
  if (language === left) return right
  return language === right ? left : undefined
}
