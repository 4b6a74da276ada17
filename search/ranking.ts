/** The best k of many scored documents, with one order for everybody: higher score first, then the earlier document. */

export interface Hit {
  /** Position of the document in the order of indexing. */
  readonly doc: number
  readonly score: number
}

/** Says that a document may not be among the hits. */
export type Exclude = (doc: number) => boolean

export interface SearchOptions {
  /** Documents that may not be among the hits. */
  readonly exclude?: Exclude
}

/**
 * The k best of `docs` by `scores[doc]`, best first; ties go to the lower document number, whatever the order of `docs`.
 * `exclude` is asked only about documents that would enter the list, so it may be costly. O(n log k).
 */
export function topHits(docs: Iterable<number>, scores: ArrayLike<number>, k: number, exclude?: Exclude): Hit[] {
  const heap: Hit[] = []
  for (const doc of docs) {
    const hit = { doc, score: scores[doc] ?? 0 }
    const full = heap.length === k
    if (k <= 0 || (full && !isBetter(hit, heap[0]!)) || exclude?.(doc)) continue
    if (full) heap[0] = hit
    else heap.push(hit)
    if (full) siftDown(heap)
    else siftUp(heap)
  }
  return heap.sort((a, b) => (isBetter(a, b) ? -1 : 1))
}

function isBetter(a: Hit, b: Hit): boolean {
  return a.score > b.score || (a.score === b.score && a.doc < b.doc)
}

/** The root is the worst of the kept hits. */
function siftUp(heap: Hit[]): void {
  let at = heap.length - 1
  while (at > 0) {
    const parent = (at - 1) >> 1
    if (!isBetter(heap[parent]!, heap[at]!)) return
    swap(heap, at, parent)
    at = parent
  }
}

function siftDown(heap: Hit[]): void {
  let at = 0
  for (;;) {
    let worst = at
    for (const child of [2 * at + 1, 2 * at + 2])
      if (child < heap.length && isBetter(heap[worst]!, heap[child]!)) worst = child
    if (worst === at) return
    swap(heap, at, worst)
    at = worst
  }
}

function swap(heap: Hit[], a: number, b: number): void {
  const held = heap[a]!
  heap[a] = heap[b]!
  heap[b] = held
}
