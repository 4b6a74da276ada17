/** Training examples of one cluster: its names as queries, its names and leads as documents, both ways. */
import { hash } from 'node:crypto'
import { termOf } from '../../language/term.ts'
import { foldTitle } from '../../language/title.ts'
import type { DropReason } from '../../runtime/service.ts'
import type { ExampleKind, TermPair, TrainingExample } from '../../schemas/types.ts'
import type { Cluster, Member, PagePair } from './clusters.ts'
import type { Documents, TextKind } from './documents.ts'
import type { MinedText, Negatives } from './negatives.ts'

export interface ExampleSettings {
  readonly languages: readonly [string, string]
  readonly kinds: readonly ExampleKind[]
  readonly maxSynonymPairs: number
  readonly maxAliases: number
}

interface Page {
  readonly language: string
  readonly title: string
  readonly lead: string | undefined
  /** The title's name, then aliases, surest first. */
  readonly names: readonly [title: string, ...aliases: string[]]
}

interface Query {
  readonly kind: ExampleKind
  readonly query: string
  readonly queryLanguage: string
  readonly positiveDoc: string
  /** The page that the positive document is of. */
  readonly page: Page
  readonly documentKind: TextKind
}

/** An example without its negatives, which are those of a text. */
export interface Draft extends Omit<TrainingExample, 'negativeDocs'> {
  readonly text: MinedText
}

export type Leads = ReadonlyMap<string, Pick<Documents, 'of'>>

/** What is told of a cluster: its examples, and how many of its pairs no example tells. */
export interface Told {
  readonly drafts: readonly Draft[]
  readonly untold: { readonly reason: DropReason; readonly count: number }
}

/** What is judged later leaves everything that the model is made from: queries, documents and negatives. */
export function toldOf(cluster: Cluster, documents: Leads, settings: ExampleSettings): Told {
  const drafts = draftsOf(cluster, documents, settings)
  if (cluster.split === 'test') return { drafts, untold: { reason: 'held_out', count: cluster.synonyms.length } }
  // A list alone names no pages, and without pages there is neither a query nor a document.
  const reason = drafts.length === 0 ? 'no_pages' : 'over_limit'
  return { drafts, untold: { reason, count: unsaidIn(drafts, cluster) } }
}

export async function exampleOf({ text, ...draft }: Draft, negatives: Negatives): Promise<TrainingExample> {
  return { ...draft, negativeDocs: [...(await negatives.of(text))] }
}

/** None of a cluster that is judged later. */
export function draftsOf(cluster: Cluster, documents: Leads, settings: ExampleSettings): Draft[] {
  if (cluster.split === 'test') return []
  const synonymPairs = cluster.synonyms
    .slice(0, settings.maxSynonymPairs)
    .map(({ left, right }): TermPair => ({ left: left.surface, right: right.surface }))
  const queries = new Map<string, Query>()
  for (const pagePair of cluster.pagePairs) {
    for (const query of queriesOf(cluster, pagePair, documents, settings)) {
      const id = exampleIdOf(cluster.cluster, query)
      if (!queries.has(id)) queries.set(id, query)
    }
  }
  return [...queries].map(([exampleId, { kind, query, queryLanguage, positiveDoc, page, documentKind }]) => ({
    exampleId,
    kind,
    cluster: cluster.cluster,
    split: cluster.split,
    queryLanguage,
    documentLanguage: page.language,
    query,
    positiveDoc,
    synonymPairs,
    teacherScores: [],
    text: { language: page.language, kind: documentKind, title: page.title },
  }))
}

function exampleIdOf(cluster: string, { kind, query, queryLanguage, positiveDoc, page }: Query): string {
  return `${cluster}:${digest(`${kind}\t${queryLanguage}\t${page.language}\t${query}\t${positiveDoc}`)}`
}

/** Number of the cluster's synonyms that no example tells: not among the pairs given with it, and not both sides asked for. */
function unsaidIn(drafts: readonly Draft[], { synonyms }: Cluster): number {
  const given = drafts[0]?.synonymPairs.length ?? 0
  const others = synonyms.slice(given)
  if (drafts.length === 0 || others.length === 0) return others.length
  const asked = new Set(drafts.map(({ queryLanguage, query }) => `${queryLanguage}\t${foldTitle(query)}`))
  const isAsked = ({ language, surface }: Member['left']) => asked.has(`${language}\t${foldTitle(surface)}`)
  return others.filter(({ left, right }) => !isAsked(left) || !isAsked(right)).length
}

function* queriesOf(cluster: Cluster, pair: PagePair, documents: Leads, settings: ExampleSettings): Iterable<Query> {
  const [leftLanguage, rightLanguage] = settings.languages
  const left = pageOf(cluster, pair, 'left', leftLanguage, documents, settings)
  const right = pageOf(cluster, pair, 'right', rightLanguage, documents, settings)
  const wanted = new Set(settings.kinds)
  for (const [from, to] of [
    [left, right],
    [right, left],
  ] as const) {
    const asQuery = { queryLanguage: from.language, page: to }
    const [title, ...aliases] = from.names
    if (wanted.has('synonym')) {
      for (const query of from.names) {
        yield { ...asQuery, kind: 'synonym', query, positiveDoc: to.names[0], documentKind: 'name' }
      }
    }
    for (const page of [to, from]) {
      const document = { queryLanguage: from.language, page, positiveDoc: page.lead, documentKind: 'lead' as const }
      if (!hasText(document)) continue
      if (wanted.has('title_lead')) yield { ...document, kind: 'title_lead', query: title }
      if (wanted.has('alias_lead')) for (const query of aliases) yield { ...document, kind: 'alias_lead', query }
    }
    if (wanted.has('lead_pair') && from.lead !== undefined && to.lead !== undefined) {
      yield { ...asQuery, kind: 'lead_pair', query: from.lead, positiveDoc: to.lead, documentKind: 'lead' }
    }
  }
}

function hasText<T extends { readonly positiveDoc: string | undefined }>(
  draft: T,
): draft is T & { readonly positiveDoc: string } {
  return draft.positiveDoc !== undefined
}

function pageOf(
  cluster: Cluster,
  pair: PagePair,
  side: 'left' | 'right',
  language: string,
  documents: Leads,
  settings: ExampleSettings,
): Page {
  const title = side === 'left' ? pair.leftTitle : pair.rightTitle
  const names: [string, ...string[]] = [termOf(language, title, title).surface]
  const known = new Set([foldTitle(names[0])])
  for (const synonym of cluster.synonyms) {
    if (names.length > settings.maxAliases) break
    if (!restsOn(synonym, pair)) continue
    const name = synonym[side].surface
    if (!known.has(foldTitle(name))) names.push(name)
    known.add(foldTitle(name))
  }
  return { language, title, lead: documents.get(language)!.of(title)?.lead, names }
}

function restsOn({ evidence }: Member, { leftTitle, rightTitle }: PagePair): boolean {
  return evidence.some((one) => one.leftTitle === leftTitle && one.rightTitle === rightTitle)
}

function digest(text: string): string {
  return hash('sha256', text).slice(0, 12)
}
