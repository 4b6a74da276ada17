import {
  canonicalNamespaces,
  fallbackLanguage,
  type LanguageData,
  languagePrefixes,
  languages,
  sisterPrefixes,
} from './language-data.ts'
import type { Siteinfo, TitleCase } from './siteinfo.ts'

/** All that reading a wiki's markup needs to know of the wiki; plain data, so it can be sent to a worker. */
export interface Site {
  /** Database name such as `kowiki`. */
  readonly wiki: string
  /** Language code such as `ko` or `zh-min-nan`. */
  readonly language: string
  readonly case: TitleCase
  /** Lower-case name, canonical name or alias → namespace number. */
  readonly namespaces: ReadonlyMap<string, number>
  /** Namespace number → local name, as it is written in titles. */
  readonly namespaceNames: ReadonlyMap<number, string>
  /** The wiki's language first, then English, which every wiki understands. */
  readonly words: readonly LanguageData[]
  readonly languagePrefixes: ReadonlySet<string>
  readonly sisterPrefixes: ReadonlySet<string>
}

export interface SiteOptions {
  /** Overrules the header: some dumps in circulation carry another wiki's. */
  readonly wiki?: string | undefined
}

/**
 * The site of a dump from its header and the built-in language data. Where `wiki` is another than the header's, the
 * header's names stay valid as aliases, and the local names come from the language data.
 */
export function siteOf(siteinfo: Siteinfo | undefined, { wiki = siteinfo?.dbname ?? '' }: SiteOptions = {}): Site {
  const language = languageOfWiki(wiki)
  const words = [languages[language] ?? fallbackLanguage]
  if (words[0] !== fallbackLanguage) words.push(fallbackLanguage)

  const namespaces = new Map<string, number>()
  const namespaceNames = new Map<number, string>()
  const learn = (key: number, name: string) => {
    if (name === '') return
    if (!namespaces.has(name.toLowerCase())) namespaces.set(name.toLowerCase(), key)
    if (!namespaceNames.has(key)) namespaceNames.set(key, name)
  }
  const learnTable = (table: Readonly<Record<number, readonly string[]>>) => {
    for (const [key, names] of Object.entries(table)) for (const name of names) learn(Number(key), name)
  }
  const own = siteinfo?.dbname === wiki
  if (own) for (const { key, name } of siteinfo?.namespaces ?? []) learn(key, name)
  for (const { namespaces: table } of words.slice(0, 1)) learnTable(table)
  if (!own) for (const { key, name } of siteinfo?.namespaces ?? []) learn(key, name)
  learnTable(canonicalNamespaces)
  for (const { namespaces: table } of words.slice(1)) learnTable(table)

  return {
    wiki,
    language,
    case: own ? (siteinfo?.case ?? 'first-letter') : 'first-letter',
    namespaces,
    namespaceNames,
    words,
    languagePrefixes: new Set(languagePrefixes),
    sisterPrefixes: new Set(sisterPrefixes),
  }
}

/** `kowiki` → `ko`, `zh_min_nanwiki` → `zh-min-nan`; a name of another form is taken for a language code. */
export function languageOfWiki(wiki: string): string {
  return wiki.replace(/wiki$/, '').replaceAll('_', '-')
}

/** The Wikipedia of a language: `ko` → `kowiki`, `zh-min-nan` → `zh_min_nanwiki`. */
export function wikiOfLanguage(language: string): string {
  return `${language.replaceAll('-', '_')}wiki`
}

/**
 * A title as MediaWiki stores it: no section, spaces for underscores, first letter a capital where the wiki asks for
 * it, NFC, namespace by its local name. Source: MediaWiki's MediaWikiTitleCodec::splitTitleString.
 */
export function normaliseTitle(title: string, site: Site): { title: string; namespace: number; section: string } {
  const hash = title.indexOf('#')
  const section = hash < 0 ? '' : tidySpaces(title.slice(hash + 1))
  let rest = tidySpaces(hash < 0 ? title : title.slice(0, hash))
  if (rest.startsWith(':')) rest = rest.slice(1).trimStart()
  const colon = rest.indexOf(':')
  if (colon > 0) {
    const namespace = site.namespaces.get(rest.slice(0, colon).trimEnd().toLowerCase())
    if (namespace !== undefined) {
      const name = site.namespaceNames.get(namespace) ?? rest.slice(0, colon)
      return { title: `${name}:${capital(rest.slice(colon + 1).trimStart(), site)}`, namespace, section }
    }
  }
  return { title: capital(rest, site), namespace: 0, section }
}

/** Underscores, control marks and runs of spaces become one space; NFC; no space at either end. */
function tidySpaces(text: string): string {
  return text
    .replace(/[\s_\u200e\u200f\u202a-\u202e]+/gu, ' ')
    .trim()
    .normalize('NFC')
}

function capital(title: string, site: Site): string {
  if (site.case === 'case-sensitive' || title === '') return title
  const first = String.fromCodePoint(title.codePointAt(0) ?? 0)
  const upper = first.toUpperCase()
  // ß and the ligatures have no single capital: MediaWiki leaves them.
  return upper.length === first.length ? upper + title.slice(first.length) : title
}
