/** What a text is written in, and the case and width of its letters, by Unicode's own tables. */

export type Script = 'hangul' | 'latin' | 'han' | 'mixed' | 'other'

/**
 * Lower case code point by code point. `String.toLowerCase` looks at the neighbours of a Greek sigma, so the same word
 * gets two keys, and Rust's tokenizers (OpenSearch, Hugging Face) do not look.
 */
export function lowerCase(text: string): string {
  return text.includes('Σ') ? text.replaceAll('Σ', 'σ').toLowerCase() : text.toLowerCase()
}

/** Full-width Latin and half-width kana and jamo in their usual width; NFKC elsewhere would turn `x²` into `x2`. */
export function foldWidth(text: string): string {
  return text.replace(/[\u3000\uFF00-\uFFEF]+/g, (run) => run.normalize('NFKC'))
}

/** The script of the letters; digits, spaces and marks have none. `other` for no letters or one script not named here. */
export function scriptOf(text: string): Script {
  const hangul = /\p{Script=Hangul}/u.test(text)
  const latin = /\p{Script=Latin}/u.test(text)
  const han = /\p{Script=Han}/u.test(text)
  const foreign =
    /(?=\p{L})[^\p{Script=Hangul}\p{Script=Latin}\p{Script=Han}\p{Script=Common}\p{Script=Inherited}]/u.test(text)
  if (Number(hangul) + Number(latin) + Number(han) + Number(foreign) > 1) return 'mixed'
  if (hangul) return 'hangul'
  if (latin) return 'latin'
  return han ? 'han' : 'other'
}
