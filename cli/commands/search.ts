/** naru search: the articles whose leads answer a query, in either language. */
import { printHits } from '../hit-table.ts'
import { printJson } from '../print.ts'
import { withSearchModel } from '../published-model.ts'
import { workspaceOf } from '../workspace.ts'

export interface SearchFlags {
  readonly out?: string
  readonly model?: string
  readonly lang: 'ko' | 'en' | 'both'
  readonly k: number
  readonly json?: boolean
}

export async function search(query: string, flags: SearchFlags): Promise<void> {
  const language = flags.lang === 'both' ? undefined : flags.lang
  const { name, hits } = await withSearchModel(workspaceOf(flags.out), flags.model, async (model) => ({
    name: model.name,
    hits: await model.search(query, flags.k, language),
  }))
  if (flags.json) {
    printJson({ query, model: name, hits })
    return
  }
  printHits(hits)
}
