import type { ScratchTable } from '../../runtime/ports.ts'
import { stream } from '../../runtime/service.ts'
import type { Article } from '../../schemas/types.ts'
import { versionRow, versionsName } from '../../wiki/page-versions.ts'
import { settings } from './settings.ts'

/** Page ids have at most ten digits, so that text order is number order. */
const pageIdDigits = 10

export default stream('article-writer', { settings, ports: ['files', 'scratch'] }, async function* (events, deps) {
  const { files, scratch, log } = deps
  const byLanguage = new Map<string, ScratchTable<Article>>()
  const wikis = new Map<string, ScratchTable<Article>>()
  for await (const { value: article } of events) {
    const { language, wiki, pageId } = article
    const table = byLanguage.get(language) ?? scratch.table<Article>(language)
    byLanguage.set(language, table)
    wikis.set(wiki, table)
    table.put(`${wiki}:${String(pageId).padStart(pageIdDigits, '0')}`, article)
  }
  for (const [language, table] of [...byLanguage].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const written = await files.write(`${deps.settings.folder}/${language}_articles.jsonl`, lines(table))
    log.info({ ...written, articles: table.size }, 'articles written')
  }
  for (const [wiki, table] of wikis) {
    await files.write(`${deps.settings.folder}/${versionsName(wiki)}`, versions(table, wiki))
  }
  yield* []
})

async function* lines(table: ScratchTable<Article>): AsyncIterable<string> {
  for (const { value } of table.entries()) yield `${JSON.stringify(value)}\n`
}

/** Which version of each page was read, for an update to compare with. */
async function* versions(table: ScratchTable<Article>, wiki: string): AsyncIterable<Uint8Array> {
  for (const { value } of table.entries({ from: `${wiki}:`, to: `${wiki};` })) yield versionRow(value)
}
