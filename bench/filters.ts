/**
 * What the filters of `naru extract` drop on real dumps and on the sample: the table in docs/extract.md.
 *
 *   node --import tsx bench/filters.ts [--write]    --write puts it into docs/extract.md
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { packageRoot } from '../runtime/package-root.ts'
import { extractFiles } from '../wiki/extract/extraction.ts'
import { inputsOf } from '../wiki/extract/inputs.ts'
import { addTally, emptyTally } from '../wiki/extract/tally.ts'
import { defaultFilters } from '../wiki/filters.ts'
import { defaultMaxPageBytes } from '../wiki/index.ts'

const sample = (wiki: string) =>
  join(packageRoot, 'dataset', 'sample', '20260901', wiki, `${wiki}-20260901-pages-articles-multistream.xml.bz2`)
const real = (name: string) => join(packageRoot, '..', 'shared', 'data', 'wiki-dumps', name)

const files = [
  sample('kowiki'),
  sample('enwiki'),
  real('enwiki-206pages.xml.bz2'),
  real('ltgwiki-2017-full.xml.bz2'),
  real('aawiki-20260101-pages-meta-current.xml.bz2'),
  real('kowiki-berlin.xml.bz2'),
].filter((file) => existsSync(file))

/** Besides the defaults, each by itself. */
const filters = [
  'kind!=redirect,disambiguation',
  'kind!=redirect,list',
  'kind!=redirect,stub',
  'length>=200',
  'length>=1000',
  'links>=5',
  'references>=1',
  'quality>=0.1',
  'quality>=0.3',
  'quality>=0.5',
]

async function droppedBy(file: string, expressions: readonly string[]) {
  const settings = { engine: 'kernel', parser: 'fast', maxPageBytes: defaultMaxPageBytes, fields: ['title'] } as const
  const tally = emptyTally()
  const inputs = await inputsOf([file], undefined)
  const options = { workers: 1, onWarning: () => undefined }
  for await (const batch of extractFiles(inputs, { ...settings, filters: expressions }, options)) {
    addTally(tally, batch.tally)
  }
  return tally
}

async function table(): Promise<string> {
  const names = files.map(
    (file) => `\`${basename(file).replace('-20260901-pages-articles-multistream.xml.bz2', ' (sample)')}\``,
  )
  const columns: string[][] = []
  for (const file of files) columns.push(await column(file))
  const labels = [
    'pages',
    '`not_wikitext`',
    '`namespace=0` drops',
    `\`${defaultFilters[1]}\` drops`,
    '**kept by the defaults**',
    ...filters.map((filter) => `\`${filter}\` drops`),
  ]
  const rows = labels.map((label, row) => [label, ...columns.map((cells) => cells[row] ?? '')])
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(['', ...names]), line(['---', ...names.map(() => '--:')]), ...rows.map(line)].join('\n')
}

async function column(file: string): Promise<string[]> {
  const { pages, articles, dropped } = await droppedBy(file, [])
  const counts = [pages, dropped.not_wikitext, dropped.other_namespace, dropped[defaultFilters[1] ?? ''], articles]
  for (const filter of filters) {
    const found = await droppedBy(file, [filter])
    // A filter of kinds replaces the default of kinds: what it drops beyond that is said.
    counts.push(filter.startsWith('kind') ? articles - found.articles : found.dropped[filter])
  }
  return counts.map((count) => String(count ?? 0))
}

const made = await table()
console.log(made)
if (process.argv.includes('--write')) {
  const page = join(packageRoot, 'docs', 'extract.md')
  const text = readFileSync(page, 'utf8')
  const marked = /(<!-- filters -->\n)[\s\S]*?(<!-- \/filters -->)/
  writeFileSync(
    page,
    text.replace(marked, (_all, start: string, end: string) => `${start}\n${made}\n\n${end}`),
  )
}
