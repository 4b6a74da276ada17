/** Hard negatives of pages: what BM25 takes for a page's text and is neither of its cluster nor linked with it. */
import { createHash } from 'node:crypto'
import { bigrams } from '../../language/tokens.ts'
import { Randomness } from '../../model/randomness.ts'
import type { Scratch, ScratchTable, SearchIndex, SearchIndexes } from '../../runtime/ports.ts'
import { mineNegatives } from '../../search/negatives.ts'
import type { Corpus, Document, TextKind } from './corpus.ts'

export interface NegativeSettings {
  readonly languages: readonly [string, string]
  readonly negatives: number
  readonly maxOverlap: number
  readonly seed: number
  readonly searchIndex: string
}

const textKinds: readonly TextKind[] = ['lead', 'name']

export class Negatives {
  readonly #corpus: Corpus
  readonly #indexes: ReadonlyMap<string, SearchIndex>
  readonly #settings: NegativeSettings
  /** Numbers of the negatives of a page, which all its examples share. */
  readonly #mined: ScratchTable<readonly number[]>
  readonly #beingMined = new Map<string, Promise<readonly number[]>>()

  /** Indexes the texts of the corpus. */
  static async of(
    corpus: Corpus,
    settings: NegativeSettings,
    { searchIndexes, scratch }: { readonly searchIndexes: SearchIndexes; readonly scratch: Pick<Scratch, 'table'> },
  ): Promise<Negatives> {
    const indexes = new Map<string, SearchIndex>()
    for (const language of settings.languages) {
      for (const kind of textKinds) {
        const terms = termsOf(corpus.documents(language), kind)
        indexes.set(
          `${language}/${kind}`,
          await searchIndexes.build(settings.searchIndex, `${language}-${kind}`, terms),
        )
      }
    }
    return new Negatives(corpus, indexes, settings, scratch.table('negatives'))
  }

  private constructor(
    corpus: Corpus,
    indexes: ReadonlyMap<string, SearchIndex>,
    settings: NegativeSettings,
    mined: ScratchTable<readonly number[]>,
  ) {
    this.#corpus = corpus
    this.#indexes = indexes
    this.#settings = settings
    this.#mined = mined
  }

  /**
   * Texts that BM25 takes for the text of page `title`, most alike first, and that belong neither to its group of clusters
   * nor to a page that it links to or that links to it; of names, none that the page has too. Ask for those of many pages at once.
   */
  async of(language: string, kind: TextKind, title: string): Promise<readonly string[]> {
    const documents = this.#corpus.documents(language)
    const numbers = await this.#numbersOf(language, kind, title)
    return numbers.map((number) => documents.at(number)[kind])
  }

  async #numbersOf(language: string, kind: TextKind, title: string): Promise<readonly number[]> {
    const key = `${language}/${kind}/${title}`
    const known = this.#mined.get(key) ?? this.#beingMined.get(key)
    if (known) return known
    const mining = this.#mine(language, kind, title)
    this.#beingMined.set(key, mining)
    const mined = await mining.finally(() => this.#beingMined.delete(key))
    this.#mined.put(key, mined)
    return mined
  }

  async #mine(language: string, kind: TextKind, title: string): Promise<readonly number[]> {
    const documents = this.#corpus.documents(language)
    const positive = documents.numberOf(title)
    if (positive === undefined) return []
    const own = documents.at(positive)
    const linksTo = documents.linksOf(positive)
    const ownNames = new Set(own.cluster === null ? [] : this.#corpus.pages.namesOf(own.cluster, language))
    const isRelated = (at: number): boolean => {
      const other = documents.at(at)
      return (
        (own.group !== null && other.group === own.group) ||
        linksTo(other.title) ||
        documents.linksOf(at)(title) ||
        // 수성 (대구) is another page than 수성 (행성), but its name answers no less.
        (kind === 'name' && (other.nameKey === own.nameKey || ownNames.has(other.nameKey)))
      )
    }
    const { negatives, maxOverlap, seed } = this.#settings
    // Random fill-ups are drawn by the page's own name, so that no other page changes them.
    const digest = createHash('sha256').update(`${seed}:${language}:${kind}:${title}`).digest()
    const randomness = new Randomness(digest.readUInt32BE(0))
    const mined = await mineNegatives(
      this.#indexes.get(`${language}/${kind}`)!,
      (at) => bigrams(documents.at(at)[kind]),
      { tokens: bigrams(own[kind]), positive, isRelated },
      () => randomness.uniform(),
      { count: negatives, maxOverlap: kind === 'lead' ? maxOverlap : 1 },
    )
    return mined.negatives.map(({ doc }) => doc)
  }
}

function* termsOf(documents: Iterable<Document>, kind: TextKind): Iterable<readonly string[]> {
  for (const document of documents) yield bigrams(document[kind])
}
