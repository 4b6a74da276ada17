/** The two sides of a synonym pair, and the key under which pairs are one. */
import type { Term } from '../schemas/types.ts'
import { foldTitle, splitQualifier } from './title.ts'

/** A term from a name that may carry a qualifier: `금성 (행성)` is 금성 with the domain 행성. */
export function termOf(language: string, name: string, title: string): Term {
  const { name: surface, qualifier } = splitQualifier(name)
  return { language, surface: surface.normalize('NFC').trim(), title, domain: qualifier ?? null }
}

/** Tab between the folded sides: no folded name holds one. */
export function pairKeyOf(left: Term, right: Term): string {
  return `${foldTitle(left.surface)}\t${foldTitle(right.surface)}`
}
