/**
 * The postings of one term in one segment, as they lie in the file:
 *
 *   u32 × 16  of a long list only: where each window of 4,096 documents ends in it
 *   u32 × 16  of a long list only: the highest impact of each window
 *   u32 × n   impacts, tf / (tf + norm) of each document, in units of 2⁻²¹
 *   u16 × n   documents of the segment, rising; then up to 2 bytes to a multiple of 4
 *
 * How rare a term is comes in when it is looked for, for that changes with each document of the collection. Both are whole units, which make
 * sums exact up to a score of 2¹⁴: a score does not hang on the order in which its terms are added up.
 */
export const segmentDocuments = 1 << 16
export const windowDocuments = 1 << 12
export const windowsPerSegment = segmentDocuments / windowDocuments
export const impactUnit = 2 ** -21
/** Of what an inverse frequency is rounded to. */
export const rarityUnit = 2 ** -18
/** A rarity in those units. A term that all documents hold still tells them from those that share none. */
export function wholeRarity(rarity: number): number {
  return Math.max(1, Math.round(rarity / rarityUnit))
}

/** Shorter ones are gone through faster than their windows are looked up. */
const longList = 256
const tableBytes = 8 * windowsPerSegment

export interface PostingList {
  readonly docs: Uint16Array
  readonly impacts: Uint32Array
  /** Of a long list. */
  readonly windowEnds: Uint32Array | undefined
  readonly windowMaxima: Uint32Array | undefined
}

/** @param count ≥ 1. */
export function listBytes(count: number): number {
  return (count >= longList ? tableBytes : 0) + 4 * count + 4 * ((count + 1) >> 1)
}

/** A view of the bytes, which are to start at a multiple of 4 in their buffer. */
export function listOf({ buffer, byteOffset }: Uint8Array, count: number): PostingList {
  const isLong = count >= longList
  const impactsAt = byteOffset + (isLong ? tableBytes : 0)
  return {
    docs: new Uint16Array(buffer, impactsAt + 4 * count, count),
    impacts: new Uint32Array(buffer, impactsAt, count),
    windowEnds: isLong ? new Uint32Array(buffer, byteOffset, windowsPerSegment) : undefined,
    windowMaxima: isLong ? new Uint32Array(buffer, byteOffset + tableBytes / 2, windowsPerSegment) : undefined,
  }
}

/** The impact on a document of the segment; 0 where it is not in the list. */
export function impactOn(doc: number, { docs, impacts }: PostingList): number {
  let [low, high] = [0, docs.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (docs[middle]! < doc) low = middle + 1
    else high = middle
  }
  return docs[low] === doc ? impacts[low]! : 0
}

/** Fills the table of windows from the documents and impacts that are there; returns the highest impact. */
export function completeList({ docs, impacts, windowEnds, windowMaxima }: PostingList): number {
  let highest = 0
  for (let at = 0; at < docs.length; at++) highest = Math.max(highest, impacts[at]!)
  if (windowEnds === undefined || windowMaxima === undefined) return highest
  let at = 0
  for (let window = 0; window < windowsPerSegment; window++) {
    let best = 0
    for (; at < docs.length && docs[at]! < (window + 1) * windowDocuments; at++) best = Math.max(best, impacts[at]!)
    windowEnds[window] = at
    windowMaxima[window] = best
  }
  return highest
}
