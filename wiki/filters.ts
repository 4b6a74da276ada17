/**
 * Which articles are kept, said in expressions such as `kind=article,list`, `title!=^List of`, `length>=200`. All of them
 * must hold; what is dropped is counted under the first that did not.
 */
import { ConfigError } from '../runtime/errors.ts'
import type { Article } from '../schemas/types.ts'
import { wholeText } from './article.ts'
import { qualityOf } from './quality.ts'

/** An article as filters look at it: what costs nothing to know, and the rest on demand. */
export interface Candidate {
  readonly kind: Article['kind']
  readonly title: string
  article(): Article
}

export interface Filter {
  /** As it was written; the reason under which drops are counted. */
  readonly expression: string
  readonly field: FilterField
  keeps(candidate: Candidate): boolean
}

const kinds: readonly Article['kind'][] = ['article', 'redirect', 'disambiguation', 'list', 'stub']

/** Fields that are numbers, and how they are counted. */
const numbers = {
  namespace: ({ namespace }: Article) => namespace,
  length: charactersOf,
  bytes: ({ textBytes }: Article) => textBytes,
  links: ({ links }: Article) => links.reduce((sum, { count }) => sum + count, 0),
  sections: ({ sections }: Article) => sections.length,
  references: ({ references }: Article) => references,
  categories: ({ categories }: Article) => categories.length,
  quality: qualityOfArticle,
} as const satisfies Record<string, (article: Article) => number>

/** Fields that are texts, of which any may match the pattern. */
const texts = {
  title: ({ title }: Candidate) => [title],
  category: (candidate: Candidate) => candidate.article().categories,
} as const satisfies Record<string, (candidate: Candidate) => readonly string[]>

export type FilterField = 'kind' | keyof typeof numbers | keyof typeof texts
export const filterFields = ['kind', ...Object.keys(texts), ...Object.keys(numbers)] as readonly FilterField[]

/**
 * What is kept where nothing is said: articles proper, without redirects. An expression about a field replaces the default
 * about it.
 */
export const defaultFilters: readonly string[] = ['namespace=0', 'kind=article,list,stub,disambiguation']

/** The defaults that `expressions` leave standing, then these. Throws ConfigError FILTER_INVALID. */
export function parseFilters(expressions: readonly string[]): Filter[] {
  const given = expressions.map(parseFilter)
  const said = new Set(given.map(({ field }) => field))
  return [...defaultFilters.map(parseFilter).filter(({ field }) => !said.has(field)), ...given]
}

/** The namespaces that the filters let through, where that can be told without reading a page; undefined otherwise. */
export function namespacesOf(filters: readonly Filter[]): ReadonlySet<number> | undefined {
  const [, values] = filters.map(({ expression }) => /^\s*namespace\s*=(.*)$/.exec(expression)).find(Boolean) ?? []
  return values === undefined ? undefined : new Set(listOf(values).map(Number))
}

/** Characters of the plain text, headings included: Unicode code points. */
export function charactersOf(article: Pick<Article, 'lead' | 'sections'>): number {
  let count = 0
  for (const _ of wholeText(article)) count++
  return count
}

export function qualityOfArticle(article: Article): number {
  const { kind, references, sections } = article
  const links = numbers.links(article)
  return qualityOf({ kind, characters: charactersOf(article), links, sections: sections.length, references })
}

/** Reads one expression: a field, one of = != < <= > >=, and a value. */
export function parseFilter(expression: string): Filter {
  const { field, operator, value } = partsOf(expression)
  const keeps = keeperOf(expression, field, operator, value)
  return { expression: expression.trim(), field, keeps }
}

interface Parts {
  readonly field: FilterField
  readonly operator: string
  readonly value: string
}

function partsOf(expression: string): Parts {
  const [, name, operator, value] = /^\s*(\w+)\s*(!=|<=|>=|=|<|>)(.*)$/su.exec(expression) ?? []
  if (name === undefined || operator === undefined || value === undefined) {
    throw invalid(expression, 'it is no field, operator and value')
  }
  const field = filterFields.find((known) => known === name)
  if (field === undefined) throw invalid(expression, `there is no field ${name}`)
  if (value.trim() === '') throw invalid(expression, `there is no value after ${operator}`)
  return { field, operator, value }
}

function keeperOf(expression: string, field: FilterField, operator: string, value: string): Filter['keeps'] {
  if (field === 'kind') return kindKeeper(expression, operator, value)
  if (field === 'title' || field === 'category') return patternKeeper(expression, texts[field], operator, value)
  return numberKeeper(expression, numbers[field], operator, value)
}

function kindKeeper(expression: string, operator: string, value: string): Filter['keeps'] {
  const wanted = listOf(value)
  const unknown = wanted.find((kind) => !kinds.some((known) => known === kind))
  if (unknown !== undefined) throw invalid(expression, `there is no kind ${unknown}`)
  const isAmong = equality(expression, operator)
  return ({ kind }) => wanted.includes(kind) === isAmong
}

function patternKeeper(
  expression: string,
  textsOf: (candidate: Candidate) => readonly string[],
  operator: string,
  value: string,
): Filter['keeps'] {
  const isMatch = equality(expression, operator)
  let pattern: RegExp
  try {
    pattern = new RegExp(value, 'u')
  } catch (cause) {
    throw invalid(expression, `its pattern cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`)
  }
  return (candidate) => textsOf(candidate).some((text) => pattern.test(text)) === isMatch
}

function numberKeeper(
  expression: string,
  numberOf: (article: Article) => number,
  operator: string,
  value: string,
): Filter['keeps'] {
  const isEquality = operator === '=' || operator === '!='
  const wanted = (isEquality ? listOf(value) : [value.trim()]).map(Number)
  if (wanted.length === 0 || wanted.some((number) => !Number.isFinite(number))) {
    throw invalid(expression, `${value.trim()} is no number`)
  }
  const [limit = 0] = wanted
  const compare: Readonly<Record<string, (number: number) => boolean>> = {
    '=': (number) => wanted.includes(number),
    '!=': (number) => !wanted.includes(number),
    '<': (number) => number < limit,
    '<=': (number) => number <= limit,
    '>': (number) => number > limit,
    '>=': (number) => number >= limit,
  }
  const holds = compare[operator]!
  return (candidate) => holds(numberOf(candidate.article()))
}

/** True for =, false for !=; other operators have no meaning for words. */
function equality(expression: string, operator: string): boolean {
  if (operator === '=' || operator === '!=') return operator === '='
  throw invalid(expression, `${operator} compares numbers; words take = or !=`)
}

function listOf(value: string): string[] {
  return value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

const filterHint = [
  `kind (= or != ${kinds.join(', ')}); title and category (= or != a regular expression);`,
  `${Object.keys(numbers).join(', ')} (=, !=, <, <=, >, >= a number).`,
  "Such as --filter kind=article,list --filter 'title!=^List of' --filter 'length>=200'.",
].join(' ')

function invalid(expression: string, reason: string): ConfigError {
  return new ConfigError('FILTER_INVALID', `the filter "${expression}" cannot be used: ${reason}`, {
    hint: `Fields: ${filterHint}`,
  })
}
