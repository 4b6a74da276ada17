import { type DropReason, dropped, emit, type Outcome, transform } from '../../runtime/service.ts'
import type { Article } from '../../schemas/types.ts'
import { anchorsIn, type FoundName, namesIn } from './names.ts'
import { settings } from './settings.ts'

export default transform('name-finder', { settings }, async function* ({ value: article }, { settings }) {
  if (article.kind === 'disambiguation') {
    yield dropped('not_a_name')
    return
  }
  const refused = new Map<DropReason, number>()
  let found = 0
  for (const outcome of [...namesIn(article, settings.languages), ...anchorsIn(article)]) {
    if (typeof outcome === 'string') refused.set(outcome, (refused.get(outcome) ?? 0) + 1)
    else {
      found++
      yield 'surfaceKey' in outcome ? emit.anchors(outcome) : pageName(article, outcome)
    }
  }
  if (found === 0) yield dropped('no_names')
  else for (const [reason, count] of refused) yield dropped(reason, count)
})

function pageName(article: Article, { title, name, nameLanguage, rule }: FoundName): Outcome<'page-names'> {
  return emit.pageNames({
    wiki: article.wiki,
    title,
    name,
    nameLanguage,
    rule,
    count: 1,
    share: null,
    evidenceWiki: article.wiki,
    evidencePageId: article.pageId,
    evidenceRevisionId: article.revisionId,
    written: '',
    offset: null,
    detail: '',
  })
}
