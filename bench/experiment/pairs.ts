/** Korean-English pairs of the shared data, parted by clusters as the synonym splitter parts them. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { foldTitle } from '../../language/title.ts'
import { Components } from '../../services/08-synonym-splitter/components.ts'

/** Names of people (Wikidata), or common words (kengdic). */
export type PairKind = 'name' | 'word'
export type Side = 'train' | 'val' | 'test'

export interface Pair {
  readonly ko: string
  readonly en: string
  readonly kind: PairKind
}

export interface SplitPairs {
  readonly train: readonly Pair[]
  readonly val: readonly Pair[]
  readonly test: readonly Pair[]
}

const sources = [
  { file: 'wikidata-names.en-ko.tsv', kind: 'name', columns: ['en', 'ko'] },
  { file: 'kengdic-6000.short.ko-en.tsv', kind: 'word', columns: ['ko', 'en'] },
] as const

/** Share of the clusters in val, and in test. */
const heldOutShare = 0.05
const splitSeed = 1

/** The pairs of the folder's files, in their order; undefined where the folder has not got them. */
export function readPairs(folder: string): readonly Pair[] | undefined {
  if (!sources.every(({ file }) => existsSync(join(folder, file)))) return undefined
  return sources.flatMap(({ file, kind, columns }) =>
    readFileSync(join(folder, file), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line): Pair => {
        const [first = '', second = ''] = line.split('\t').map((cell) => cell.normalize('NFC').trim())
        return columns[0] === 'ko' ? { ko: first, en: second, kind } : { ko: second, en: first, kind }
      })
      .filter(({ ko, en }) => ko !== '' && en !== ''),
  )
}

/**
 * Parts the pairs 90/5/5. Pairs that share a folded surface in either language are one cluster, and a cluster is on one
 * side: no surface of val or test occurs in train.
 */
export function splitPairs(pairs: readonly Pair[]): SplitPairs {
  const clusters = new Components()
  for (const { ko, en } of pairs) clusters.join(koreanName(ko), englishName(en))
  const smallest = clusters.smallestNames()
  const sides: Record<Side, Pair[]> = { train: [], val: [], test: [] }
  for (const pair of pairs) sides[sideOf(smallest.get(koreanName(pair.ko))!)].push(pair)
  return sides
}

/** So many pairs by the order of their hashes: the same ones for every seed of the training. */
export function samplePairs(pairs: readonly Pair[], wanted: number): readonly Pair[] {
  return pairs
    .map((pair) => ({ pair, order: digest(`${pair.ko}\t${pair.en}`) }))
    .sort((a, b) => (a.order < b.order ? -1 : 1))
    .slice(0, wanted)
    .map(({ pair }) => pair)
}

export function koreanName(surface: string): string {
  return `ko:${foldTitle(surface)}`
}

export function englishName(surface: string): string {
  return `en:${foldTitle(surface)}`
}

function sideOf(cluster: string): Side {
  const position = Number.parseInt(digest(`${splitSeed}:${cluster}`).slice(0, 8), 16) / 2 ** 32
  if (position < heldOutShare) return 'test'
  return position < 2 * heldOutShare ? 'val' : 'train'
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
