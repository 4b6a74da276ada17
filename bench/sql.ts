/**
 * How fast SQL tables are read: ours beside zcat, mwsql and kwnlp-sql-parser, in rounds one after the other. CPU seconds
 * of the whole work, unpacking included, not those of the clock. A table on stderr, one JSON line last.
 *
 *   node --import tsx bench/sql.ts [--mb 100] [--rounds 3] [--peer-mb 10] [--python PYTHON] [--cache FOLDER]
 */
import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { renderTable } from '../cli/table.ts'
import { type SqlOptions, sqlRuns } from '../wiki/sql.ts'
import { langlinkRuns, pageRuns } from '../wiki/tables.ts'
import { median } from './median.ts'
import { columnsOf, type SqlTable, sqlTableOf } from './sql/tables.ts'

const { values: flags } = parseArgs({
  options: {
    mb: { type: 'string', default: '100' },
    rounds: { type: 'string', default: '3' },
    'peer-mb': { type: 'string', default: '10' },
    python: { type: 'string', default: 'python3' },
    cache: { type: 'string', default: join(tmpdir(), 'naru-bench', 'sql') },
  },
})

/** A way to go through a table; returns CPU seconds, or undefined where it is not installed. */
interface Reader {
  readonly name: string
  readonly table: SqlTable
  readonly run: () => Promise<number> | number | undefined
}

const mwsql = `
import sys
from mwsql import Dump
rows = 0
for row in Dump.from_file(sys.argv[1]).rows(convert_dtypes=False): rows += 1
assert rows > 1000, rows
`
const kwnlp = `
import sys, tempfile, os
from kwnlp_sql_parser import WikipediaSqlDump
WikipediaSqlDump(sys.argv[1], keep_column_names=['page_id', 'page_namespace', 'page_title', 'page_is_redirect', 'page_latest', 'page_len']).to_csv(os.path.join(tempfile.mkdtemp(), 'page.csv'))
`

const everyTenth = { has: (id: number) => id % 10 === 0 }
const articles = { numbers: ['page_id'], texts: ['page_title'], only: { column: 'page_namespace', values: ['0'] } }

const [links, pages, fewLinks, fewPages] = await tables()
const readers: Reader[] = [
  { name: 'zcat', table: links, run: () => zcat(links) },
  ...ours(links, {
    'links to one language': () => [langlinkRuns(links.file, { languages: ['en'] }), links.english],
    'every link, an object with its strings': () => [langlinkRuns(links.file), links.rows],
    'every link, its fields found, no strings': () => [found(links), links.rows],
  }),
  { name: 'mwsql, every link', table: fewLinks, run: () => python(fewLinks, mwsql) },
  { name: 'zcat', table: pages, run: () => zcat(pages) },
  ...ours(pages, {
    'pages by id (one in ten)': () => [pageRuns(pages.file, { ids: everyTenth }), Math.floor(pages.rows / 10)],
    'articles, id and title': () => [strings(pages, articles), pages.articles],
    'every page, an object of six columns': () => [pageRuns(pages.file), pages.rows],
    'every page, its fields found, no strings': () => [found(pages), pages.rows],
    'every page, all twelve columns as strings': () => [strings(pages), pages.rows],
  }),
  { name: 'mwsql, every page', table: fewPages, run: () => python(fewPages, mwsql) },
  { name: 'kwnlp-sql-parser, every page', table: fewPages, run: () => python(fewPages, kwnlp) },
]
const seconds = readers.map((): number[] => [])
for (let round = 0; round < Number(flags.rounds); round++) {
  for (const [i, { run }] of readers.entries()) {
    const time = await run()
    if (time !== undefined) seconds[i]?.push(time)
  }
}

const rates = readers.map(({ table }, i) => table.sqlBytes / 1e6 / median(seconds[i] ?? []))
const zcatOf = (name: SqlTable['name']) =>
  rates[readers.findIndex((reader) => reader.table.name === name)] ?? Number.NaN
const results = readers.flatMap(({ name, table }, i) => {
  const rate = rates[i] ?? Number.NaN
  if (Number.isNaN(rate)) return []
  return [{ table: table.name, name, megabytesPerCpuSecond: round(rate), ofZcat: round(rate / zcatOf(table.name)) }]
})
const columns = ['', 'MB of SQL a CPU second', '× zcat'].map((title, i) => ({
  title,
  ...(i > 0 && { align: 'right' as const }),
}))
console.error(
  renderTable(
    columns,
    results.map((row) => [`${row.table}: ${row.name}`, row.megabytesPerCpuSecond.toFixed(1), row.ofZcat.toFixed(2)]),
  ).join('\n'),
)
console.log(
  JSON.stringify({
    megabytes: Number(flags.mb),
    peerMegabytes: Number(flags['peer-mb']),
    rounds: Number(flags.rounds),
    results,
  }),
)

async function tables(): Promise<[SqlTable, SqlTable, SqlTable, SqlTable]> {
  const made: SqlTable[] = []
  for (const megabytes of [flags.mb, flags['peer-mb']].map(Number)) {
    for (const name of ['langlinks', 'page'] as const) {
      const table = await sqlTableOf(name, megabytes, join(flags.cache, String(megabytes)))
      if (table === undefined) {
        console.error('no titles to make tables of: ../shared/data/ko-en is not here')
        process.exit(2)
      }
      made.push(table)
    }
  }
  return made as [SqlTable, SqlTable, SqlTable, SqlTable]
}

/** Ways to read a table, with how many rows each should give. */
function ours(
  table: SqlTable,
  ways: Readonly<Record<string, () => [AsyncIterable<{ length: number }>, number]>>,
): Reader[] {
  return Object.entries(ways).map(([name, way]) => ({
    name: `ours, ${name}`,
    table,
    run: async () => {
      const before = process.cpuUsage()
      const [runs, expected] = way()
      let rows = 0
      for await (const { length } of runs) rows += length
      const { user, system } = process.cpuUsage(before)
      if (rows !== expected) throw new Error(`${table.name}: ${rows} rows were read, the table has ${expected}`)
      return (user + system) / 1e6
    },
  }))
}

/** All columns of all rows are found, unescaped and checked to be UTF-8. */
function found({ file, name }: SqlTable, options: SqlOptions = { texts: columnsOf(name) }) {
  return sqlRuns(file, name, options)
}

async function* strings(table: SqlTable, options: SqlOptions = { texts: columnsOf(table.name) }) {
  const { texts = [] } = options
  for await (const run of found(table, options)) {
    let letters = 0
    for (let row = 0; row < run.length; row++) {
      for (let which = 0; which < texts.length; which++) letters += run.text(row, which)?.length ?? 0
    }
    if (letters === 0) throw new Error('rows without a letter')
    yield run
  }
}

function zcat({ file }: SqlTable): number {
  return program('zcat', [file]) ?? Number.NaN
}

function python(table: SqlTable, script: string): number | undefined {
  return program(flags.python, ['-c', script, table.file])
}

/** CPU seconds of a program, its start included; undefined where it fails, after saying so. */
function program(name: string, args: readonly string[]): number | undefined {
  const script = 'TIMEFORMAT="%U %S"; time "$@" > /dev/null'
  const { status, stderr } = spawnSync('bash', ['-c', script, 'bash', name, ...args], { encoding: 'utf8' })
  const [user = Number.NaN, system = Number.NaN] = (stderr.trim().split('\n').at(-1) ?? '').split(' ').map(Number)
  if (status === 0) return user + system
  const reason = stderr.trim().split('\n').at(-2) ?? ''
  console.error(
    `left out: ${name} ended with ${status}: ${reason} (pip install mwsql kwnlp-sql-parser; --python PYTHON)`,
  )
  return undefined
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
