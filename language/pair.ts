/** The two languages that a run brings together, in the order in which pairs are written. */
import { z } from 'zod'

export const languageCode = z.string().regex(/^[a-z]{2,3}(-[a-z]+)*$/, 'is no language code such as ko')

export const languagePair = z
  .tuple([languageCode, languageCode])
  .refine(([left, right]) => left !== right, 'both are the same language')
  .default(['ko', 'en'])
  .describe('The two languages of the run as ISO 639-1 codes; the first is the left side of each pair.')

export type LanguagePair = z.output<typeof languagePair>

const englishNames = new Intl.DisplayNames(['en'], { type: 'language' })

/** Names looked up before: a look into Intl's tables takes longer than making the rest of an entry. */
const known = new Map<string, string>()

/** `ko` → `Korean`. */
export function languageName(language: string): string {
  const name = known.get(language) ?? englishNames.of(language) ?? language
  known.set(language, name)
  return name
}

/** The key of a language in the data set files: `korean`, `english`. */
export function languageKey(language: string): string {
  return languageName(language).toLowerCase()
}

let codes: ReadonlyMap<string, string> | undefined

/** The language of a key: `korean` → `ko`; of a language without a name in English the key is the code. */
export function languageOfKey(key: string): string {
  codes ??= new Map(possibleCodes().map((code) => [languageKey(code), code]))
  return codes.get(key) ?? key
}

/** Codes of two and three letters; where two mean one language (`he`, `iw`), the first of ISO 639-1 is the last here, and stays. */
function possibleCodes(): string[] {
  const letters = [...'zyxwvutsrqponmlkjihgfedcba']
  const two = letters.flatMap((first) => letters.map((second) => `${first}${second}`))
  return [...two.flatMap((start) => letters.map((third) => `${start}${third}`)), ...two]
}

/** The other language of the pair; undefined for a language that is not of the pair. */
export function mateLanguage([left, right]: LanguagePair, language: string): string | undefined {
  if (language === left) return right
  return language === right ? left : undefined
}
