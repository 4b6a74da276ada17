/** Passages (leads) and names of each language, indexed for hard negatives. Pages of held-out clusters are not among them. */
import { createHash } from 'node:crypto'
import { foldTitle, splitQualifier } from '../../language/title.ts'
import { bigrams } from '../../language/tokens.ts'
import { Randomness } from '../../model/randomness.ts'
import type { Scratch, ScratchTable } from '../../runtime/ports.ts'
import type { DropReason } from '../../runtime/service.ts'
import type { Article, Split } from '../../schemas/types.ts'
import { mineNegatives } from '../../search/negatives.ts'
import { passageOf } from '../../search/passage.ts'
import { PassageIndexBuilder } from '../../search/passages/build.ts'
import type { PassageIndex } from '../../search/passages/passage-index.ts'
import type { ClusterPage, ClusterPages } from './clusters.ts'

export interface CorpusSettings {
  readonly languages: readonly [string, string]
  readonly negatives: number
  readonly maxOverlap: number
  readonly passageCharacters: number
  readonly seed: number
}

export type TextKind = 'lead' | 'name'

export interface Document {
  readonly title: string
  readonly text: string
  /** Undefined, as its group, for a page without a mate. */
  readonly cluster: string | undefined
  readonly group: string | undefined
  readonly split: Split
  readonly links: ReadonlySet<string>
  /** The page's name, folded: pages under one key have one name to a reader. */
  readonly nameKey: string
  /** Folded names of the page's cluster; undefined for a page without a mate. */
  readonly clusterNames: ReadonlySet<string> | undefined
}

interface Collection {
  readonly documents: readonly Document[]
  readonly index: PassageIndex
  readonly byTitle: ReadonlyMap<string, number>
}

const textKinds: readonly TextKind[] = ['lead', 'name']

export class Corpus {
  /** Articles that are not in the corpus, by reason. */
  readonly dropped: ReadonlyMap<DropReason, number>
  private readonly collections: ReadonlyMap<string, Collection>
  private readonly mined = new Map<string, readonly string[]>()
  private readonly settings: CorpusSettings

  /**
   * @param testNames folded names of test clusters: a page that bears one is no document, whichever page it is.
   * @param scratch holds the indexes.
   */
  static async of(
    articles: ScratchTable<Article>,
    pages: ClusterPages,
    testNames: ReadonlySet<string>,
    settings: CorpusSettings,
    scratch: Pick<Scratch, 'folder'>,
  ): Promise<Corpus> {
    const dropped = new Map<DropReason, number>()
    const documents = new Map<string, Document[]>(
      settings.languages.flatMap((language) => textKinds.map((kind) => [`${language}/${kind}`, []])),
    )
    for (const { value: article } of articles.entries()) {
      const page = pages.of(article.language, article.title)
      const reason = whyLeftOut(article, page, testNames, settings.languages)
      if (reason) dropped.set(reason, (dropped.get(reason) ?? 0) + 1)
      else {
        for (const kind of textKinds) {
          documents.get(`${article.language}/${kind}`)!.push(documentOf(article, page, kind, settings))
        }
      }
    }
    const collections = new Map<string, Collection>()
    for (const [name, ofKind] of documents) collections.set(name, await collect(ofKind, scratch.folder(name)))
    return new Corpus(collections, dropped, settings)
  }

  private constructor(
    collections: ReadonlyMap<string, Collection>,
    dropped: ReadonlyMap<DropReason, number>,
    settings: CorpusSettings,
  ) {
    this.collections = collections
    this.dropped = dropped
    this.settings = settings
  }

  /** Closes the indexes. */
  async close(): Promise<void> {
    for (const { index } of this.collections.values()) await index.close()
  }

  get sizes(): Record<string, number> {
    return Object.fromEntries([...this.collections].map(([name, { documents }]) => [name, documents.length]))
  }

  /** Leads of a language that may be trained on, those of pages without a mate among them. */
  trainLeads(language: string): readonly Document[] {
    return this.collection(language, 'lead').documents.filter(({ split }) => split === 'train')
  }

  /** The page's lead as a passage; undefined where it has none. */
  lead(language: string, title: string): string | undefined {
    const { documents, byTitle } = this.collection(language, 'lead')
    const at = byTitle.get(title)
    return at === undefined ? undefined : documents[at]!.text
  }

  /**
   * Texts that BM25 takes for the text of page `title`, most alike first, and that belong neither to its group of clusters
   * nor to a page that it links to or that links to it; of names, none that the page has too. All examples of a page share them.
   */
  negatives(language: string, kind: TextKind, title: string): readonly string[] {
    const name = `${language}/${kind}/${title}`
    const known = this.mined.get(name)
    if (known) return known
    const mined = this.mine(language, kind, title)
    this.mined.set(name, mined)
    return mined
  }

  private mine(language: string, kind: TextKind, title: string): readonly string[] {
    const { documents, index, byTitle } = this.collection(language, kind)
    const positive = byTitle.get(title)
    if (positive === undefined) return []
    const own = documents[positive]!
    const isRelated = (at: number): boolean => {
      const other = documents[at]!
      return (
        (own.group !== undefined && other.group === own.group) ||
        own.links.has(other.title) ||
        other.links.has(title) ||
        (kind === 'name' && isCalled(own, other.nameKey))
      )
    }
    // Random fill-ups are drawn by the page's own name, so that no other page changes them.
    const digest = createHash('sha256').update(`${this.settings.seed}:${language}:${kind}:${title}`).digest()
    const randomness = new Randomness(digest.readUInt32BE(0))
    const { negatives } = mineNegatives(
      index,
      (at) => bigrams(documents[at]!.text),
      { tokens: bigrams(own.text), positive, isRelated },
      () => randomness.uniform(),
      { count: this.settings.negatives, maxOverlap: kind === 'lead' ? this.settings.maxOverlap : 1 },
    )
    return negatives.map(({ doc }) => documents[doc]!.text)
  }

  private collection(language: string, kind: TextKind): Collection {
    return this.collections.get(`${language}/${kind}`)!
  }
}

/** Why a page is no document, or undefined where it is one. */
function whyLeftOut(
  { language, title, kind, lead }: Article,
  page: ClusterPage | undefined,
  testNames: ReadonlySet<string>,
  languages: readonly string[],
): DropReason | undefined {
  if (!languages.includes(language)) return 'other_language'
  if (kind === 'redirect' || kind === 'disambiguation' || lead === '') return 'other_kind_of_page'
  return page?.split === 'test' || testNames.has(foldTitle(splitQualifier(title).name)) ? 'held_out' : undefined
}

function documentOf(
  article: Article,
  page: ClusterPage | undefined,
  kind: TextKind,
  settings: CorpusSettings,
): Document {
  const { title, lead, links } = article
  const { name } = splitQualifier(title)
  const nameKey = foldTitle(name)
  const text = kind === 'lead' ? passageOf(lead, settings.passageCharacters) : name
  return {
    title,
    text,
    cluster: page?.cluster,
    group: page?.group,
    split: page?.split ?? 'train',
    links: new Set(links.map(({ target }) => target)),
    nameKey,
    clusterNames: page?.names,
  }
}

async function collect(documents: readonly Document[], folder: string): Promise<Collection> {
  const builder = new PassageIndexBuilder(folder)
  for (const { text } of documents) builder.add(bigrams(text))
  return {
    documents,
    index: await builder.finish(),
    byTitle: new Map(documents.map(({ title }, at) => [title, at])),
  }
}

/** 수성 (대구) is another page than 수성 (행성), but its name answers no less. */
function isCalled({ nameKey, clusterNames }: Document, key: string): boolean {
  return key === nameKey || clusterNames?.has(key) === true
}

/** Whether two names are one to a reader. */
export function sameName(a: string, b: string): boolean {
  return foldTitle(a) === foldTitle(b)
}
