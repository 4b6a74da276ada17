import { gzipSync } from 'node:zlib'
import type { WikiPage } from './page.ts'
import { sites, type WikiName } from './siteinfo.ts'

type Cell = number | string | null

interface Table {
  readonly name: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}

/** mysqldump's net_buffer_length: an INSERT line is closed before it grows past this. */
const insertLineBytes = 1_047_551

const pageColumns = [
  '`page_id` int(8) unsigned NOT NULL AUTO_INCREMENT',
  '`page_namespace` int(11) NOT NULL DEFAULT 0',
  "`page_title` varbinary(255) NOT NULL DEFAULT ''",
  '`page_is_redirect` tinyint(1) unsigned NOT NULL DEFAULT 0',
  '`page_is_new` tinyint(1) unsigned NOT NULL DEFAULT 0',
  '`page_random` double unsigned NOT NULL DEFAULT 0',
  '`page_touched` binary(14) NOT NULL',
  '`page_links_updated` varbinary(14) DEFAULT NULL',
  '`page_latest` int(8) unsigned NOT NULL DEFAULT 0',
  '`page_len` int(8) unsigned NOT NULL DEFAULT 0',
  '`page_content_model` varbinary(32) DEFAULT NULL',
  '`page_lang` varbinary(35) DEFAULT NULL',
  'PRIMARY KEY (`page_id`)',
  'UNIQUE KEY `page_name_title` (`page_namespace`,`page_title`)',
  'KEY `page_random` (`page_random`)',
  'KEY `page_len` (`page_len`)',
  'KEY `page_redirect_namespace_len` (`page_is_redirect`,`page_namespace`,`page_len`)',
]

const langlinksColumns = [
  '`ll_from` int(8) unsigned NOT NULL DEFAULT 0',
  "`ll_lang` varbinary(35) NOT NULL DEFAULT ''",
  "`ll_title` varbinary(255) NOT NULL DEFAULT ''",
  'PRIMARY KEY (`ll_from`,`ll_lang`)',
  'KEY `ll_lang` (`ll_lang`,`ll_title`)',
]

const redirectColumns = [
  '`rd_from` int(8) unsigned NOT NULL DEFAULT 0',
  '`rd_namespace` int(11) NOT NULL DEFAULT 0',
  "`rd_title` varbinary(255) NOT NULL DEFAULT ''",
  '`rd_interwiki` varbinary(32) DEFAULT NULL',
  '`rd_fragment` varbinary(255) DEFAULT NULL',
  'PRIMARY KEY (`rd_from`)',
  'KEY `rd_ns_title` (`rd_namespace`,`rd_title`,`rd_from`)',
]

/** page.sql: 12 columns; titles lose their prefix and carry underscores. `random` gives page_random in [0, 1). */
export function pageTable(wiki: WikiName, pages: readonly WikiPage[], random: (page: WikiPage) => number): Table {
  const rows = pages.map((page): Cell[] => {
    const saved = page.revision.timestamp.replace(/\D/g, '')
    return [
      page.id,
      page.namespace,
      databaseTitle(wiki, page.namespace, page.title),
      page.redirect ? 1 : 0,
      page.revision.parentId === undefined ? 1 : 0,
      random(page),
      saved,
      page.redirect ? null : saved,
      page.revision.id,
      Buffer.byteLength(page.text),
      'wikitext',
      null,
    ]
  })
  return { name: 'page', columns: pageColumns, rows }
}

/** langlinks.sql: titles with spaces, rows by (ll_from, ll_lang). */
export function langlinksTable(pages: readonly WikiPage[]): Table {
  const rows = pages.flatMap((page) =>
    Object.entries(page.langlinks)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([language, title]): Cell[] => [page.id, language, title]),
  )
  return { name: 'langlinks', columns: langlinksColumns, rows }
}

export function redirectTable(wiki: WikiName, pages: readonly WikiPage[]): Table {
  const rows = pages.flatMap((page): Cell[][] => {
    if (!page.redirect) return []
    const { namespace, title, fragment } = page.redirect
    return [[page.id, namespace, databaseTitle(wiki, namespace, title), '', fragment]]
  })
  return { name: 'redirect', columns: redirectColumns, rows }
}

/** A whole .sql.gz as MariaDB's dump tool writes it on the dump hosts. `completed` is `2026-09-01 13:22:16`. */
export function sqlDump(wiki: WikiName, table: Table, completed: string): Buffer {
  const { name } = table
  const text = [
    '/*M!999999\\- enable the sandbox mode */ ',
    '-- MariaDB dump 10.19  Distrib 10.5.29-MariaDB, for debian-linux-gnu (x86_64)',
    '--',
    `-- Host: sample    Database: ${wiki}`,
    '-- ------------------------------------------------------',
    '-- Server version\t10.11.13-MariaDB-log',
    '',
    '/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;',
    '/*!40101 SET @OLD_CHARACTER_SET_RESULTS=@@CHARACTER_SET_RESULTS */;',
    '/*!40101 SET @OLD_COLLATION_CONNECTION=@@COLLATION_CONNECTION */;',
    '/*!40101 SET NAMES utf8mb4 */;',
    '/*!40103 SET @OLD_TIME_ZONE=@@TIME_ZONE */;',
    "/*!40103 SET TIME_ZONE='+00:00' */;",
    '/*!40014 SET @OLD_UNIQUE_CHECKS=@@UNIQUE_CHECKS, UNIQUE_CHECKS=0 */;',
    '/*!40014 SET @OLD_FOREIGN_KEY_CHECKS=@@FOREIGN_KEY_CHECKS, FOREIGN_KEY_CHECKS=0 */;',
    "/*!40101 SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='NO_AUTO_VALUE_ON_ZERO' */;",
    '/*!40111 SET @OLD_SQL_NOTES=@@SQL_NOTES, SQL_NOTES=0 */;',
    '',
    '--',
    `-- Table structure for table \`${name}\``,
    '--',
    '',
    `DROP TABLE IF EXISTS \`${name}\`;`,
    '/*!40101 SET @saved_cs_client     = @@character_set_client */;',
    '/*!40101 SET character_set_client = utf8mb4 */;',
    `CREATE TABLE \`${name}\` (`,
    `  ${table.columns.join(',\n  ')}`,
    ') ENGINE=InnoDB DEFAULT CHARSET=binary;',
    '/*!40101 SET character_set_client = @saved_cs_client */;',
    '',
    '--',
    `-- Dumping data for table \`${name}\``,
    '--',
    '',
    `/*!40000 ALTER TABLE \`${name}\` DISABLE KEYS */;`,
    ...insertLines(table),
    `/*!40000 ALTER TABLE \`${name}\` ENABLE KEYS */;`,
    '/*!40103 SET TIME_ZONE=@OLD_TIME_ZONE */;',
    '',
    '/*!40101 SET SQL_MODE=@OLD_SQL_MODE */;',
    '/*!40014 SET FOREIGN_KEY_CHECKS=@OLD_FOREIGN_KEY_CHECKS */;',
    '/*!40014 SET UNIQUE_CHECKS=@OLD_UNIQUE_CHECKS */;',
    '/*!40101 SET CHARACTER_SET_CLIENT=@OLD_CHARACTER_SET_CLIENT */;',
    '/*!40101 SET CHARACTER_SET_RESULTS=@OLD_CHARACTER_SET_RESULTS */;',
    '/*!40101 SET COLLATION_CONNECTION=@OLD_COLLATION_CONNECTION */;',
    '/*!40111 SET SQL_NOTES=@OLD_SQL_NOTES */;',
    '',
    `-- Dump completed on ${completed}`,
    '',
  ].join('\n')
  const packed = gzipSync(text, { level: 9 })
  // Byte 9 of a gzip header names the operating system; fixed, so that every system writes the same file.
  packed[9] = 3
  return packed
}

function insertLines(table: Table): string[] {
  const lines: string[] = []
  let rows: string[] = []
  let bytes = 0
  const close = () => {
    if (rows.length > 0) lines.push(`INSERT INTO \`${table.name}\` VALUES ${rows.join(',')};`)
    rows = []
    bytes = 0
  }
  for (const row of table.rows) {
    const text = `(${row.map(sqlCell).join(',')})`
    const size = Buffer.byteLength(text) + 1
    if (bytes + size > insertLineBytes) close()
    rows.push(text)
    bytes += size
  }
  close()
  return lines
}

function sqlCell(cell: Cell): string {
  if (cell === null) return 'NULL'
  if (typeof cell === 'number') return String(cell)
  const escaped = cell
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "\\'")
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n')
    .replaceAll('\0', '\\0')
  return `'${escaped}'`
}

function databaseTitle(wiki: WikiName, namespace: number, title: string): string {
  const prefix = sites[wiki].namespaces.get(namespace)
  const bare = prefix && title.startsWith(`${prefix}:`) ? title.slice(prefix.length + 1) : title
  return bare.replaceAll(' ', '_')
}
