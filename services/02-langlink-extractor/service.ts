import { whyNotAName } from '../../language/name.ts'
import { mateLanguage } from '../../language/pair.ts'
import { BadEventError } from '../../runtime/errors.ts'
import { dropped, emit, type Outcome, rejected, transform } from '../../runtime/service.ts'
import { langlinkRows, pageRows } from '../../wiki/tables.ts'
import { settings } from './settings.ts'

export default transform('langlink-extractor', { settings, ports: ['files'] }, async function* ({ value: dump }, deps) {
  const { files, signal } = deps
  const mate = mateLanguage(deps.settings.languages, dump.language)
  if (dump.kind !== 'langlinks') {
    yield dropped('other_kind_of_file')
    return
  }
  if (mate === undefined) {
    yield dropped('other_language')
    return
  }
  if (dump.pageTableAddress === null) {
    throw new BadEventError('PAGE_TABLE_MISSING', 'langlinks name pages by id: the page table is needed too', {
      at: { file: dump.address, wiki: dump.wiki },
      hint: 'Put the -page.sql.gz of the same dump beside it.',
    })
  }
  const bad: Outcome<'page-names'>[] = []
  const onBadRow = (error: BadEventError) => void bad.push(rejected(error))

  // One language's links fit in memory (a few hundred thousand); the page table streams past them.
  const mates = new Map<number, string>()
  for await (const { pageId, title } of langlinkRows(files.path(dump.address), {
    languages: [mate],
    onBadRow,
    signal,
  })) {
    if (whyNotAName(title)) yield dropped('not_a_name')
    else mates.set(pageId, title)
  }
  for await (const page of pageRows(files.path(dump.pageTableAddress), { onBadRow, signal })) {
    const name = mates.get(page.pageId)
    if (name === undefined) continue
    mates.delete(page.pageId)
    if (page.namespace !== 0) yield dropped('other_namespace')
    else if (whyNotAName(page.title)) yield dropped('not_a_name')
    else {
      yield emit.pageNames({
        wiki: dump.wiki,
        title: page.title,
        name,
        nameLanguage: mate,
        rule: 'langlink',
        count: 1,
        share: null,
        evidenceWiki: dump.wiki,
        evidencePageId: page.pageId,
        evidenceRevisionId: page.latestRevisionId,
        written: '',
        offset: null,
        detail: '',
      })
    }
  }
  if (mates.size > 0) yield dropped('unknown_page', mates.size)
  yield* bad
})
