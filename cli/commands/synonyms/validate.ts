/** naru synonyms validate: what dictionaries that were no source say of the pairs. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Judge, readJudge } from '../../../confidence/judge.ts'
import { entriesOf } from '../../../dictionary/entries.ts'
import { type Validation, type VerdictCounts, validate, validationName } from '../../../dictionary/validation.ts'
import { wilsonInterval } from '../../../dictionary/wilson.ts'
import { ConfigError } from '../../../runtime/errors.ts'
import { openFolderStore } from '../../../runtime/files.ts'
import { print, printJson } from '../../print.ts'
import { formatCount } from '../../quantities.ts'
import { readRecord } from '../../run-record.ts'
import { bytesTold, inSteps } from '../../steps.ts'
import { renderTable } from '../../table.ts'
import { type Workspace, workspaceOf } from '../../workspace.ts'
import { synonymFile } from './files.ts'

export interface ValidateFlags {
  readonly out?: string
  readonly dictionary: readonly string[]
  readonly json?: boolean
}

export async function validateSynonyms({ out, dictionary, json }: ValidateFlags): Promise<void> {
  const workspace = workspaceOf(out)
  const pairs = synonymFile(workspace, 'combined_synonyms.json')
  const judges: Judge[] = []
  for (const file of dictionary) {
    const judge = await readJudge(file)
    refuseSource(workspace, file, judge)
    judges.push(judge)
  }
  const validation = await inSteps(({ tell }) =>
    validate(entriesOf(pairs, bytesTold(tell, 'judging', [pairs])), judges),
  )
  const file = join(workspace.data, 'synonyms', validationName)
  await openFolderStore(workspace).write(file, `${JSON.stringify(validation, null, 2)}\n`)
  if (json) printJson(validation)
  else print(rendered(validation, file))
}

/** A list that was merged into the dictionary would agree with itself. */
function refuseSource(workspace: Workspace, file: string, { sha256 }: Judge): void {
  const { files = [] } = (readRecord(workspace.runFile)?.settings['list-reader'] ?? {}) as { files?: readonly string[] }
  const paths = files.map((source) => openFolderStore(workspace).path(source)).filter((source) => existsSync(source))
  const isSource = paths.some((source) => createHash('sha256').update(readFileSync(source)).digest('hex') === sha256)
  if (!isSource) return
  throw new ConfigError('JUDGE_IS_SOURCE', 'this dictionary was a source of the pairs and cannot judge them', {
    at: { file },
    hint: 'Validate with another dictionary, or make the pairs without this one.',
  })
}

function rendered(validation: Validation, file: string): string {
  const { dictionaries, sources, all, pairs, reliability, judgeRecalls } = validation
  const names = dictionaries.map(({ name, pairs: size }) => `${name} (${formatCount(size)} pairs)`)
  const columns = [
    { title: 'Source' },
    { title: 'Agree', align: 'right' },
    { title: 'Disagree', align: 'right' },
    { title: 'Unknown', align: 'right' },
    { title: 'Agree of known', align: 'right' },
  ] as const
  const rows = [...sources, { source: 'all pairs', ...all }].map(({ source, ...counts }) => [
    source,
    formatCount(counts.agree),
    formatCount(counts.disagree),
    formatCount(counts.unknown),
    shareOf(counts),
  ])
  return [
    `${formatCount(pairs)} pairs, judged by ${names.join(' and ')}`,
    ...renderTable(columns, rows),
    `Confidence is off by ${reliability.expectedCalibrationError.toFixed(3)} in the mean (Brier score ${reliability.brier.toFixed(3)}), where the`,
    `judges are taken to confirm ${judgeRecalls.titles.toFixed(2)} of the right titles and ${judgeRecalls.aliases.toFixed(2)} of the right aliases that they know.`,
    `Written to ${file}; naru report draws it.`,
  ].join('\n')
}

function shareOf({ agree, disagree }: VerdictCounts): string {
  const known = agree + disagree
  if (known === 0) return ''
  const [low, high] = wilsonInterval(agree, known)
  return `${(agree / known).toFixed(3)} (${low.toFixed(3)}–${high.toFixed(3)})`
}
