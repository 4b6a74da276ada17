/** naru encode: the terms that a text activates. */
import { print, printJson } from '../print.ts'
import { withSearchModel } from '../published-model.ts'
import { renderTable } from '../table.ts'
import { workspaceOf } from '../workspace.ts'

export interface EncodeFlags {
  readonly out?: string
  readonly model?: string
  readonly json?: boolean
}

export async function encode(text: string, flags: EncodeFlags): Promise<void> {
  const { name, terms } = await withSearchModel(workspaceOf(flags.out), flags.model, async (model) => ({
    name: model.name,
    terms: await model.terms(text),
  }))
  if (flags.json) {
    printJson({ text, model: name, terms })
    return
  }
  const rows = terms.map(({ term, weight, language }) => [weight.toFixed(3), term, language])
  print(renderTable([{ title: 'Weight', align: 'right' }, { title: 'Term' }, { title: 'Language' }], rows).join('\n'))
}
