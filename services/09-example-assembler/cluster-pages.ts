/** Which cluster a page belongs to, and which names are judged later: looked up on disk, for there are as many as pages. */
import { foldTitle } from '../../language/title.ts'
import type { Scratch, ScratchTable } from '../../runtime/ports.ts'
import type { Split, Synonym } from '../../schemas/types.ts'
import { termKey } from '../../search/passages/term-key.ts'
import { clustersOf } from './clusters.ts'

/** The cluster of a page, its group, and the side it is on. */
export interface ClusterPage {
  readonly cluster: string
  readonly group: string
  readonly split: Split
}

export class ClusterPages {
  #clusters = 0
  /** By language and title. */
  readonly #pages: ScratchTable<ClusterPage>
  /** What a cluster is called in a language, folded; by cluster and language. */
  readonly #names: ScratchTable<readonly string[]>

  static of(synonyms: ScratchTable<Synonym>, scratch: Pick<Scratch, 'table'>): ClusterPages {
    const pages = new ClusterPages(scratch)
    for (const { cluster, split, synonyms: members } of clustersOf(synonyms)) {
      // Events of older versions have no group.
      pages.#add({ cluster, split, group: members[0]!.group || cluster }, members)
    }
    return pages
  }

  private constructor(scratch: Pick<Scratch, 'table'>) {
    this.#pages = scratch.table('pages of clusters')
    this.#names = scratch.table('names of clusters')
  }

  get clusters(): number {
    return this.#clusters
  }

  /** Undefined for a page without a mate. */
  of(language: string, title: string): ClusterPage | undefined {
    return this.#pages.get(`${language}\t${title}`)
  }

  /** Folded. */
  namesOf(cluster: string, language: string): readonly string[] {
    return this.#names.get(`${cluster}\t${language}`) ?? []
  }

  #add(page: ClusterPage, members: readonly Synonym[]): void {
    this.#clusters++
    const names = new Map<string, Set<string>>()
    for (const { left, right, evidence } of members) {
      for (const { language, surface } of [left, right]) {
        names.set(language, (names.get(language) ?? new Set()).add(foldTitle(surface)))
      }
      for (const { leftTitle, rightTitle } of evidence) {
        this.#pages.put(`${left.language}\t${leftTitle}`, page)
        this.#pages.put(`${right.language}\t${rightTitle}`, page)
      }
    }
    for (const [language, ofLanguage] of names) this.#names.put(`${page.cluster}\t${language}`, [...ofLanguage])
  }
}

/** Folded names of the clusters that are judged later, in whichever language. */
export class HeldOutNames {
  readonly #splits: ScratchTable<Split>

  constructor(synonyms: ScratchTable<Synonym>, scratch: Pick<Scratch, 'table'>) {
    this.#splits = scratch.table('held-out names')
    for (const { value } of synonyms.entries()) {
      if (value.split === 'train') continue
      for (const { surface } of [value.left, value.right]) {
        const key = termKey(foldTitle(surface))
        if (this.#splits.get(key) !== 'test') this.#splits.put(key, value.split)
      }
    }
  }

  isOfTest(name: string): boolean {
    return this.#splits.get(termKey(name)) === 'test'
  }

  has(name: string): boolean {
    return this.#splits.get(termKey(name)) !== undefined
  }
}
