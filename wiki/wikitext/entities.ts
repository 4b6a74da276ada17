import { characterEntities } from 'character-entities'
import { protect } from './marks.ts'

/** The one or two characters of HTML 5's entity of that name, without `&` and `;`; tabs and line ends are spaces. */
function charactersOf(name: string): string | undefined {
  return Object.hasOwn(characterEntities, name) ? characterEntities[name]?.replace(/[\n\t]/, ' ') : undefined
}

/** The same as a number: the code point, or 65,536 times that of the second character with that of the first; 0 for none. */
export function entityCode(name: string): number {
  const [first = 0, second = 0] = Array.from(charactersOf(name) ?? '', (character) => character.codePointAt(0))
  return first + second * 0x10000
}

/** Replaces HTML's character references; characters that mean something in wikitext come out protected. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(
    /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,30}));/g,
    (whole, decimal, hex, name) => {
      if (name !== undefined) return protect(charactersOf(name) ?? whole)
      const codePoint = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)
      const isText = codePoint >= 0x20 && codePoint <= 0x10ffff && (codePoint < 0xd800 || codePoint > 0xdfff)
      // Noncharacters are the marks of the reader and no text.
      return isText && (codePoint < 0xfdd0 || codePoint > 0xfdef) && (codePoint & 0xfffe) !== 0xfffe
        ? protect(String.fromCodePoint(codePoint))
        : ' '
    },
  )
}
