/** naru search: the articles whose leads answer a query, in either language. */
import { print, printJson } from '../print.ts'
import { withSearchModel } from '../published-model.ts'
import { fitWidth, renderTable } from '../table.ts'
import { workspaceOf } from '../workspace.ts'

export interface SearchFlags {
  readonly out?: string
  readonly model?: string
  readonly lang: 'ko' | 'en' | 'both'
  readonly k: number
  readonly json?: boolean
}

const leadWidth = 70

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
  if (hits.length === 0) {
    print('Nothing shares a term with the query.')
    return
  }
  const rows = hits.map(({ score, language, title, lead }) => [
    score.toFixed(2),
    language,
    title,
    fitWidth(lead.replace(/\s+/g, ' '), leadWidth),
  ])
  print(
    renderTable(
      [{ title: 'Score', align: 'right' }, { title: '' }, { title: 'Article' }, { title: 'Lead' }],
      rows,
    ).join('\n'),
  )
}
