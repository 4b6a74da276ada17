/** naru synonyms leakcheck: exit code 1 where anything of a test cluster is in what is trained on. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { findLeaks, type LeakCheck, type RunFiles } from '../../../dictionary/leaks.ts'
import { FatalError } from '../../../runtime/errors.ts'
import { print, printJson } from '../../print.ts'
import { formatCount } from '../../quantities.ts'
import { bytesTold, inSteps } from '../../steps.ts'
import { renderTable } from '../../table.ts'
import { type Workspace, workspaceOf } from '../../workspace.ts'
import { synonymFile } from './files.ts'

export interface LeakcheckFlags {
  readonly out?: string
  readonly json?: boolean
}

const leaksShown = 20

/** Throws FatalError TEST_LEAKED, which names the first leak. */
export async function leakcheck({ out, json }: LeakcheckFlags): Promise<void> {
  const files = filesOf(workspaceOf(out))
  const read = [files.test, ...files.pairs, ...files.articles, ...files.examples]
  const check = await inSteps(({ tell }) => findLeaks(files, bytesTold(tell, 'looking for leaks', read)))
  if (json) printJson({ ...check, files })
  else print(rendered(check, files))
  const [first] = check.leaks
  if (first === undefined) return
  throw new FatalError(
    'TEST_LEAKED',
    `${formatCount(check.leaks.length)} times something of a test cluster is trained on`,
    {
      at: { file: first.file, ...(first.line > 0 && { line: first.line }), title: first.surface },
      hint: 'Figures on the test clusters mean nothing: make the data set again, and the model after it.',
    },
  )
}

function filesOf(workspace: Workspace): RunFiles {
  const { data, models } = workspace
  const existing = (...files: readonly string[]) => files.filter((file) => existsSync(file))
  const below = (folder: string) => (existsSync(folder) ? readdirSync(folder).sort() : [])
  return {
    test: synonymFile(workspace, 'test.json'),
    pairs: ['train.json', 'val.json'].map((name) => synonymFile(workspace, name)),
    articles: below(join(data, 'wikipedia'))
      .filter((name) => name.endsWith('_articles.jsonl'))
      .map((name) => join(data, 'wikipedia', name)),
    examples: existing(join(data, 'training', 'qd_pairs.jsonl'), join(data, 'training', 'negative_samples.jsonl')),
    vocabularies: existing(
      ...below(join(models, 'exports')).map((model) => join(models, 'exports', model, 'tokenizer.json')),
    ),
  }
}

function rendered(
  { leaks, testSurfaces, testLeads, checked }: LeakCheck,
  { vocabularies, examples }: RunFiles,
): string {
  const counts = [
    `${formatCount(checked.pairs)} pairs`,
    examples.length === 0
      ? 'no examples yet'
      : `${formatCount(checked.texts)} texts of ${formatCount(checked.examples)} lines of examples`,
    vocabularies.length === 0 ? 'no model yet' : `${formatCount(checked.vocabularyTerms)} terms of vocabularies`,
  ]
  const looked = `Looked for ${formatCount(testSurfaces)} names and ${formatCount(testLeads)} leads of test clusters in ${counts.join(', ')}.`
  if (leaks.length === 0) return `${looked}\nNo leak.`
  const rows = leaks.slice(0, leaksShown).map(({ what, surface, file, line }) => [what, surface, `${file}:${line}`])
  const more = leaks.length > leaksShown ? [`and ${formatCount(leaks.length - leaksShown)} more`] : []
  return [looked, ...renderTable([{ title: 'Leak' }, { title: 'Of' }, { title: 'Where' }], rows), ...more].join('\n')
}
