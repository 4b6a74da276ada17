import { type FormFault, formFaultOf } from '../../language/name.ts'
import type { LanguagePair } from '../../language/pair.ts'
import { pairKeyOf, termOf } from '../../language/term.ts'
import { BadEventError } from '../../runtime/errors.ts'
import { emit, rejected, source } from '../../runtime/service.ts'
import type { SynonymCandidate } from '../../schemas/types.ts'
import { namesOf, rowsOf } from './lists.ts'
import type { BadRow, Read, Row } from './rows.ts'
import { settings } from './settings.ts'

export default source('list-reader', { settings, ports: ['files'] }, async function* ({ settings, files, log }) {
  const paths = settings.files.map((file) => files.path(file))
  const names = namesOf(paths)
  for (const [at, file] of paths.entries()) {
    let [pairs, bad] = [0, 0]
    for await (const read of rowsOf(file, settings.languages)) {
      const row = named(read)
      if (row.kind === 'bad') {
        bad++
        // A row is a person's own: the run's log is where it can be looked up.
        log.warn({ file, line: row.line, reason: row.reason }, 'row left out')
        yield rejected(badEntry(file, row))
        continue
      }
      yield emit.synonymCandidates(candidateOf(row, `file:${names[at]}`, settings.languages))
      pairs++
    }
    log.info({ file, pairs, bad }, 'existing list read')
  }
})

function candidateOf(
  { terms, line }: Row,
  list: string,
  [leftLanguage, rightLanguage]: LanguagePair,
): SynonymCandidate {
  const left = termOf(leftLanguage, terms[0], '')
  const right = termOf(rightLanguage, terms[1], '')
  return {
    pairKey: pairKeyOf(left, right),
    left,
    right,
    rule: 'existing',
    count: 1,
    share: null,
    evidenceWiki: list,
    evidencePageId: line,
    evidenceRevisionId: 0,
    written: '',
    offset: null,
    detail: '',
    retracted: false,
    side: '',
  }
}

/** What no term can be. Pronouns, times and the word 목록 are no names of pages, but a person who lists them wants them. */
const faults: Readonly<Record<FormFault, string>> = {
  empty: 'a term is empty',
  too_long: 'a term is too long: a definition, not a name',
  no_letter: 'a term has no letter',
}

function named(row: Read): Read {
  if (row.kind === 'bad') return row
  for (const term of row.terms) {
    const fault = formFaultOf(term)
    if (fault) return { kind: 'bad', line: row.line, title: row.terms.join(' '), reason: faults[fault] }
  }
  return row
}

function badEntry(file: string, { line, title, reason }: BadRow): BadEventError {
  return new BadEventError('LIST_ENTRY', `an entry was left out: ${reason}`, { at: { file, line, title } })
}
