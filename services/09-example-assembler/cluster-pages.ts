/** Which cluster a page belongs to, and which names are judged later: looked up on disk, for there are as many as pages. */
import { foldTitle } from '../../language/title.ts'
import type { Scratch, ScratchTable } from '../../runtime/ports.ts'
import type { Split } from '../../schemas/types.ts'
import { termKey } from '../../search/passages/term-key.ts'
import type { Cluster } from './clusters.ts'
import type { PageTitle } from './pages.ts'

/** The cluster of a page, its group, and the side it is on. */
export interface ClusterPage {
  readonly cluster: string
  readonly group: string
  readonly split: Split
}

export class ClusterPages {
  /** By language, title and cluster. */
  readonly #pages: ScratchTable<ClusterPage>
  /** What a cluster is called in a language, folded; by cluster and language. */
  readonly #names: ScratchTable<readonly string[]>

  constructor(tables: Pick<Scratch, 'table'>) {
    this.#pages = tables.table('pages of clusters')
    this.#names = tables.table('names of clusters')
  }

  /** The last of its clusters; undefined for a page without a mate. */
  of(page: PageTitle): ClusterPage | undefined {
    return this.allOf(page).at(-1)
  }

  allOf({ language, title }: PageTitle): ClusterPage[] {
    const range = { from: `${language}\t${title}\t`, to: `${language}\t${title}\n` }
    return [...this.#pages.entries(range)].map(({ value }) => value)
  }

  /** Folded. */
  namesOf(cluster: string, language: string): readonly string[] {
    return this.#names.get(`${cluster}\t${language}`) ?? []
  }

  add(cluster: Cluster): void {
    const { group, split } = cluster
    for (const { language, title } of pagesOf(cluster)) {
      this.#pages.put(`${language}\t${title}\t${cluster.cluster}`, { cluster: cluster.cluster, group, split })
    }
    const names = new Map<string, Set<string>>()
    for (const { left, right } of cluster.synonyms) {
      for (const { language, surface } of [left, right]) {
        names.set(language, (names.get(language) ?? new Set()).add(foldTitle(surface)))
      }
    }
    for (const [language, ofLanguage] of names) {
      this.#names.put(`${cluster.cluster}\t${language}`, [...ofLanguage].sort())
    }
  }

  /** @param cluster as it was when it was added. */
  remove(cluster: Cluster): void {
    for (const { language, title } of pagesOf(cluster)) {
      this.#pages.put(`${language}\t${title}\t${cluster.cluster}`, null)
    }
    for (const { left, right } of cluster.synonyms) {
      for (const { language } of [left, right]) this.#names.put(`${cluster.cluster}\t${language}`, null)
    }
  }
}

/** The pages that a cluster rests on. */
export function* pagesOf({ synonyms }: Cluster): Iterable<PageTitle> {
  for (const { left, right, evidence } of synonyms) {
    for (const { leftTitle, rightTitle } of evidence) {
      yield { language: left.language, title: leftTitle }
      yield { language: right.language, title: rightTitle }
    }
  }
}

/** Folded names that no query may be. */
export interface Names {
  has(name: string): boolean
}

/** Folded names of the clusters that are judged later, in whichever language. */
export class HeldOutNames implements Names {
  /** How many say so, by name and side. */
  readonly #sayings: ScratchTable<number>

  constructor(tables: Pick<Scratch, 'table'>) {
    this.#sayings = tables.table('held-out names')
  }

  add(cluster: Cluster): void {
    this.#count(cluster, 1)
  }

  remove(cluster: Cluster): void {
    this.#count(cluster, -1)
  }

  isOfTest(name: string): boolean {
    return this.#isOf(name, 'test')
  }

  has(name: string): boolean {
    return this.#isOf(name, 'test') || this.#isOf(name, 'val')
  }

  #isOf(name: string, split: Split): boolean {
    return this.#sayings.get(`${termKey(name)}\t${split}`) !== undefined
  }

  #count(cluster: Cluster, by: number): void {
    for (const name of heldOutNamesOf(cluster)) {
      const key = `${termKey(name)}\t${cluster.split}`
      this.#sayings.put(key, (this.#sayings.get(key) ?? 0) + by || null)
    }
  }
}

/** Each as often as it is said. */
export function* heldOutNamesOf({ split, synonyms }: Cluster): Iterable<string> {
  if (split === 'train') return
  for (const { left, right } of synonyms) for (const { surface } of [left, right]) yield foldTitle(surface)
}
