/** Languages whose wikis show one text in several scripts or variants. Source: MediaWiki's LanguageConverterFactory. */
const convertedLanguages = new Set(
  'ban crh gan iu kk ku mni sh shi sr tg tly uz wuu zgh zh zh-classical zh-yue yue'.split(' '),
)

export function hasConversion(language: string): boolean {
  return convertedLanguages.has(language)
}

const longest = 1000
const hidden = /[HTD-]/

/**
 * What `-{…}-` shows of `text[from, to)`, where `from` is just past `-{` : its first variant, or all of it where it has none; with
 * the offset past its end. Undefined where it has no end within 1,000 characters. Syntax: `-{flags|code:text;code:text}-`.
 */
export function conversionAt(
  text: string,
  from: number,
  to: number,
): { readonly from: number; readonly to: number; readonly past: number } | undefined {
  const close = text.slice(from, Math.min(to, from + longest)).indexOf('}-')
  if (close < 0) return undefined
  const end = from + close
  const past = end + 2
  const [flags] = /^[A-Za-z;\s-]{0,12}\|/.exec(text.slice(from, Math.min(end, from + 13))) ?? ['']
  if (flags !== '' && hidden.test(flags)) return { from: end, to: end, past }
  const start = from + flags.length
  const [variant] = /^\s*[a-z]{2,3}(?:-[a-z]{2,8})?\s*:/.exec(text.slice(start, Math.min(end, start + 20))) ?? []
  if (variant === undefined) return { from: start, to: end, past }
  const semicolon = text.indexOf(';', start)
  return { from: start + variant.length, to: semicolon < 0 || semicolon > end ? end : semicolon, past }
}
