/** How many links there are of one text to one page. It follows from the links alone, in whichever order they are counted and taken back. */
import type { AnchorCount } from '../../schemas/types.ts'
import { type Evidence, noEvidence, withLink, withoutLink } from './evidence.ts'

export interface Tally {
  readonly language: string
  readonly count: number
  /** Links by the text as written. No plain object: a text may be `constructor` or `__proto__`. */
  readonly surfaces: readonly (readonly [surface: string, count: number])[]
  readonly evidence: Evidence
}

export function withAnchor(tally: Tally | undefined, anchor: AnchorCount): Tally {
  const { language, count, surfaces, evidence } = tally ?? emptyTally(anchor)
  return {
    language,
    count: count + anchor.count,
    surfaces: counted(surfaces, anchor.surface, anchor.count),
    evidence: withLink(evidence, anchor),
  }
}

export function withoutAnchor(tally: Tally | undefined, anchor: AnchorCount): Tally {
  const { language, count, surfaces, evidence } = tally ?? emptyTally(anchor)
  return {
    language,
    count: count - anchor.count,
    surfaces: counted(surfaces, anchor.surface, -anchor.count),
    evidence: withoutLink(evidence, anchor),
  }
}

export function mostUsed({ surfaces }: Tally): string {
  const [first] = surfaces.toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
  return first?.[0] ?? ''
}

function emptyTally({ language }: AnchorCount): Tally {
  return { language, count: 0, surfaces: [], evidence: noEvidence }
}

function counted(surfaces: Tally['surfaces'], surface: string, by: number): Tally['surfaces'] {
  const at = surfaces.findIndex(([known]) => known === surface)
  if (at < 0) return [...surfaces, [surface, by]]
  const count = surfaces[at]![1] + by
  return count === 0 ? surfaces.toSpliced(at, 1) : surfaces.with(at, [surface, count])
}
