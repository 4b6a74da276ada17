/** naru encode: the terms that a text activates, and the pairs that taught them. */
import { existsSync } from 'node:fs'
import { entriesOf } from '../../dictionary/entries.ts'
import { ConfigError } from '../../runtime/errors.ts'
import { pairsFile } from '../outputs.ts'
import { print, printJson } from '../print.ts'
import { type ActivatedTerm, type SearchModel, withSearchModel } from '../published-model.ts'
import { renderTable } from '../table.ts'
import { type Workspace, workspaceOf } from '../workspace.ts'

export interface EncodeFlags {
  readonly out?: string
  readonly model?: string
  readonly as: 'document' | 'query'
  readonly why?: boolean
  readonly json?: boolean
}

export async function encode(text: string, flags: EncodeFlags): Promise<void> {
  const workspace = workspaceOf(flags.out)
  const { name, terms, taught } = await withSearchModel(workspace, flags.model, async (model) => {
    const activated = await model.terms(text, flags.as)
    const teachers = flags.why ? await teachersFor(workspace, model, text, activated) : undefined
    return { name: model.name, terms: activated, taught: teachers }
  })
  if (flags.json) {
    printJson({ text, model: name, terms, ...(taught && { taught }) })
    return
  }
  const rows = terms.map(({ term, weight, language }, at) => {
    const teacher = taught?.[at]
    const pairs = teacher?.examples.map(({ left, right }) => `${left} = ${right}`).join(', ') ?? ''
    return [weight.toFixed(3), term, language, ...(teacher ? [teacher.isOwn ? 'in the text itself' : pairs] : [])]
  })
  const columns = [{ title: 'Weight', align: 'right' as const }, { title: 'Term' }, { title: 'Language' }]
  print(renderTable(taught ? [...columns, { title: 'Taught by' }] : columns, rows).join('\n'))
}

async function teachersFor(
  workspace: Workspace,
  model: SearchModel,
  text: string,
  activated: readonly ActivatedTerm[],
) {
  const file = pairsFile(workspace)
  if (!existsSync(file)) {
    throw new ConfigError('DICTIONARY_MISSING', 'there are no pairs that could have taught the model', {
      at: { file },
      hint: 'Name the folder of the run that trained it with --out.',
    })
  }
  const { teachersOf } = await import('../../evaluation/teachers.ts')
  const question = { tokens: model.tokens(text), terms: activated.map(({ term }) => term) }
  const [taught] = await teachersOf([question], entriesOf(file), model.tokens)
  return taught
}
