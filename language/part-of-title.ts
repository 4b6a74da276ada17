/** Texts that are taken from a title and yet name something else. All rules are about form, and were found on real pages. */
import { foldTitle } from './title.ts'

/** `Cain and Abel`, `Hansel & Gretel`, 카인과 아벨, 음식 및 음료. */
const joints = /\s+(?:and|&)\s+|(?<=\p{Script=Hangul})[와과]\s+|\s+및\s+/iu

/** `Abel` is no name of `Cain and Abel`. The first of two may be: `Bosnia` and `Trinidad` are said for the whole. */
export function isSecondOfTwo(name: string, title: string): boolean {
  const [, second, third] = title.split(joints)
  return second !== undefined && third === undefined && foldTitle(second) === foldTitle(name)
}

/** In lower case, by its end: `prime` and `rugby` may stand for Prime number and Rugby football. */
const adjective = /^\p{Ll}+(?:al|ant|ary|ent|ic|ive|ous)$/u

/** `covalent` says what sort of bond a `Covalent bond` is. `Ottoman` and `Haines` (Ottoman Empire; Haines, Alaska) are names. */
export function onlyDescribes(name: string, title: string): boolean {
  return adjective.test(name) && title.toLowerCase().startsWith(`${name} `)
}

/** `Al Gore/Criticisms`: a subpage, as early Wikipedias had them; `TCP/IP`, `km/h` and `Input/output` are names. */
export function isSubpage(name: string, title: string): boolean {
  return !title.includes('/') && /\p{Ll}[^/]*\/\p{Lu}\p{Ll}/u.test(name)
}

/** `abacuses` and `Alkali metals`, of names that somebody has marked as names: `clothes` is one of `Clothing`. */
export function isPluralOf(name: string, title: string): boolean {
  const [plural, singular] = [name.toLowerCase(), title.toLowerCase()]
  return plural === `${singular}s` || plural === `${singular}es` || plural === singular.replace(/(?<![aeiou])y$/, 'ies')
}
