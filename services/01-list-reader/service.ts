import { basename } from 'node:path'
import { whyNotAName } from '../../language/name.ts'
import { pairKeyOf, termOf } from '../../language/term.ts'
import { dropped, emit, rejected, source } from '../../runtime/service.ts'
import { entriesOf } from './entries.ts'
import { settings } from './settings.ts'

export default source('list-reader', { settings, ports: ['files'] }, async function* ({ settings, files, log }) {
  if (settings.file === null) return
  const file = files.path(settings.file)
  const [leftLanguage, rightLanguage] = settings.languages
  let pairs = 0
  for await (const entry of entriesOf(file)) {
    if (entry.kind === 'bad') {
      yield rejected(entry.error)
      continue
    }
    if (whyNotAName(entry.left) || whyNotAName(entry.right)) {
      yield dropped('not_a_name')
      continue
    }
    const left = termOf(leftLanguage, entry.left, '')
    const right = termOf(rightLanguage, entry.right, '')
    yield emit.synonymCandidates({
      pairKey: pairKeyOf(left, right),
      left,
      right,
      rule: 'existing',
      count: 1,
      share: null,
      evidenceWiki: `file:${basename(file)}`,
      evidencePageId: entry.line,
      evidenceRevisionId: 0,
      written: '',
      offset: null,
      detail: '',
      retracted: false,
    })
    pairs++
  }
  log.info({ file, pairs }, 'existing list read')
})
