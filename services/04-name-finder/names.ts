/** Where an article says what a page is called: by being a redirect, in its lead, in its infobox, in its links. */
import type { Stemmer } from '../../language/english.ts'
import { stripParticle } from '../../language/korean.ts'
import { scriptOf } from '../../language/letters.ts'
import { whyNotAName } from '../../language/name.ts'
import type { LanguagePair } from '../../language/pair.ts'
import { isPluralOf, isSecondOfTwo } from '../../language/part-of-title.ts'
import { foldTitle, splitQualifier } from '../../language/title.ts'
import type { DropReason } from '../../runtime/service.ts'
import type { AnchorCount, Article, NameRule } from '../../schemas/types.ts'
import { wholeText } from '../../wiki/article.ts'
import { infoboxNames } from './infoboxes.ts'
import { type RedirectTemplates, verdictOn } from './redirects.ts'

export interface FoundName {
  /** Title of the page that is named. */
  readonly title: string
  readonly name: string
  readonly nameLanguage: string
  readonly rule: NameRule
  /** As it is written, where that is more than the name; else empty. */
  readonly written: string
  /** Place in the article's text; null where it is no part of it. */
  readonly offset: number | null
  readonly detail: string
}

export interface HowToRead {
  readonly languages: LanguagePair
  /** Where the article is an English redirect. */
  readonly stemmer: Stemmer | undefined
  readonly redirectTemplates: RedirectTemplates
}

/** 백림(伯林): how a Korean name is written in ideographs, which is no part of it. */
const ideographsBehind = /\s*[(（]\p{Script=Han}[\p{Script=Han}·, ]*[)）]$/u

/** Names by redirect, bold lead, gloss, infobox and inline langlink; a reason stands for each that was refused. */
export function* namesIn(article: Article, how: HowToRead): Iterable<FoundName | DropReason> {
  const { languages } = how
  const { language, title, lead } = article
  if (article.redirect) {
    yield* nameByRedirect(article, how)
    return
  }
  let from = 0
  for (const written of article.boldNames) {
    // Bold names come in the order of the lead: 아인슈타인 is sought behind 알베르트 아인슈타인.
    const at = placeIn(lead, written, from) ?? placeIn(lead, written)
    if (at !== null) from = at + written.length
    const name = language === 'ko' ? written.replace(ideographsBehind, '') : written
    const found = {
      title,
      name,
      nameLanguage: language,
      written: name === written ? '' : written,
      offset: at,
      detail: '',
    }
    yield whyNoAlias(title, name, language) ?? { ...found, rule: 'bold' }
  }
  for (const { language: glossLanguage, text } of article.glosses) {
    const reason = whyNotForeign(text, glossLanguage, language, languages)
    const place = { title, written: '', offset: placeIn(lead, text), detail: '' }
    yield reason ?? { ...place, name: text, nameLanguage: glossLanguage, rule: 'gloss' }
  }
  for (const { name, language: nameLanguage, parameter } of infoboxNames(article.infoboxes, language)) {
    const isOwn = nameLanguage === language
    const reason = isOwn ? whyNoAlias(title, name, language) : whyNotForeign(name, nameLanguage, language, languages)
    yield reason ?? { title, name, nameLanguage, rule: 'infobox', written: '', offset: null, detail: parameter }
  }
  for (const link of article.languageLinks) {
    const reason = languages.includes(link.language) ? whyNotAName(link.title) : 'other_language'
    const found = { title, name: link.title, nameLanguage: link.language, written: '', offset: null, detail: 'inline' }
    yield reason ?? { ...found, rule: 'inline_langlink' }
  }
}

/** A redirect in the letters of the other language is a foreign name: 서울 → Seoul in the English wiki. */
function* nameByRedirect(
  { redirect, title, language }: Article,
  { languages, stemmer, redirectTemplates }: HowToRead,
): Iterable<FoundName | DropReason> {
  if (!redirect) return
  const { name } = splitQualifier(title)
  const isForeign = language !== 'ko' && scriptOf(name) === 'hangul' && languages.includes('ko')
  const verdict = verdictOn(name, redirect, { language, stemmer, redirectTemplates })
  const reason = verdict.kind === 'none' ? verdict.reason : whyNotAName(name)
  const nameLanguage = isForeign ? 'ko' : language
  const detail = verdict.kind === 'name' ? verdict.sort : ''
  const written = name === title ? '' : title
  yield reason ?? { title: redirect.target, name, nameLanguage, rule: 'redirect', written, offset: null, detail }
}

function whyNoAlias(page: string, name: string, language: string): DropReason | undefined {
  const reason = whyNotAName(name)
  if (reason) return reason
  const title = splitQualifier(page).name
  if (foldTitle(name) === foldTitle(title)) return 'already_known'
  if (language === 'en' && isPluralOf(name, title)) return 'inflected_form'
  return isSecondOfTwo(name, title) ? 'part_of_page' : undefined
}

function whyNotForeign(
  name: string,
  nameLanguage: string,
  own: string,
  languages: LanguagePair,
): DropReason | undefined {
  if (nameLanguage === own || !languages.includes(nameLanguage)) return 'other_language'
  return whyNotAName(name)
}

function placeIn(lead: string, name: string, from = 0): number | null {
  const at = lead.indexOf(name, from)
  return at < 0 ? null : at
}

/** A page with more links than this that are no part of its text is one of tables: the places of the rest stay unknown. */
const mostMisses = 100

/** Link texts with their targets. A text that is the title counts as well: it weighs against other targets. */
export function* anchorsIn(article: Article): Iterable<AnchorCount | DropReason> {
  const { wiki, language, pageId, revisionId } = article
  if (article.redirect || article.links.length === 0) return
  const text = wholeText(article)
  let from = 0
  let misses = 0
  for (const { target, surface, count } of article.links) {
    const at = misses > mostMisses ? -1 : text.indexOf(surface, from)
    if (at < 0) misses++
    // Links come in the order of their first appearance.
    else from = at
    const name = language === 'ko' ? stripParticle(surface, target) : surface
    const surfaceKey = foldTitle(name)
    const reason = surfaceKey === '' ? 'not_a_name' : whyNotAName(name)
    const written = name === surface ? '' : surface
    const offset = at < 0 ? null : at
    yield reason ?? { wiki, language, surfaceKey, surface: name, target, count, pageId, revisionId, written, offset }
  }
}
