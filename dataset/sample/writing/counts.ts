import type { WikiPage } from '../dump/page.ts'
import type { Sample } from './wiki.ts'

/** The card's table: what each dump holds, counted from the pages that were written. */
export function countsTable(sample: Sample, dates: readonly string[]): string {
  const lines = dates.flatMap((date, edition) =>
    sample.wikis.map(({ wiki, editions }) => {
      const pages = editions[edition] ?? []
      const inArticles = pages.filter((page) => page.namespace === 0)
      const redirects = inArticles.filter((page) => page.redirect)
      const other = wiki === 'kowiki' ? 'en' : 'ko'
      const linked = inArticles.filter((page) => page.langlinks[other])
      const before = new Map((editions[0] ?? []).map((page) => [page.id, page]))
      const cells = [
        date,
        wiki,
        pages.length,
        inArticles.length - redirects.length,
        redirects.length,
        linked.length,
        ...(edition === 0 ? ['', '', ''] : changes(before, pages)),
      ]
      return `| ${cells.join(' | ')} |`
    }),
  )
  return [
    '| date | wiki | pages | articles | redirects | linked to the other wiki | edited or moved | new | deleted |',
    '|---|---|---|---|---|---|---|---|---|',
    ...lines,
  ].join('\n')
}

function changes(before: ReadonlyMap<number, WikiPage>, pages: readonly WikiPage[]): number[] {
  const ids = new Set(pages.map((page) => page.id))
  const edited = pages.filter((page) => (before.get(page.id)?.revision.id ?? page.revision.id) !== page.revision.id)
  const fresh = pages.filter((page) => !before.has(page.id))
  const deleted = [...before.keys()].filter((id) => !ids.has(id))
  return [edited.length, fresh.length, deleted.length]
}
