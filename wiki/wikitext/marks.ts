/**
 * Characters that stand for something while markup is being read: Unicode's noncharacters U+FDD0…U+FDEF, which no
 * text may contain. They are taken out of the source first, so none can be smuggled in.
 */
const firstMark = 0xfdd0
/** Characters with a meaning in wikitext, protected where the source says that they have none (nowiki, entities). */
const special = '<>[]{}\'|=*#:;&_~-"'
const protectedBy = new Map([...special].map((char, i) => [char, String.fromCharCode(firstMark + i)]))
const original = new Map([...protectedBy].map(([char, mark]) => [mark, char]))

/** `<open> language <middle> text <close>`: text in another language, as templates such as `{{lang}}` say. */
export const glossOpen = '\ufde8'
export const glossMiddle = '\ufde9'
export const glossClose = '\ufdea'

const anyMark = /[\ufdd0-\ufdef]/g
const anyProtected = /[\ufdd0-\ufde7]/g
const glossStart = /\ufde8[^\ufde8-\ufdea]{0,40}\ufde9/g
const glossRest = /[\ufde8-\ufdea]/g

export function withoutMarks(text: string): string {
  return text.replace(anyMark, '')
}

/** The text with the characters that have a meaning in wikitext replaced by marks. */
export function protect(text: string): string {
  return text.replace(/[<>[\]{}'|=*#:;&_~"-]/g, (char) => protectedBy.get(char) ?? char)
}

/** The text with protected characters as themselves again. */
export function unprotect(text: string): string {
  return text.replace(anyProtected, (mark) => original.get(mark) ?? '')
}

export function gloss(language: string, text: string): string {
  return text === '' ? '' : `${glossOpen}${language}${glossMiddle}${text}${glossClose}`
}

export function withoutGlossMarks(text: string): string {
  return text.includes(glossClose) || text.includes(glossOpen)
    ? text.replace(glossStart, '').replace(glossRest, '')
    : text
}
