import { mateLanguage } from '../../language/pair.ts'
import type { BadEventError } from '../../runtime/errors.ts'
import { dropped, type Outcome, rejected, transform } from '../../runtime/service.ts'
import { itemLinks } from './items.ts'
import { settings } from './settings.ts'
import { tableLinks } from './tables.ts'

export default transform('langlink-extractor', { settings, ports: ['files'] }, async function* ({ value: dump }, deps) {
  const { languages } = deps.settings
  const bad: Outcome<'page-links'>[] = []
  const options = { signal: deps.signal, onBadRow: (error: BadEventError) => void bad.push(rejected(error)) }
  const mate = mateLanguage(languages, dump.language)
  if (dump.kind === 'articles') yield dropped('other_kind_of_file')
  else if (dump.kind === 'wikidata') yield* itemLinks(deps.files.path(dump.address), languages, options)
  else if (mate === undefined) yield dropped('other_language')
  else yield* tableLinks(dump, mate, deps.files, options)
  yield* bad
})
