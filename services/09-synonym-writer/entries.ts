/** The entries of the synonym files. The keys korean and english, and the source of langlinks, are those of the plan. */
import { type LanguagePair, languageKey } from '../../language/pair.ts'
import type { Evidence, Split, Synonym, SynonymRule } from '../../schemas/types.ts'
import { type Column, columnOfType } from '../../wiki/extract/parquet.ts'

export type Entry = Readonly<Record<string, unknown>>

/** What the other files and the card take from an entry of combined_synonyms.json; its terms stand under `languageKey`. */
export interface CombinedEntry extends Entry {
  readonly sources: readonly string[]
  readonly confidence: number
  readonly split: Split
  readonly evidence: readonly { readonly wiki: string }[]
}

/** In the order of trust: a pair's `source` is the first that says so. */
const sourceNames: Record<SynonymRule, string> = {
  langlink: 'wikipedia_interlang',
  wikidata: 'wikidata',
  gloss: 'wikipedia_gloss',
  bold: 'wikipedia_bold',
  existing: 'existing_list',
  infobox: 'wikipedia_infobox',
  redirect: 'wikipedia_redirect',
  anchor: 'wikipedia_anchor',
  entity: 'wikipedia_entity',
}
export const sourcesByTrust = Object.values(sourceNames)

/** An entry of wiki_synonyms.json: the pair as far as langlinks and Wikidata say so; undefined where none does. */
export function interlangEntry(synonym: Synonym): Entry | undefined {
  return entryOf(synonym, isLink)
}

/** An entry of entity_synonyms.json: the pair as far as names within the pages say so. */
export function entityEntry(synonym: Synonym): Entry | undefined {
  return entryOf(synonym, (rule) => !isLink(rule) && rule !== 'existing')
}

/** An entry of combined_synonyms.json: the pair with all that is known of it. */
export function combinedEntry(synonym: Synonym): Entry | undefined {
  return entryOf(synonym, () => true)
}

function isLink(rule: SynonymRule): boolean {
  return rule === 'langlink' || rule === 'wikidata'
}

function entryOf(
  { left, right, confidence, cluster, split, evidence }: Synonym,
  takes: (rule: SynonymRule) => boolean,
): Entry | undefined {
  const taken = evidence.filter(({ rule }) => takes(rule))
  if (taken.length === 0) return undefined
  const named = new Set(taken.map(({ rule }) => sourceNames[rule]))
  const sources = sourcesByTrust.filter((name) => named.has(name))
  return {
    [languageKey(left.language)]: left.surface,
    [languageKey(right.language)]: right.surface,
    source: sources[0],
    sources,
    confidence,
    ...(left.domain === null && right.domain === null ? {} : { domain: left.domain ?? right.domain }),
    cluster,
    split,
    evidence: taken.map(evidenceEntry),
  }
}

function evidenceEntry(evidence: Evidence): Entry {
  const { rule, leftTitle, rightTitle, count, share, wiki, pageId, revisionId, written, offset, detail } = evidence
  return {
    rule,
    pages: [leftTitle, rightTitle],
    count,
    ...(share === null ? {} : { share }),
    wiki,
    pageId,
    revisionId,
    ...(written === '' ? {} : { written }),
    ...(offset === null ? {} : { offset }),
    ...(detail === '' ? {} : { detail }),
  }
}

/** The fields of an entry as columns of a Parquet file; what an entry may lack is null there. */
export function entryColumns(languages: LanguagePair): Column[] {
  const evidence = {
    type: 'record',
    name: 'Evidence',
    fields: [
      { name: 'rule', type: 'string' },
      { name: 'pages', type: { type: 'array', items: 'string' } },
      { name: 'count', type: 'int' },
      { name: 'share', type: ['null', 'double'] },
      { name: 'wiki', type: 'string' },
      { name: 'pageId', type: 'long' },
      { name: 'revisionId', type: 'long' },
      { name: 'written', type: ['null', 'string'] },
      { name: 'offset', type: ['null', 'long'] },
      { name: 'detail', type: ['null', 'string'] },
    ],
  } as const
  return [
    ...languages.map((language) => columnOfType(languageKey(language), 'string')),
    columnOfType('source', 'string'),
    columnOfType('sources', { type: 'array', items: 'string' }),
    columnOfType('confidence', 'double'),
    columnOfType('domain', ['null', 'string']),
    columnOfType('cluster', 'string'),
    columnOfType('split', 'string'),
    columnOfType('evidence', { type: 'array', items: evidence }),
  ]
}
