import { dropped, emit, stream } from '../../runtime/service.ts'
import type { PageName } from '../../schemas/types.ts'
import { languageOfWiki } from '../../wiki/site.ts'
import { candidatesOf } from './candidates.ts'
import { settings } from './settings.ts'

export default stream(
  'entity-linker',
  { settings, ports: ['scratch'], byKey: true },
  async function* (events, { settings, scratch }) {
    const names = scratch.table<PageName>('names')
    for await (const { value } of events) {
      const { wiki, title, rule, nameLanguage, name, evidencePageId, evidenceRevisionId } = value
      names.put([wiki, title, rule, nameLanguage, name, evidencePageId, evidenceRevisionId].join('\t'), value)
    }
    for (const page of byPage(names.entries())) {
      for (const outcome of candidatesOf(page, languageOfWiki(page[0]!.wiki), settings.languages)) {
        yield 'reason' in outcome ? dropped(outcome.reason, outcome.count) : emit.synonymCandidates(outcome)
      }
    }
  },
)

/** Names of one page together, pages in the order of wiki and title. */
function* byPage(entries: Iterable<{ readonly value: PageName }>): Iterable<PageName[]> {
  let page: PageName[] = []
  for (const { value } of entries) {
    const first = page[0]
    if (first && (first.wiki !== value.wiki || first.title !== value.title)) {
      yield page
      page = []
    }
    page.push(value)
  }
  if (page.length > 0) yield page
}
