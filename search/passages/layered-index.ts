/**
 * A collection in layers: what was there at first, and what has come since, each an index of its own whose documents are numbered on. Documents that
 * are gone stay in their layer and are passed over. The hits are those of one index of all that is there, in the order of `compare`.
 */
import type { Hit } from '../ranking.ts'
import type { PassageIndex } from './passage-index.ts'

export interface Layer {
  /** Number of its first document in the collection. */
  readonly base: number
  readonly index: PassageIndex
}

export interface Living {
  isGone(doc: number): boolean
  /** Order of documents that score the same; that of each layer is the same. */
  compare(a: number, b: number): number
}

export interface Newcomers {
  /** In no order. */
  readonly hits: readonly Hit[]
  /** What others score at most that have come as well; 0 where there are none. */
  readonly othersAtMost: number
}

/** Asked for beside those wanted, where some may be gone. */
const spareHits = 4

export class LayeredIndex {
  private readonly layers: readonly Layer[]
  private readonly living: Living

  constructor(layers: readonly Layer[], living: Living) {
    this.layers = layers
    this.living = living
  }

  search(terms: readonly string[], k: number): Hit[] {
    const hits = this.layers.flatMap((layer) => this.hitsIn(layer, terms, k))
    if (this.layers.length === 1) return hits
    return hits.sort((a, b) => b.score - a.score || this.living.compare(a.doc, b.doc)).slice(0, k)
  }

  /** Documents in the layers from a number on that score more than `above`, of each layer the k best. */
  since(from: number, terms: readonly string[], k: number, above: number): Newcomers {
    const hits: Hit[] = []
    let othersAtMost = 0
    for (const { base, index } of this.layers) {
      if (base < from) continue
      const best = index.search(terms, k, above)
      if (best.length === k) othersAtMost = Math.max(othersAtMost, best.at(-1)!.score)
      for (const { doc, score } of best) if (!this.living.isGone(base + doc)) hits.push({ doc: base + doc, score })
    }
    return { hits, othersAtMost }
  }

  /** See PassageIndex. */
  impactOn(doc: number, term: string): number {
    const layer = this.layers.findLast(({ base }) => base <= doc)
    return layer === undefined ? 0 : layer.index.impactOn(doc - layer.base, term)
  }

  highestImpactOf(term: string): number {
    return this.layers.reduce((most, { index }) => Math.max(most, index.highestImpactOf(term)), 0)
  }

  private hitsIn({ base, index }: Layer, terms: readonly string[], k: number): Hit[] {
    for (let wanted = k + spareHits; ; wanted *= 4) {
      const all = index.search(terms, wanted)
      const hits = all.map(({ doc, score }) => ({ doc: base + doc, score }))
      const there = hits.filter(({ doc }) => !this.living.isGone(doc))
      if (there.length >= k || all.length < wanted) return there.slice(0, k)
    }
  }
}
