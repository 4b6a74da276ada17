/** Where an article says what a page is called: by being a redirect, in its lead, in its links. */
import { stripParticle } from '../../language/korean.ts'
import { whyNotAName } from '../../language/name.ts'
import type { LanguagePair } from '../../language/pair.ts'
import { foldTitle, splitQualifier } from '../../language/title.ts'
import type { DropReason } from '../../runtime/service.ts'
import type { AnchorCount, Article, NameRule } from '../../schemas/types.ts'

export interface FoundName {
  /** Title of the page that is named. */
  readonly title: string
  readonly name: string
  readonly nameLanguage: string
  readonly rule: NameRule
}

/** Names by redirect, bold lead, gloss and inline langlink; a reason stands for each that was refused. */
export function* namesIn(article: Article, languages: LanguagePair): Iterable<FoundName | DropReason> {
  const { language, title } = article
  if (article.redirect) {
    // A redirect to a section names a part of the page, not the page.
    if (article.redirect.section !== null) yield 'not_a_name'
    else yield* alias(article.redirect.target, splitQualifier(title).name, language, 'redirect')
    return
  }
  for (const name of article.boldNames) yield* alias(title, name, language, 'bold')
  for (const { language: glossLanguage, text } of article.glosses) {
    if (glossLanguage === language || !languages.includes(glossLanguage)) yield 'other_language'
    else if (whyNotAName(text)) yield 'not_a_name'
    else yield { title, name: text, nameLanguage: glossLanguage, rule: 'gloss' }
  }
  for (const link of article.languageLinks) {
    if (!languages.includes(link.language)) yield 'other_language'
    else if (whyNotAName(link.title)) yield 'not_a_name'
    else yield { title, name: link.title, nameLanguage: link.language, rule: 'inline_langlink' }
  }
}

function* alias(title: string, name: string, language: string, rule: NameRule): Iterable<FoundName | DropReason> {
  if (whyNotAName(name)) yield 'not_a_name'
  else if (foldTitle(name) === foldTitle(splitQualifier(title).name)) yield 'already_known'
  else yield { title, name, nameLanguage: language, rule }
}

/** Link texts with their targets. A text that is the title counts as well: it weighs against other targets. */
export function* anchorsIn(article: Article): Iterable<AnchorCount | DropReason> {
  const { wiki, language, pageId, revisionId } = article
  if (article.redirect) return
  for (const { target, surface, count } of article.links) {
    const name = language === 'ko' ? stripParticle(surface, target) : surface
    const surfaceKey = foldTitle(name)
    if (surfaceKey === '' || whyNotAName(name)) yield 'not_a_name'
    else
      yield { wiki, language, surfaceKey, surface: name, target, count, pageId, revisionId, written: '', offset: null }
  }
}
