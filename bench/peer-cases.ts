/**
 * The peers' own test cases, where they state an input and its plain text, through our parsers. The cases are read at
 * run time out of checkouts that the user has; none is kept here.
 *
 *   npm run bench:peer-cases -- --repositories FOLDER [--failed FILE]
 */
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { renderTable } from '../cli/table.ts'
import { ourEngines } from './pages/our-articles.ts'
import { casesOf, gensimCases, judge, ourTexts } from './peers/peer-cases.ts'

const { values: flags } = parseArgs({
  options: { repositories: { type: 'string' }, failed: { type: 'string' } },
})
const repositories: Readonly<Record<string, string>> = {
  wikiextractor: 'https://github.com/WikiExtractor/wikiextractor',
  mwparserfromhell: 'https://github.com/earwig/mwparserfromhell',
  wtf_wikipedia: 'https://github.com/spencermountain/wtf_wikipedia',
  gensim: 'https://github.com/piskvorky/gensim',
}
if (flags.repositories === undefined) {
  console.error('name the folder that holds the checkouts: --repositories FOLDER')
  for (const [name, address] of Object.entries(repositories)) console.error(`  git clone ${address} FOLDER/${name}`)
  process.exit(2)
}

interface Result {
  readonly peer: string
  readonly engine: string
  readonly cases: number
  readonly exact: number
  readonly words: number
  readonly reasons: Readonly<Record<string, number>>
}

const results: Result[] = []
const failed: string[] = []
for (const [peer, address] of Object.entries(repositories)) {
  const folder = join(flags.repositories, peer)
  if (!existsSync(folder)) {
    console.error(`${peer} is not there: git clone ${address} ${folder}`)
    continue
  }
  try {
    if (peer === 'gensim') results.push(...(await gensimResults(folder)))
    else results.push(...(await textResults(peer, folder)))
  } catch (error) {
    console.error(`${peer}: ${error instanceof Error ? error.message : String(error)}`)
  }
}
print()
if (flags.failed !== undefined) writeFileSync(flags.failed, `${failed.join('\n')}\n`)
console.log(JSON.stringify(results))

async function textResults(peer: string, folder: string): Promise<Result[]> {
  const cases = casesOf(peer, folder)
  const all: Result[] = []
  for (const engine of ourEngines) {
    const texts = await ourTexts(cases, engine)
    const counts = { exact: 0, words: 0 }
    const reasons: Record<string, number> = {}
    for (const [at, stated] of cases.entries()) {
      const verdict = judge(stated, texts[at] ?? '')
      if (verdict.kind !== 'differs') {
        counts[verdict.kind]++
        continue
      }
      reasons[verdict.reason] = (reasons[verdict.reason] ?? 0) + 1
      failed.push(JSON.stringify({ peer, engine: engine.name, reason: verdict.reason, ...stated, ours: texts[at] }))
    }
    all.push({ peer, engine: engine.name, cases: cases.length, ...counts, reasons })
  }
  return all
}

async function gensimResults(folder: string): Promise<Result[]> {
  const all: Result[] = []
  for (const engine of ourEngines) {
    const pages = await gensimCases(folder, engine)
    const clean = pages.filter(({ left }) => left.length === 0).length
    const reasons = clean === pages.length ? {} : { 'an attribute of a table is left': pages.length - clean }
    all.push({ peer: 'gensim', engine: engine.name, cases: pages.length, exact: clean, words: 0, reasons })
  }
  return all
}

function print() {
  const columns = [
    { title: 'cases of' },
    { title: 'reader' },
    ...['cases', 'same text', 'same words', 'differ'].map((title) => ({ title, align: 'right' as const })),
    { title: 'why' },
  ]
  const rows = results.map(({ peer, engine, cases, exact, words, reasons }) => [
    peer,
    engine,
    String(cases),
    String(exact),
    String(words),
    String(cases - exact - words),
    Object.entries(reasons)
      .sort(([, a], [, b]) => b - a)
      .map(([reason, count]) => `${reason} ${count}`)
      .join(', '),
  ])
  for (const line of renderTable(columns, rows)) console.error(line)
}
