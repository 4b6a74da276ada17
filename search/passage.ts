/** A passage: the stretch of a text that is trained on, searched and judged. */

/** The beginning of a text on one line, at most `characters` UTF-16 units, cut at a space where there is one. */
export function passageOf(text: string, characters: number): string {
  const flat = text.replace(/\s+/gu, ' ').trim()
  if (flat.length <= characters) return flat
  const cut = flat.lastIndexOf(' ', characters)
  return flat.slice(0, cut > 0 ? cut : characters)
}
