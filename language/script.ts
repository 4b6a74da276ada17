/** Which language a word is of, by the script that it is written in. */

/** Scripts of CLDR that are several of Unicode's, or one under another name. */
const scriptsWithin: Readonly<Record<string, readonly string[]>> = {
  Jpan: ['Han', 'Hiragana', 'Katakana'],
  Kore: ['Hangul'],
  Hans: ['Han'],
  Hant: ['Han'],
}

/** A letter of the script that a language is mostly written in, by CLDR's likely subtags. Throws RangeError for what is no language code. */
function letterOf(language: string): RegExp {
  const script = new Intl.Locale(language).maximize().script ?? 'Latn'
  const within = scriptsWithin[script] ?? [script]
  return new RegExp(within.map((name) => `\\p{Script=${name}}`).join('|'), 'u')
}

/**
 * Tells by its letters which of two languages a word is of. Undefined for digits and signs, for letters of neither and for letters of
 * both: nothing tells German from English, nor one kanji of Japanese from Chinese.
 */
export function languageByLetters(languages: readonly [string, string]): (word: string) => string | undefined {
  const [left, right] = languages
  const [leftLetter, rightLetter] = [letterOf(left), letterOf(right)]
  return (word) => {
    const isLeft = leftLetter.test(word)
    if (isLeft === rightLetter.test(word)) return undefined
    return isLeft ? left : right
  }
}
