/**
 * What an update costs beside a run on the new dump alone: node --import tsx bench/update.ts [PAGES] [TARGET,…]
 * A synthetic wiki of PAGES pages a language in which every twentieth has another revision and another sentence. CPU seconds of
 * the process and its threads, on which a busy machine has less influence than on the clock. Prints one line of JSON last.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { parseServiceId } from '../runtime/pipeline.ts'
import { runStages } from '../test/pipeline/stages.ts'
import type { ServiceId } from '../topology.ts'

const [pages = 5_000, names = 'article-writer,synonym-writer,example-writer'] = [
  process.argv[2] === undefined ? undefined : Number(process.argv[2]),
  process.argv[3],
]
const targets: readonly ServiceId[] = names.split(',').map(parseServiceId)
const changedEvery = 20
const linksOfPage = 30
const root = mkdtempSync(join(tmpdir(), 'naru-bench-update-'))

const syllables = [
  ...'가나다라마바사아자차카타파하고노도로모보소오조초코토포호구누두루무부수우주추쿠투푸후기니디리미비시이지치키티피히',
]
const latin = [
  'ka',
  'na',
  'da',
  'ra',
  'ma',
  'ba',
  'sa',
  'a',
  'ja',
  'cha',
  'ko',
  'to',
  'po',
  'ho',
  'gu',
  'nu',
  'du',
  'ru',
]

function titleOf(wiki: string, page: number): string {
  const [letters, length] = wiki === 'kowiki' ? [syllables, 4] : [latin, 5]
  let rest = page * 7919 + 104_729
  let text = ''
  for (let i = 0; i < length; i++) {
    text += letters[rest % letters.length]
    rest = Math.floor(rest / letters.length) + page
  }
  return `${text[0]?.toUpperCase()}${text.slice(1)}${wiki === 'kowiki' ? '' : ' '}${page}`
}

function pageOf(wiki: string, page: number, isSecond: boolean): string {
  const isChanged = isSecond && page % changedEvery === 0
  const title = titleOf(wiki, page)
  const links = Array.from({ length: linksOfPage }, (_, i) => `[[${titleOf(wiki, (page * 31 + i * i * 17) % pages)}]]`)
  const sentences = links.map(
    (link, i) => `${link} is told of in sentence ${i} of ${title}, with ${(page * i) % 997} words.`,
  )
  const text = `'''${title}''' is page ${page}. ${sentences.join(' ')}${isChanged ? ' It was edited.' : ''}\n\n== More ==\n${sentences.join('\n\n')}`
  const revision = page * 10 + (isChanged ? 1 : 0) + 1
  return `  <page>\n    <title>${title}</title>\n    <ns>0</ns>\n    <id>${page + 1}</id>\n    <revision>\n      <id>${revision}</id>\n      <timestamp>2026-0${isChanged ? 9 : 1}-01T00:00:00Z</timestamp>\n      <contributor><username>x</username><id>1</id></contributor>\n      <model>wikitext</model>\n      <format>text/x-wiki</format>\n      <text bytes="${Buffer.byteLength(text)}" sha1="x" xml:space="preserve">${text}</text>\n    </revision>\n  </page>\n`
}

function writeDump(wiki: string, date: string, isSecond: boolean): void {
  const folder = join(root, date, wiki)
  mkdirSync(folder, { recursive: true })
  const name = (rest: string) => join(folder, `${wiki}-${date}-${rest}`)
  const language = wiki.slice(0, 2)
  const header = `<mediawiki version="0.11" xml:lang="${language}">\n  <siteinfo><sitename>Wikipedia</sitename><dbname>${wiki}</dbname><case>first-letter</case></siteinfo>\n`
  const parts: Buffer[] = [bzip2(header)]
  const index: string[] = []
  let at = parts[0]!.length
  for (let from = 0; from < pages; from += 100) {
    const own = Array.from({ length: Math.min(100, pages - from) }, (_, i) => from + i)
    const stream = bzip2(own.map((page) => pageOf(wiki, page, isSecond)).join(''))
    index.push(...own.map((page) => `${at}:${page + 1}:${titleOf(wiki, page)}`))
    parts.push(stream)
    at += stream.length
  }
  parts.push(bzip2('</mediawiki>\n'))
  writeFileSync(name('pages-articles-multistream.xml.bz2'), Buffer.concat(parts))
  writeFileSync(name('pages-articles-multistream-index.txt.bz2'), bzip2(`${index.join('\n')}\n`))
  const mate = wiki === 'kowiki' ? 'enwiki' : 'kowiki'
  const all = Array.from({ length: pages }, (_, page) => page)
  const quoted = (text: string) => text.replaceAll("'", "\\'")
  const langlinks = all.map((page) => `(${page + 1},'${mate.slice(0, 2)}','${quoted(titleOf(mate, page))}')`).join(',')
  const rows = all.map((page) => {
    const revision = page * 10 + (isSecond && page % changedEvery === 0 ? 1 : 0) + 1
    const title = quoted(titleOf(wiki, page)).replaceAll(' ', '_')
    return `(${page + 1},0,'${title}',0,0,0.5,'20260101000000','20260101000000',${revision},100,'wikitext',NULL)`
  })
  const table = (name: string, columns: readonly string[], values: string) =>
    `CREATE TABLE \`${name}\` (\n${columns.map((column) => `  \`${column}\` int NOT NULL,\n`).join('')}  PRIMARY KEY (\`${columns[0]}\`)\n) ENGINE=InnoDB;\nINSERT INTO \`${name}\` VALUES ${values};\n`
  writeFileSync(name('langlinks.sql.gz'), gzipSync(table('langlinks', ['ll_from', 'll_lang', 'll_title'], langlinks)))
  const columns = [
    'id',
    'namespace',
    'title',
    'is_redirect',
    'is_new',
    'random',
    'touched',
    'links_updated',
    'latest',
    'len',
    'content_model',
    'lang',
  ]
  writeFileSync(
    name('page.sql.gz'),
    gzipSync(
      table(
        'page',
        columns.map((column) => `page_${column}`),
        rows.join(','),
      ),
    ),
  )
}

function bzip2(text: string): Buffer {
  return spawnSync('bzip2', ['-1', '-c'], { input: text, maxBuffer: 1 << 30 }).stdout
}

async function timed(date: string, out: string, update: number, known: string | null) {
  const startedMs = Date.now()
  const before = process.cpuUsage()
  const inputs = ['ko', 'en'].map((language) => ({ language, location: join(root, date, `${language}wiki`) }))
  const statuses = await runStages({ out, targets, inputs, update, settings: { 'article-extractor': { known } } })
  const { user, system } = process.cpuUsage(before)
  const written = statuses.find(({ id }) => id === 'article-extractor')?.figures.written.articles ?? 0
  return { cpuSeconds: (user + system) / 1e6, wallSeconds: (Date.now() - startedMs) / 1000, articles: written }
}

try {
  for (const wiki of ['kowiki', 'enwiki']) {
    writeDump(wiki, '20260901', false)
    writeDump(wiki, '20261001', true)
  }
  const out = join(root, 'out')
  const first = await timed('20260901', out, 0, null)
  for (const name of readdirSync(join(out, 'wikipedia')).filter((one) => one.endsWith('.pages'))) {
    cpSync(join(out, 'wikipedia', name), join(out, 'before', name))
  }
  const update = await timed('20261001', out, 1, 'before')
  const fresh = await timed('20261001', join(root, 'fresh'), 0, null)
  const share = update.cpuSeconds / fresh.cpuSeconds
  console.log(JSON.stringify({ bench: 'update', pages, targets, first, update, fresh, share }))
} finally {
  rmSync(root, { recursive: true, force: true })
}
