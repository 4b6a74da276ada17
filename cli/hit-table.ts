import { print } from './print.ts'
import { fitWidth, renderTable } from './table.ts'

/** An article that was found. */
export interface ShownHit {
  readonly score: number
  readonly language: string
  readonly title: string
  readonly lead: string
}

const leadWidth = 70

export function printHits(hits: readonly ShownHit[]): void {
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
