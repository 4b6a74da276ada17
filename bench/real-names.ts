/**
 * How good the rules for names are on real pages: the names that redirects, bold words, glosses, infoboxes and link texts give to
 * pages of ../shared/data, against what each was judged to be (bench/real-names/verdicts.jsonl).
 *
 *   npm run bench:real-names -- [--list wrong|missed|unjudged]
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { renderTable } from '../cli/table.ts'
import { packageRoot } from '../runtime/package-root.ts'
import { runStages } from '../test/pipeline/stages.ts'
import { figuresOf, type PageText, textsFoundIn, verdictsOnRealNames } from './real-names/judged.ts'

const dumps = join(packageRoot, '..', 'shared', 'data', 'wiki-dumps')
const inputs = [
  { language: 'ko', location: join(dumps, 'kowiki-berlin.xml.bz2') },
  { language: 'en', location: join(dumps, 'enwiki-206pages.xml.bz2') },
]
const { values: flags } = parseArgs({ options: { list: { type: 'string' } } })
const missing = inputs.find(({ location }) => !existsSync(location))
if (missing) {
  console.error(`no real pages to read: ${missing.location} is not here`)
  process.exit(2)
}
const out = mkdtempSync(join(tmpdir(), 'naru-real-names-'))
try {
  await runStages({ out, targets: ['entity-linker', 'article-writer'], inputs })
  const found = await textsFoundIn(out, ['ko', 'en'])
  const verdicts = verdictsOnRealNames()
  const rules = figuresOf(found, verdicts)
  const titles = ['Rule', 'Found', 'Right', 'Wrong', 'Unsure', 'Not judged', 'Precision', 'From', 'To', 'Missed']
  const columns = titles.map((title, at) => ({ title, ...(at > 0 && { align: 'right' as const }) }))
  const rows = rules.map(({ rule, precision, bounds, missed, ...counts }) => [
    ...[rule, counts.found, counts.right, counts.wrong, counts.unsure, counts.unjudged].map(String),
    ...[precision, ...bounds].map((share) => share.toFixed(3)),
    String(missed),
  ])
  console.error(renderTable(columns, rows).join('\n'))
  const nameOf = ({ wiki, title, name, rule }: PageText) => `${rule}: ${title} = ${name} (${wiki})`
  const namesFound = new Set(found.map(nameOf))
  const judged = (verdict: string) => verdicts.filter((one) => one.verdict === verdict).map(nameOf)
  const lists: Readonly<Record<string, () => readonly string[]>> = {
    wrong: () => judged('wrong').filter((name) => namesFound.has(name)),
    missed: () => judged('right').filter((name) => !namesFound.has(name)),
    unjudged: () => [...namesFound].filter((name) => !verdicts.some((one) => nameOf(one) === name)),
  }
  for (const line of lists[flags.list ?? '']?.() ?? []) console.error(line)
  console.log(JSON.stringify({ bench: 'real-names', rules }))
} finally {
  rmSync(out, { recursive: true, force: true })
}
