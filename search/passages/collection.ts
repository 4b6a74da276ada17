/**
 * What BM25 knows of a collection as a whole, on a grid so coarse that a few documents more or less seldom change it: then the scores of all
 * others stay to the bit as they were, and only what has changed needs looking at. See docs/decisions/0021.
 */
import { inverseFrequency, meanLengthOf } from '../bm25-formula.ts'

/** From one step to the next. Each document added or gone moves some 1 / (step − 1) others for each term that it has, however frequent. */
export const gridSteps = { documents: 2, holders: 4, meanLength: 2 } as const

export interface CollectionSize {
  readonly documents: number
  /** Of all documents together. */
  readonly tokens: number
}

/** The nearest power of `step`, by its logarithm, of two as near the greater; 0 stays 0. */
export function onGrid(value: number, step: number): number {
  if (value <= 0) return 0
  let power = 1
  // Without logarithms, which are not the same to the last bit everywhere.
  while (value * value >= power * power * step) power *= step
  while (value * value * step < power * power) power /= step
  return power
}

export function meanLengthOnGrid({ documents, tokens }: CollectionSize): number {
  return onGrid(meanLengthOf(documents, tokens), gridSteps.meanLength)
}

/** Whether two sizes give each term and each document the same weight, as long as the term has the same holders. */
export function isSameGrid(a: CollectionSize, b: CollectionSize): boolean {
  const documents = ({ documents }: CollectionSize) => onGrid(documents, gridSteps.documents)
  return documents(a) === documents(b) && meanLengthOnGrid(a) === meanLengthOnGrid(b)
}

/** > 0. @param holders documents that hold the term. */
export function rarityOnGrid({ documents }: Pick<CollectionSize, 'documents'>, holders: number): number {
  const all = onGrid(documents, gridSteps.documents)
  return inverseFrequency(all, Math.min(all, onGrid(holders, gridSteps.holders)))
}
