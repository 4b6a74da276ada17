/** The two sides of a synonym pair, and the key under which pairs are one. */
import { foldTitle, splitQualifier } from './title.ts'

export interface Term {
  readonly language: string
  readonly surface: string
  /** Title of the page behind the term; empty for a term of an existing list. */
  readonly title: string
  readonly domain: string | null
}

/** A term from a name that may carry a qualifier: `금성 (행성)` is 금성 with the domain 행성. */
export function termOf(language: string, name: string, title: string): Term {
  const { name: surface, qualifier } = splitQualifier(name)
  return { language, surface: surface.normalize('NFC').trim(), title, domain: qualifier ?? null }
}

/** Tab between the folded sides: no folded name holds one. */
export function pairKeyOf(left: Term, right: Term): string {
  return `${foldTitle(left.surface)}\t${foldTitle(right.surface)}`
}
