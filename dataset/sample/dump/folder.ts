import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { multistream } from './export.ts'
import type { WikiPage } from './page.ts'
import type { WikiName } from './siteinfo.ts'
import { langlinksTable, pageTable, redirectTable, sqlDump } from './tables.ts'

export interface DumpContent {
  readonly wiki: WikiName
  /** Eight digits, as in the folder names of the dump site. */
  readonly date: string
  /** In id order. */
  readonly pages: readonly WikiPage[]
  /** page_random of a page, in [0, 1). */
  readonly random: (page: WikiPage) => number
}

interface Job {
  readonly name: string
  readonly updated: string
  readonly files: ReadonlyMap<string, Buffer>
}

/** Writes `<root>/<date>/<wiki>/` with the names the dump site uses. Returns the bytes written. */
export function writeDumpFolder(root: string, content: DumpContent): number {
  const { wiki, date, pages } = content
  const folder = join(root, date, wiki)
  mkdirSync(folder, { recursive: true })
  const day = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`
  const name = (rest: string) => `${wiki}-${date}-${rest}`
  const articles = multistream(
    wiki,
    pages.filter((page) => page.inArticlesDump),
  )
  const table = (rows: Parameters<typeof sqlDump>[1], minute: string): Job => ({
    name: `${rows.name}table`,
    updated: `${day} 13:${minute}:16`,
    files: new Map([[name(`${rows.name}.sql.gz`), sqlDump(wiki, rows, `${day} 13:${minute}:14`)]]),
  })
  const jobs: Job[] = [
    table(pageTable(wiki, pages, content.random), '22'),
    table(langlinksTable(pages), '25'),
    table(redirectTable(wiki, pages), '27'),
    {
      name: 'articlesmultistreamdump',
      updated: `${day} 21:04:41`,
      files: new Map([
        [name('pages-articles-multistream.xml.bz2'), articles.dump],
        [name('pages-articles-multistream-index.txt.bz2'), articles.index],
      ]),
    },
  ]
  const written = new Map(jobs.flatMap((job) => [...job.files]))
  written.set('dumpstatus.json', Buffer.from(dumpStatus(wiki, date, jobs)))
  written.set(name('md5sums.txt'), Buffer.from(checksums('md5', jobs)))
  written.set(name('sha1sums.txt'), Buffer.from(checksums('sha1', jobs)))
  let bytes = 0
  for (const [file, data] of written) {
    writeFileSync(join(folder, file), data)
    bytes += data.length
  }
  return bytes
}

function dumpStatus(wiki: WikiName, date: string, jobs: readonly Job[]): string {
  const status = jobs.map((job) => [
    job.name,
    {
      status: 'done',
      updated: job.updated,
      files: Object.fromEntries(
        [...job.files].map(([file, data]) => [
          file,
          { size: data.length, url: `/${wiki}/${date}/${file}`, md5: digest('md5', data), sha1: digest('sha1', data) },
        ]),
      ),
    },
  ])
  return JSON.stringify({ version: '0.8', jobs: Object.fromEntries(status) })
}

function checksums(algorithm: 'md5' | 'sha1', jobs: readonly Job[]): string {
  return jobs
    .flatMap((job) => [...job.files])
    .map(([file, data]) => `${digest(algorithm, data)}  ${file}\n`)
    .join('')
}

function digest(algorithm: 'md5' | 'sha1', data: Buffer): string {
  return createHash(algorithm).update(data).digest('hex')
}
