/** naru search: the articles whose leads answer a query, in either language. */
import { ConfigError } from '../../runtime/errors.ts'
import { printHits } from '../hit-table.ts'
import { printJson } from '../print.ts'
import { type SearchModel, withSearchModel } from '../published-model.ts'
import { workspaceOf } from '../workspace.ts'

export interface SearchFlags {
  readonly out?: string
  readonly model?: string
  /** Code of a language of the run, or both. */
  readonly lang: string
  readonly k: number
  readonly json?: boolean
}

export async function search(query: string, flags: SearchFlags): Promise<void> {
  const language = flags.lang === 'both' ? undefined : flags.lang
  const { name, hits } = await withSearchModel(workspaceOf(flags.out), flags.model, async (model) => {
    if (language !== undefined) await refuseUnknown(language, model)
    return { name: model.name, hits: await model.search(query, flags.k, language) }
  })
  if (flags.json) {
    printJson({ query, model: name, hits })
    return
  }
  printHits(hits)
}

async function refuseUnknown(language: string, model: SearchModel): Promise<void> {
  const known = [...new Set((await model.leads()).map((lead) => lead.language))].sort()
  if (known.includes(language)) return
  throw new ConfigError('LANGUAGE_UNKNOWN', `no article of the index is in ${language}`, {
    hint: `It has ${known.join(' and ')}.`,
  })
}
