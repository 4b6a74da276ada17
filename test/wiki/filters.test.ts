import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ConfigError } from '../../runtime/errors.ts'
import type { Article } from '../../schemas/types.ts'
import {
  type Candidate,
  charactersOf,
  filterFields,
  namespacesOf,
  parseFilter,
  parseFilters,
} from '../../wiki/filters.ts'
import { qualityOf } from '../../wiki/quality.ts'

const article: Article = {
  wiki: 'enwiki',
  language: 'en',
  pageId: 1,
  revisionId: 2,
  timestamp: '2026-09-01T00:00:00Z',
  title: 'List of cities',
  kind: 'list',
  redirect: null,
  lead: 'Four',
  sections: [{ heading: 'A', level: 2, text: '서울 😀' }],
  links: [
    { target: 'Seoul', surface: 'Seoul', count: 2 },
    { target: 'Busan', surface: 'Busan', count: 1 },
  ],
  boldNames: [],
  glosses: [],
  infoboxes: [],
  categories: ['Cities', 'Lists of cities in Asia'],
  languageLinks: [],
  references: 3,
  textBytes: 400,
  namespace: 0,
  shortDescription: '',
  hatnotes: [],
  captions: [],
  coordinates: null,
}

function keeps(expression: string, changes: Partial<Article> = {}): boolean {
  const changed = { ...article, ...changes }
  const candidate: Candidate = { kind: changed.kind, title: changed.title, article: () => changed }
  return parseFilter(expression).keeps(candidate)
}

test('each field is compared with what it stands for', () => {
  const kept = [
    'kind=article,list',
    'kind!=redirect',
    'namespace=0,14',
    'title=^List of',
    'title!=^Index',
    'category=Asia$',
    'category!=Europe',
    'length=12',
    'bytes>=400',
    'links=3',
    'sections<2',
    'references>2',
    'categories<=2',
    'quality<0.5',
    ' links >= 3 ',
  ]
  const dropped = ['kind=stub', 'title!=cities$', 'category!=^Cities$', 'length>12', 'links!=3', 'namespace=14']
  for (const expression of kept) assert.equal(keeps(expression), true, expression)
  for (const expression of dropped) assert.equal(keeps(expression), false, expression)
})

test('length counts characters of text and headings, an emoji as one', () => {
  // Four + two line feeds + A + line feed + 서울 😀
  assert.equal(charactersOf(article), 4 + 2 + 1 + 1 + 4)
  assert.equal(keeps('length=12'), true)
})

test('a pattern may hold commas, operators and any letter of Unicode', () => {
  assert.equal(keeps('title=^a, b=c$', { title: 'a, b=c' }), true)
  assert.equal(keeps('title=^\\p{Script=Hangul}+$', { title: '서울' }), true)
})

test('what cannot be used is refused with the expression, the fault and what there is', () => {
  const faults: readonly (readonly [string, RegExp])[] = [
    ['lenght>3', /"lenght>3".*no field lenght/],
    ['length', /no field, operator and value/],
    ['length>', /no value after >/],
    ['length>=many', /many is no number/],
    ['kind=artcle', /no kind artcle/],
    ['kind>article', /compares numbers/],
    ['title=(', /pattern cannot be read/],
  ]
  for (const [expression, message] of faults) {
    const isExplained = (error: unknown): boolean => {
      assert.ok(error instanceof ConfigError)
      assert.equal(error.code, 'FILTER_INVALID')
      assert.match(error.message, message)
      for (const field of filterFields) assert.ok(error.hint?.includes(field), field)
      return true
    }
    assert.throws(() => parseFilter(expression), isExplained)
  }
})

test('an expression about a field replaces the default about it, and no other', () => {
  const expressions = (given: readonly string[]) => parseFilters(given).map(({ expression }) => expression)
  assert.deepEqual(expressions([]), ['namespace=0', 'kind=article,list,stub,disambiguation'])
  assert.deepEqual(expressions(['kind=redirect', 'length>5']), ['namespace=0', 'kind=redirect', 'length>5'])
  assert.deepEqual(expressions(['namespace>=0']), ['kind=article,list,stub,disambiguation', 'namespace>=0'])
})

test('namespaces are known before a page is read only where they are listed', () => {
  assert.deepEqual(namespacesOf(parseFilters([])), new Set([0]))
  assert.deepEqual(namespacesOf(parseFilters(['namespace=0, 14'])), new Set([0, 14]))
  assert.equal(namespacesOf(parseFilters(['namespace!=10'])), undefined)
})

test('quality is the documented sum, worked out by hand', () => {
  const signs = { kind: 'article', characters: 2000, references: 8, links: 25, sections: 5 } as const
  assert.equal(qualityOf(signs), 0.5)
  assert.equal(qualityOf({ ...signs, kind: 'stub' }), 0.25)
  assert.equal(qualityOf({ ...signs, kind: 'redirect' }), 0)
  // 0.4 · 6000/8000 + 0.25 · 0 + 0.2 · 75/100 + 0.15 · 0
  assert.equal(qualityOf({ kind: 'article', characters: 6000, references: 0, links: 75, sections: 0 }), 0.45)
})

test('quality lies between 0 and 1 and never falls when there is more of anything', () => {
  const count = fc.nat({ max: 10_000_000 })
  const signs = fc.record({ characters: count, references: count, links: count, sections: count })
  const sign = fc.constantFrom('characters', 'references', 'links', 'sections')
  fc.assert(
    fc.property(signs, sign, count, (found, name, more) => {
      const before = qualityOf({ kind: 'article', ...found })
      const after = qualityOf({ kind: 'article', ...found, [name]: found[name] + more })
      return before >= 0 && after <= 1 && after >= before
    }),
  )
})
