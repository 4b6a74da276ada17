/** Which side of the split each group of clusters is on: where it was before, or else where the dice fall. */
import { createHash } from 'node:crypto'
import type { Split } from '../../schemas/types.ts'

export interface Group {
  /** The smallest of its names. */
  readonly founder: string
  readonly clusters: number
  /** See isNamedByLetter. */
  readonly isNamedByLetter: boolean
  /** Groups of the run before to which one of its names belonged, sorted. */
  readonly earlier: readonly EarlierGroup[]
}

export interface EarlierGroup {
  readonly group: string
  readonly split: Split
}

export interface Side {
  readonly group: string
  readonly split: Split
  /** The groups of the run before that have become one; empty for all others. */
  readonly merged: readonly string[]
}

export interface SideSettings {
  readonly seed: number
  readonly valShare: number
  readonly testShare: number
  readonly maxHeldOutClusters: number
}

/** Hexadecimal digits of an identifier: 60 bits, a collision among 10 million has odds of 1 in 20,000. */
const identifierDigits = 15

/**
 * - A group none of whose names was there before is put by the hash of its founder; in train, which judges nothing, where it is
 *   too large or named by a letter.
 * - One with names of one earlier group stays on its side, whatever else has joined it or left it.
 * - One with names of several has become one out of several: it goes to train.
 * @param isTaken tells whether an identifier is that of an earlier group.
 */
export function sideOf(
  { founder, clusters, isNamedByLetter, earlier }: Group,
  isTaken: (group: string) => boolean,
  settings: SideSettings,
): Side {
  const [first, ...others] = earlier
  if (first === undefined) {
    let group = identifierOf(founder)
    while (isTaken(group)) group = identifierOf(group)
    const isTrained = isNamedByLetter || clusters > settings.maxHeldOutClusters
    const split = isTrained ? 'train' : drawn(group, settings)
    return { group, split, merged: [] }
  }
  if (others.length === 0) return { ...first, merged: [] }
  const merged = earlier.map(({ group }) => group)
  return { group: identifierOf([founder, ...merged].join('\t')), split: 'train', merged }
}

export function identifierOf(name: string): string {
  return digest(name).slice(0, identifierDigits)
}

/** Depends on the identifier and the seed alone, so that a group stays when others come and go. */
function drawn(group: string, { seed, valShare, testShare }: SideSettings): Split {
  const position = Number.parseInt(digest(`${seed}:${group}`).slice(0, 8), 16) / 2 ** 32
  if (position < testShare) return 'test'
  return position < testShare + valShare ? 'val' : 'train'
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
