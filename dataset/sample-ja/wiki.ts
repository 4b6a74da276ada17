/** The pages of both wikis: an article for each thing, and what redirects to it. */
import type { WikiPage } from '../sample/dump/page.ts'
import type { WikiName } from '../sample/dump/siteinfo.ts'
import { type Domain, domains, type Thing } from './facts.ts'

export type Language = 'ja' | 'en'

interface Draft {
  readonly title: string
  readonly text: string
  readonly redirect?: string
  readonly mate?: string
}

/** In id order, as the dumps hold them. */
export function pagesOf(language: Language): WikiPage[] {
  return domains
    .flatMap((domain) => domain.things.flatMap((thing, at) => draftsOf(language, domain, thing, at)))
    .map((draft, at) => pageOf(language, draft, at))
}

export function wikiNameOf(language: Language): WikiName {
  return `${language}wiki`
}

function draftsOf(language: Language, domain: Domain, thing: Thing, at: number): Draft[] {
  const text = language === 'ja' ? japanese(domain, thing, at) : english(domain, thing, at)
  const article = { title: thing[language], text, mate: thing[language === 'ja' ? 'en' : 'ja'] }
  const alias = thing.aliases[language]
  if (alias === undefined) return [article]
  const word = language === 'ja' ? '#転送' : '#REDIRECT'
  return [article, { title: alias, text: `${word} [[${thing[language]}]]`, redirect: thing[language] }]
}

/** Others of the domain: the next one, and the one after. */
function neighbours({ things }: Domain, at: number): readonly [Thing, Thing] {
  return [things[(at + 1) % things.length]!, things[(at + 2) % things.length]!]
}

function japanese(domain: Domain, thing: Thing, at: number): string {
  const [next, other] = neighbours(domain, at)
  return [
    `'''${thing.ja}'''（${thing.reading}、{{lang-en|${thing.en}}}）は、${thing.is.ja}である。[[${next.ja}]]や[[${other.ja}]]と並んで、${domain.ja}の一つに数えられる。`,
    '',
    '== 概要 ==',
    `${thing.ja}は${thing.is.ja}で、[[${next.ja}]]とは異なる。`,
    '',
    `[[Category:${domain.ja}]]`,
  ].join('\n')
}

function english(domain: Domain, thing: Thing, at: number): string {
  const [next, other] = neighbours(domain, at)
  const kind = domain.en.toLowerCase()
  return [
    `'''${thing.en}''' ({{lang-ja|${thing.ja}}}) is ${thing.is.en}. It is one of the ${kind}, like [[${next.en}]] and [[${other.en}]].`,
    '',
    '== Overview ==',
    `${thing.en} is not the same as [[${next.en}|${next.en.toLowerCase()}]].`,
    '',
    `[[Category:${domain.en}]]`,
  ].join('\n')
}

function pageOf(language: Language, { title, text, redirect, mate }: Draft, at: number): WikiPage {
  return {
    id: 10 + 3 * at,
    namespace: 0,
    title,
    text,
    ...(redirect === undefined ? {} : { redirect: { title: redirect, namespace: 0, fragment: '' } }),
    langlinks: mate === undefined ? {} : { [language === 'ja' ? 'en' : 'ja']: mate },
    inArticlesDump: true,
    revision: {
      id: 1000 + at,
      parentId: undefined,
      timestamp: '2026-08-20T00:00:00Z',
      contributor: { kind: 'user', name: 'Samplekeeper', id: 1 },
      minor: false,
      comment: '',
    },
  }
}
