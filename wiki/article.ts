import type { Article as ArticleEvent, ArticleKind, RedirectTarget } from '../schemas/types.ts'
import { kindOf } from './kinds.ts'
import type { RawPage } from './pages.ts'
import { normaliseTitle, type Site } from './site.ts'
import type { ParsedWikitext, WikitextParser } from './wikitext/parsed.ts'

export type { ArticleKind }

/** A page of a wiki taken apart. */
export type Article = ArticleEvent

export interface ArticleOptions {
  readonly parser: WikitextParser
}

/** Takes a page apart. Pages of another model than wikitext give an article without text. Never throws. */
export function articleOf(page: RawPage, site: Site, { parser }: ArticleOptions): Article {
  const parsed = parser(page.model === 'wikitext' ? page.text : '', site, page.title)
  const redirect = redirectOf(page, parsed, site)
  return {
    wiki: site.wiki,
    language: site.language,
    pageId: page.pageId,
    revisionId: page.revisionId,
    timestamp: page.timestamp,
    title: page.title,
    namespace: page.namespace,
    kind: redirect === null ? kindOf(page.title, parsed.templates, parsed.isMarkedDisambiguation, site) : 'redirect',
    redirect,
    lead: redirect === null ? parsed.lead : '',
    sections: redirect === null ? [...parsed.sections] : [],
    links: redirect === null ? [...parsed.links] : [],
    boldNames: [...parsed.boldNames],
    glosses: [...parsed.glosses],
    infoboxes: [...parsed.infoboxes],
    categories: [...parsed.categories],
    languageLinks: [...parsed.languageLinks],
    references: parsed.references,
    textBytes: page.textBytes,
    shortDescription: parsed.shortDescription,
    hatnotes: [...parsed.hatnotes],
    captions: [...parsed.captions],
    coordinates: parsed.coordinates,
  }
}

/** The whole text: lead and sections, headings on lines of their own; headings without any text below are left out. */
export function wholeText({ lead, sections }: Pick<Article, 'lead' | 'sections'>): string {
  const parts: string[] = []
  let nextKeptLevel = 0
  for (const { heading, level, text } of [...sections].reverse()) {
    // An empty section is kept for its heading where a deeper one with text follows.
    if (text === '' && nextKeptLevel <= level) continue
    nextKeptLevel = level
    parts.unshift([heading, text].filter((part) => part !== '').join('\n'))
  }
  return [lead, ...parts].filter((part) => part !== '').join('\n\n')
}

/** The target that the dump states, with the section that only the text states. */
function redirectOf(page: RawPage, parsed: ParsedWikitext, site: Site): RedirectTarget | null {
  if (page.redirectTitle === undefined) return parsed.redirect
  const { title, section } = normaliseTitle(page.redirectTitle, site)
  const { section: written = null, templates = [] } = parsed.redirect ?? {}
  return { target: title, section: section || written, templates }
}
