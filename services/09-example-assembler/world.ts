/** All that the assembler knows of its input, in one file of tables that outlives the run, and the rankings that go with it. */
import type { ScratchTable, Tables } from '../../runtime/ports.ts'
import type { DropReason } from '../../runtime/service.ts'
import type { Candidates } from '../../search/negatives.ts'
import { ClusterPages, HeldOutNames } from './cluster-pages.ts'
import { Clusters } from './clusters.ts'
import { type Document, Documents, documentOf, isHeldOut, type TextKind, textKinds } from './documents.ts'
import type { ExampleSettings } from './examples.ts'
import { type Mined, type MinedTable, type NegativeSettings, type NegativeSources, Negatives } from './negatives.ts'
import { type Page, type PageSettings, Pages } from './pages.ts'
import { type LayerPlace, Ranking } from './ranking.ts'
import { type SpanSettings, type SpanSources, wordsOf } from './spans.ts'
import { WordCounts } from './word-counts.ts'

export type WorldSettings = PageSettings & NegativeSettings & ExampleSettings & SpanSettings

export class World implements SpanSources, NegativeSources {
  readonly pages: Pages
  readonly clusters: Clusters
  readonly clusterPages: ClusterPages
  readonly heldOut: HeldOutNames
  readonly documents: ReadonlyMap<string, Documents>
  readonly words: ReadonlyMap<string, WordCounts>
  readonly rankings: readonly Ranking[]
  readonly mined: MinedTable
  readonly negatives: Negatives
  readonly #tables: Tables
  readonly #dropped: ScratchTable<number>
  readonly #layers: ScratchTable<LayerPlace>
  /** Instead of the rankings. */
  readonly #elsewhere = new Map<string, Candidates>()

  constructor(tables: Tables, settings: WorldSettings) {
    const { languages } = settings
    this.#tables = tables
    this.pages = new Pages(tables, settings)
    this.clusters = new Clusters(tables)
    this.clusterPages = new ClusterPages(tables)
    this.heldOut = new HeldOutNames(tables)
    this.documents = new Map(languages.map((language) => [language, new Documents(language, tables)]))
    this.words = new Map(languages.map((language) => [language, new WordCounts(tables.table(`words/${language}`))]))
    this.rankings = [...this.documents.values()].flatMap((documents) =>
      textKinds.map((kind) => new Ranking(documents, kind, tables)),
    )
    this.mined = tables.table<Mined>('mined')
    this.negatives = new Negatives(this, this.mined, settings)
    this.#dropped = tables.table('dropped')
    this.#layers = tables.table('layers')
  }

  candidates(language: string, kind: TextKind): Candidates {
    return this.#elsewhere.get(`${language}/${kind}`) ?? this.rankingOf(language, kind).index
  }

  /** Looks for texts there from now on. */
  lookElsewhere(language: string, kind: TextKind, candidates: Candidates): void {
    this.#elsewhere.set(`${language}/${kind}`, candidates)
  }

  rankingOf(language: string, kind: TextKind): Ranking {
    return this.rankings.find((one) => one.documents.language === language && one.kind === kind)!
  }

  /** What is made of the page: a document, or the reason why it is none. */
  documentOf(page: Page): Document | DropReason {
    if (page.leftOut !== null) return page.leftOut
    return isHeldOut(page, this.clusterPages, this.heldOut) ? 'held_out' : documentOf(page, this.clusterPages)
  }

  addDocument(language: string, document: Document): number {
    if (document.split === 'train') this.words.get(language)!.add(wordsOf(document))
    return this.documents.get(language)!.add(document)
  }

  removeDocument(language: string, document: Document): void {
    if (document.split === 'train') this.words.get(language)!.remove(wordsOf(document))
    const documents = this.documents.get(language)!
    documents.remove(documents.numberOf(document.title)!)
  }

  /** Counts what is left out. @param by less than 0 for what is left out no more. */
  drop(reason: DropReason, by: number): void {
    if (by !== 0) this.#dropped.put(reason, (this.#dropped.get(reason) ?? 0) + by || null)
  }

  *dropped(): Iterable<{ readonly reason: DropReason; readonly count: number }> {
    for (const { key, value } of this.#dropped.entries()) yield { reason: key as DropReason, count: value }
  }

  /** Where the layers of a ranking lie that was kept; folders are as they were noted. */
  layersOf({ documents, kind }: Ranking): LayerPlace[] {
    const name = `${documents.language}/${kind}/`
    return [...this.#layers.entries({ from: name, to: `${name}\uFFFF` })]
      .map(({ value }) => value)
      .sort((a, b) => a.base - b.base)
  }

  noteLayers({ documents, kind }: Ranking, layers: readonly LayerPlace[]): void {
    const name = `${documents.language}/${kind}/`
    for (const { key } of [...this.#layers.entries({ from: name, to: `${name}\uFFFF` })]) this.#layers.put(key, null)
    for (const layer of layers) this.#layers.put(`${name}${layer.base}`, layer)
  }

  async close(): Promise<void> {
    for (const ranking of this.rankings) await ranking.close()
    await this.#tables.close()
  }
}
