import { englishStemmer } from '../../language/english.ts'
import { loadMorphemes } from '../../language/morphemes.ts'
import { type DropReason, dropped, emit, type Outcome, transform } from '../../runtime/service.ts'
import type { Article } from '../../schemas/types.ts'
import { mentionsIn } from './mentions.ts'
import { anchorsIn, type FoundName, namesIn } from './names.ts'
import { settings } from './settings.ts'

export default transform('name-finder', { settings, byKey: true }, async function* ({ value: article }, { settings }) {
  if (article.kind === 'disambiguation') {
    yield dropped('other_kind_of_page')
    return
  }
  const { language } = article
  const stemmer = language === 'en' && article.redirect ? englishStemmer() : undefined
  const refused = new Map<DropReason, number>()
  let found = 0
  for (const outcome of [...namesIn(article, { ...settings, stemmer }), ...anchorsIn(article)]) {
    if (typeof outcome === 'string') refused.set(outcome, (refused.get(outcome) ?? 0) + 1)
    else {
      found++
      yield 'surfaceKey' in outcome ? emit.anchors(outcome) : pageName(article, outcome)
    }
  }
  if (settings.mentions && (article.kind === 'article' || article.kind === 'stub')) {
    const morphemes = language === 'ko' && settings.koreanNouns === 'morphemes' ? await loadMorphemes() : undefined
    const mentions = mentionsIn(article, morphemes)
    found += mentions.length
    if (mentions.length > 0) yield emit.mentions(mentionsOf(article, mentions))
  }
  for (const [reason, count] of refused) yield dropped(reason, count)
  if (found === 0 && refused.size === 0) yield dropped('no_names')
})

function mentionsOf({ wiki, title, language, pageId, revisionId }: Article, mentions: ReturnType<typeof mentionsIn>) {
  return { wiki, title, language, pageId, revisionId, mentions }
}

function pageName(article: Article, found: FoundName): Outcome<'page-names'> {
  return emit.pageNames({
    ...found,
    wiki: article.wiki,
    count: 1,
    share: null,
    evidenceWiki: article.wiki,
    evidencePageId: article.pageId,
    evidenceRevisionId: article.revisionId,
  })
}
