/** What the texts of one kind and language are looked for in, kept from run to run in layers. Weights are those of the whole collection, on a grid. */
import { join } from 'node:path'
import { bigrams } from '../../language/tokens.ts'
import { breathing } from '../../runtime/breath.ts'
import type { Scratch, ScratchTable } from '../../runtime/ports.ts'
import { PassageIndexBuilder } from '../../search/passages/build.ts'
import { type CollectionSize, meanLengthOnGrid, rarityOnGrid } from '../../search/passages/collection.ts'
import { type Layer, LayeredIndex } from '../../search/passages/layered-index.ts'
import { PassageIndex, paths } from '../../search/passages/passage-index.ts'
import { wholeRarity } from '../../search/passages/posting-list.ts'
import { Recent } from '../../search/passages/recent.ts'
import { termKey } from '../../search/passages/term-key.ts'
import type { Document, Documents, TextKind } from './documents.ts'

const termsInMemory = 50_000
const tokensKey = 'tokens'

export interface LayerPlace {
  readonly base: number
  readonly folder: string
}

/** Documents that come and go. */
export interface Exchange {
  readonly gone: readonly Document[]
  readonly come: readonly Document[]
}

export class Ranking {
  readonly kind: TextKind
  readonly documents: Documents
  readonly index: LayeredIndex
  readonly #layers: Layer[] = []
  readonly #places: LayerPlace[] = []
  readonly #figures: ScratchTable<number>
  /** How many of the documents that are gone, but are in a layer, hold a term. */
  readonly #goneHolders: ScratchTable<number>
  #rarities = new Recent<string, number>(termsInMemory, () => 1)

  constructor(documents: Documents, kind: TextKind, tables: Pick<Scratch, 'table'>) {
    this.kind = kind
    this.documents = documents
    const name = `${documents.language}/${kind}`
    this.#figures = tables.table(`figures/${name}`)
    this.#goneHolders = tables.table(`holders gone/${name}`)
    this.index = new LayeredIndex(this.#layers, documents)
  }

  get size(): CollectionSize {
    return { documents: this.documents.size, tokens: this.#figures.get(tokensKey) ?? 0 }
  }

  get layers(): readonly LayerPlace[] {
    return this.#places
  }

  /** What `size` will be. */
  sizeAfter({ gone, come }: Exchange): CollectionSize {
    const { documents, tokens } = this.size
    const tokensOf = (some: readonly Document[]) => some.reduce((sum, one) => sum + bigrams(one[this.kind]).length, 0)
    return { documents: documents + come.length - gone.length, tokens: tokens + tokensOf(come) - tokensOf(gone) }
  }

  open(place: LayerPlace): void {
    this.#take(place, PassageIndex.open(place.folder, { rarityOf: (term) => this.rarityOf(term) }))
  }

  *termsOf(documents: Iterable<Document>): Iterable<readonly string[]> {
    for (const document of documents) yield bigrams(document[this.kind])
  }

  /** Indexes documents, which have the numbers from `base` on, in the order of their titles. `size` is that of the whole collection then. */
  async addLayer(place: LayerPlace, documents: Iterable<Document>, signal: AbortSignal): Promise<PassageIndex> {
    const builder = new PassageIndexBuilder(place.folder)
    let { tokens } = this.size
    for await (const terms of breathing(this.termsOf(documents))) {
      tokens += terms.length
      builder.add(terms)
      signal.throwIfAborted()
    }
    this.#figures.put(tokensKey, tokens)
    const meanLength = meanLengthOnGrid(this.size)
    const index = await builder.finish({ meanLength, rarityOf: (term) => this.rarityOf(term) })
    this.#take(place, index)
    return index
  }

  /** What has gone from `documents` is gone from the collection. Before a layer is added. */
  noteGone(documents: readonly Document[]): void {
    let { tokens } = this.size
    for (const document of documents) {
      const terms = bigrams(document[this.kind])
      tokens -= terms.length
      for (const term of new Set(terms)) {
        this.#goneHolders.put(termKey(term), (this.#goneHolders.get(termKey(term)) ?? 0) + 1)
      }
    }
    this.#figures.put(tokensKey, tokens)
  }

  /** Gives up all layers. */
  async beginAnew(): Promise<void> {
    await this.close()
    for (const { key } of [...this.#goneHolders.entries()]) this.#goneHolders.put(key, null)
    this.#figures.put(tokensKey, 0)
  }

  /** Documents that are there and hold the term. */
  holdersOf(term: string): number {
    const all = this.#layers.reduce((sum, { index }) => sum + index.holdersOf(term), 0)
    return all - (this.#goneHolders.get(termKey(term)) ?? 0)
  }

  rarityOf(term: string): number {
    return this.#rarities.get(term, () => rarityOnGrid(this.size, this.holdersOf(term)))
  }

  /** The same in the whole units of scores. */
  weightOf(term: string): number {
    return wholeRarity(this.rarityOf(term))
  }

  async close(): Promise<void> {
    for (const { index } of this.#layers) await index.close()
    this.#layers.length = 0
    this.#places.length = 0
  }

  #take(place: LayerPlace, index: PassageIndex): void {
    this.#rarities = new Recent(termsInMemory, () => 1)
    this.#places.push(place)
    this.#layers.push({ base: place.base, index })
  }
}

/** The files of a layer. */
export function filesOf({ folder }: LayerPlace): string[] {
  return [join(paths.terms(folder), 'data.mdb'), paths.postings(folder), paths.facts(folder)]
}
