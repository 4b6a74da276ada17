/** SQL tables of a size to measure, in the layouts of 2026, with the real titles of ../shared/data, seeded. */
import { once } from 'node:events'
import { createWriteStream, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createGzip } from 'node:zlib'
import { packageRoot } from '../../runtime/package-root.ts'

export interface SqlTable {
  readonly name: 'langlinks' | 'page'
  readonly file: string
  readonly sqlBytes: number
  readonly rows: number
  /** langlinks: rows that lead to the language en. */
  readonly english: number
  /** page: rows of namespace 0. */
  readonly articles: number
}

const names = join(packageRoot, '..', 'shared', 'data', 'ko-en', 'wikidata-names.en-ko.tsv')
/** Those of the larger Wikipedias, each as often as the others. */
const languages =
  'ar be bg ca cs da de el en eo es et eu fa fi fr gl he hi hr hu id it ja ka kk lt lv mk ms nl nn no pl pt ro ru sh sk sl sr sv ta th tr uk uz vi zh zh_min_nan'.split(
    ' ',
  )
const lineBytes = 1_000_000

const columns = {
  langlinks: ['`ll_from` int(8) unsigned', '`ll_lang` varbinary(35)', '`ll_title` varbinary(255)'],
  page: [
    '`page_id` int(8) unsigned',
    '`page_namespace` int(11)',
    '`page_title` varbinary(255)',
    '`page_is_redirect` tinyint(1) unsigned',
    '`page_is_new` tinyint(1) unsigned',
    '`page_random` double unsigned',
    '`page_touched` binary(14)',
    '`page_links_updated` varbinary(14)',
    '`page_latest` int(8) unsigned',
    '`page_len` int(8) unsigned',
    '`page_content_model` varbinary(32)',
    '`page_lang` varbinary(35)',
  ],
}

export function columnsOf(name: SqlTable['name']): string[] {
  return columns[name].map((column) => /\w+/.exec(column)?.[0] ?? '')
}

/** Undefined where the shared data are not here. */
export async function sqlTableOf(
  name: SqlTable['name'],
  megabytes: number,
  cache: string,
): Promise<SqlTable | undefined> {
  if (!existsSync(names)) return undefined
  mkdirSync(cache, { recursive: true })
  const file = join(cache, `benchwiki-20260901-${name}.sql.gz`)
  const note = `${file}.${megabytes}.json`
  if (existsSync(note) && existsSync(file)) return { ...JSON.parse(readFileSync(note, 'utf8')), file }
  const titles = readFileSync(names, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t')[0] ?? '')
  const made = await write(name, titles, megabytes * 1e6, file)
  writeFileSync(note, JSON.stringify(made))
  return { ...made, file }
}

async function write(name: SqlTable['name'], titles: readonly string[], bytes: number, file: string) {
  const gzip = createGzip()
  const out = createWriteStream(`${file}.part`)
  gzip.pipe(out)
  let sqlBytes = 0
  const put = async (text: string) => {
    sqlBytes += Buffer.byteLength(text)
    if (!gzip.write(text)) await once(gzip, 'drain')
  }
  const random = mulberry32(7)
  await put('/*M!999999\\- enable the sandbox mode */ \n-- MariaDB dump 10.19  Distrib 10.11.14-MariaDB\n')
  await put(
    `DROP TABLE IF EXISTS \`${name}\`;\nCREATE TABLE \`${name}\` (\n${columns[name].map((column) => `  ${column},\n`).join('')}`,
  )
  await put('  PRIMARY KEY (`x`)\n) ENGINE=InnoDB DEFAULT CHARSET=binary;\n')
  let [rows, english, articles] = [0, 0, 0]
  while (sqlBytes < bytes) {
    const line: string[] = []
    for (let size = 0; size < lineBytes; size += line.at(-1)!.length) {
      const title = titles[Math.floor(random() * titles.length)]!.replace(/[\\']/g, '\\$&')
      const language = languages[Math.floor(random() * languages.length)]!
      rows++
      if (language === 'en') english++
      const namespace = random() < 0.4 ? 0 : Math.floor(random() * 16)
      if (namespace === 0) articles++
      line.push(
        name === 'langlinks' ? `(${1000 + rows},'${language}','${title}')` : pageRow(rows, namespace, title, random),
      )
    }
    await put(`INSERT INTO \`${name}\` VALUES ${line.join(',')};\n`)
  }
  await put('-- Dump completed on 2026-09-01  4:42:00\n')
  gzip.end()
  await once(out, 'finish')
  renameSync(`${file}.part`, file)
  return { name, sqlBytes, rows, english, articles }
}

function pageRow(id: number, namespace: number, title: string, random: () => number): string {
  const moment = () =>
    `202608${String(10 + Math.floor(random() * 20))}${String(100000 + Math.floor(random() * 899999))}`
  const isRedirect = random() < 0.4 ? 1 : 0
  return `(${id},${namespace},'${title.replaceAll(' ', '_')}',${isRedirect},0,${random()},'${moment()}','${moment()}',${1e9 + Math.floor(random() * 3e8)},${Math.floor(random() * 60000)},'wikitext',NULL)`
}

function mulberry32(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
