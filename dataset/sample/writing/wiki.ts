import type { WikiPage } from '../dump/page.ts'
import { arrivals, deletions, moves } from '../facts/changes.ts'
import { hash, share } from './chance.ts'
import { conceptPages } from './concepts.ts'
import { type Article, type Draft, wikitextOf } from './draft.ts'
import { elementPages } from './elements.ts'
import { geographyPages } from './geography.ts'
import type { PlannedPage } from './page.ts'
import { Prose } from './prose.ts'
import { aliasPages, redirectState } from './redirects.ts'
import { sheetPages } from './sheets.ts'
import { singlePages } from './single.ts'
import { editionsOf, type PageSpec, type PageState } from './spec.ts'
import { specialPages } from './special.ts'
import { type Subject, SubjectIndex } from './subject.ts'
import type { SampleWikiName } from './wiki-name.ts'

type Language = 'ko' | 'en'

export interface SampleWiki {
  readonly wiki: SampleWikiName
  readonly editions: readonly [readonly WikiPage[], readonly WikiPage[]]
}

export interface Sample {
  readonly wikis: readonly SampleWiki[]
  /** Names that facts mention and no table defines, for the build to complain about. */
  readonly missing: readonly string[]
}

/** The share of articles of each wiki that the second dump has edited. */
const editedShare = 0.05

/** Both wikis in both editions, from the tables alone. */
export function writeSample(): Sample {
  const planned = [...elementPages(), ...geographyPages(), ...sheetPages(), ...conceptPages()]
  refuseDoubles(planned)
  const index = new SubjectIndex(planned.map((page) => page.subject))
  refuseUnknownChanges(index)
  const articles = planned.map((page) => ({
    subject: page.subject,
    article: page.write(new Prose(page.subject, index), index),
  }))
  const wikis = (['ko', 'en'] as const).map((language): SampleWiki => {
    const wiki: SampleWikiName = `${language}wiki`
    const written = articles.map(({ subject, article }) => articleSpecs(language, subject, article))
    const specs = [
      ...written.flat(),
      ...specialPages(
        language,
        planned.map((page) => page.subject),
      ),
      ...singlePages(language, index),
    ]
    specs.push(...aliasPages(language, articles, specs))
    return { wiki, editions: editionsOf(wiki, specs) }
  })
  return { wikis, missing: [...index.missing] }
}

function refuseUnknownChanges(index: SubjectIndex): void {
  const named = [...moves.ko, ...moves.en].map((move) => move.key)
  for (const key of [...named, ...deletions.ko, ...deletions.en, ...arrivals])
    if (index.find(key)?.key !== key) throw new Error(`the changes name an unknown subject: ${key}`)
}

function refuseDoubles(planned: readonly PlannedPage[]): void {
  const seen = new Map<string, string>()
  for (const { subject } of planned)
    for (const name of [`ko ${subject.ko}`, `en ${subject.en}`]) {
      const other = seen.get(name)
      if (other) throw new Error(`${name} is written twice, in ${other} and ${subject.domain}`)
      seen.set(name, subject.domain)
    }
}

/** The article, and the redirect that a move leaves behind. */
function articleSpecs(language: Language, subject: Subject, article: Article): PageSpec[] {
  const move = moves[language].find((other) => other.key === subject.key)
  const gone = deletions[language].includes(subject.key)
  const late = arrivals.has(subject.key)
  const edited = !late && share(`${language}/${subject.key}/edited`) < editedShare
  const draft = article[language]
  const first: PageState = {
    title: subject[language],
    text: text(language, subject, draft, false),
    langlinks: langlinks(language, subject, 0),
  }
  const second: PageState = {
    title: move?.title ?? first.title,
    text: edited ? text(language, subject, draft, true) : first.text,
    langlinks: langlinks(language, subject, 1),
  }
  const spec: PageSpec = {
    slug: `article/${subject.key}`,
    namespace: 0,
    editions: [late ? undefined : first, gone ? undefined : second],
    inArticlesDump: true,
  }
  if (!move) return [spec]
  const left = redirectState(language, first.title, { title: move.title, namespace: 0, fragment: '' })
  return [spec, { slug: `moved/${subject.key}`, namespace: 0, editions: [undefined, left], inArticlesDump: true }]
}

function text(language: Language, subject: Subject, draft: Draft, edited: boolean): string {
  const other = language === 'ko' ? 'en' : 'ko'
  const inline = share(`${language}/${subject.key}/inline`) < 0.015
  return wikitextOf(draft, {
    language,
    key: subject.key,
    title: subject[language],
    edited,
    ...(inline ? { inlineLink: `[[${other}:${subject[other]}]]\n[[ja:${subject.en}]]` } : {}),
  })
}

/** A few pairs are linked one way only, as on the real wikis; the other languages are there to be filtered out. */
function langlinks(language: Language, subject: Subject, edition: 0 | 1): Record<string, string> {
  const other = language === 'ko' ? 'en' : 'ko'
  const links: Record<string, string> = {}
  const gone = edition === 1 && deletions[other].includes(subject.key)
  const oneWay = share(`${subject.key}/one-way`) < 0.01 && language === 'en'
  if (!gone && !oneWay) {
    const move = edition === 1 ? moves[other].find((candidate) => candidate.key === subject.key) : undefined
    links[other] = move?.title ?? subject[other]
  }
  for (const [code, chance] of [
    ['de', 0.4],
    ['fr', 0.4],
    ['simple', 0.25],
    ['eo', 0.1],
    ['ja', 0.3],
  ] as const)
    if (share(`${subject.key}/${code}`) < chance) links[code] = subject.en
  if (hash(subject.key) % 397 === 0) links.ja = ''
  return links
}
