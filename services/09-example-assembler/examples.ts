/** Training examples of one cluster: its names as queries, its names and leads as documents, both ways. */
import { createHash } from 'node:crypto'
import { termOf } from '../../language/term.ts'
import { foldTitle } from '../../language/title.ts'
import type { ExampleKind, Synonym, Term, TermPair, TrainingExample } from '../../schemas/types.ts'
import type { Cluster, PagePair } from './clusters.ts'
import type { Documents, TextKind } from './documents.ts'
import type { Negatives } from './negatives.ts'

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

interface Draft {
  readonly kind: ExampleKind
  readonly query: string
  readonly queryLanguage: string
  readonly positiveDoc: string
  /** The page that the positive document is of. */
  readonly page: Page
  readonly documentKind: TextKind
}

type Leads = ReadonlyMap<string, Pick<Documents, 'of'>>

export interface ExampleSources {
  readonly documents: Leads
  readonly negatives: Negatives
}

export async function examplesOf(
  cluster: Cluster,
  { documents, negatives }: ExampleSources,
  settings: ExampleSettings,
): Promise<readonly TrainingExample[]> {
  const synonymPairs = cluster.synonyms
    .slice(0, settings.maxSynonymPairs)
    .map(({ left, right }): TermPair => ({ left: left.surface, right: right.surface }))
  const drafts = new Map<string, Draft>()
  for (const pagePair of cluster.pagePairs) {
    for (const draft of draftsOf(cluster, pagePair, documents, settings)) {
      const id = exampleIdOf(cluster.cluster, draft)
      if (!drafts.has(id)) drafts.set(id, draft)
    }
  }
  return Promise.all(
    [...drafts].map(async ([exampleId, { kind, query, queryLanguage, positiveDoc, page, documentKind }]) => ({
      exampleId,
      kind,
      cluster: cluster.cluster,
      split: cluster.split,
      queryLanguage,
      documentLanguage: page.language,
      query,
      positiveDoc,
      negativeDocs: await negatives.of({ language: page.language, kind: documentKind, title: page.title }),
      synonymPairs,
      teacherScores: [],
    })),
  )
}

function exampleIdOf(cluster: string, { kind, query, queryLanguage, positiveDoc, page }: Draft): string {
  return `${cluster}:${digest(`${kind}\t${queryLanguage}\t${page.language}\t${query}\t${positiveDoc}`)}`
}

/** Number of the cluster's synonyms that no example tells: not among the pairs given with it, and not both sides asked for. */
export function unsaidIn(examples: readonly TrainingExample[], { synonyms }: Cluster): number {
  const given = examples[0]?.synonymPairs.length ?? 0
  const others = synonyms.slice(given)
  if (examples.length === 0 || others.length === 0) return others.length
  const asked = new Set(examples.map(({ queryLanguage, query }) => `${queryLanguage}\t${foldTitle(query)}`))
  const isAsked = ({ language, surface }: Term) => asked.has(`${language}\t${foldTitle(surface)}`)
  return others.filter(({ left, right }) => !isAsked(left) || !isAsked(right)).length
}

function* draftsOf(cluster: Cluster, pair: PagePair, documents: Leads, settings: ExampleSettings): Iterable<Draft> {
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
  for (const synonym of cluster.synonyms) {
    if (names.length > settings.maxAliases) break
    const name = synonym[side].surface
    if (restsOn(synonym, pair) && !names.some((known) => foldTitle(known) === foldTitle(name))) names.push(name)
  }
  return { language, title, lead: documents.get(language)!.of(title)?.lead, names }
}

function restsOn({ evidence }: Synonym, { leftTitle, rightTitle }: PagePair): boolean {
  return evidence.some((one) => one.leftTitle === leftTitle && one.rightTitle === rightTitle)
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12)
}
