import { ConfigError } from '../../runtime/errors.ts'
import type { Article } from '../../schemas/types.ts'
import { wholeText } from '../article.ts'
import { articleFields } from '../article-encoding.ts'
import type { ExtractedArticle } from '../articles.ts'
import { charactersOf, qualityOfArticle } from '../filters.ts'

/** Fields that follow from the others, written only where they are asked for. */
const derivedFields = {
  /** The whole text: lead and sections with their headings. */
  text: (article: Article) => wholeText(article),
  /** Its characters. */
  length: (article: Article) => charactersOf(article),
  /** 0 to 1; see quality.ts. */
  quality: (article: Article) => qualityOfArticle(article),
  /** The tables, which the text is without. */
  tables: (_: Article, extracted: ExtractedArticle) => extracted.tables(),
  /** What only a search index says of a page: the redirects that lead to it, and its item. */
  redirects: (_: Article, { indexed }: ExtractedArticle) => indexed?.redirects ?? [],
  wikidataItem: (_: Article, { indexed }: ExtractedArticle) => indexed?.wikidataItem ?? null,
} as const

export type DerivedField = keyof typeof derivedFields
export type OutputField = keyof Article | DerivedField

const derivedNames = Object.keys(derivedFields) as readonly DerivedField[]
export const outputFields: readonly OutputField[] = [...articleFields, ...derivedNames]

/** The fields named, each once, in the order of the schema; all of the schema's without names. Throws FIELD_UNKNOWN. */
export function parseFields(names: readonly string[] | undefined): OutputField[] {
  if (names === undefined) return [...articleFields]
  const unknown = names.find((name) => !outputFields.some((field) => field === name))
  if (unknown !== undefined || names.length === 0) {
    throw new ConfigError('FIELD_UNKNOWN', `there is no field ${unknown ?? 'given'}`, {
      hint: `Fields: ${outputFields.join(', ')}.`,
    })
  }
  return outputFields.filter((field) => names.includes(field))
}

export function isDerived(field: OutputField): field is DerivedField {
  return derivedNames.some((name) => name === field)
}

/** The fields of an article as an object in the order of `fields`. */
export function pickFields(extracted: ExtractedArticle, fields: readonly OutputField[]): Record<string, unknown> {
  const article = extracted.decode()
  const valueIn = (field: OutputField) => (isDerived(field) ? derivedFields[field](article, extracted) : article[field])
  const entries = fields.map((field) => [field, valueIn(field)])
  return Object.fromEntries(entries)
}
