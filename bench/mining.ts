/**
 * What the pipeline finds of what there is to be found: of the Wikidata name pairs both names of which are titles in the
 * input, how many are pairs of the dictionary, by source; and how many pairs each source says, by confidence.
 *
 *   npm run bench:mining -- [--run FOLDER] [--ko DUMP --en DUMP] [--names FILE]
 *
 * --run looks at a run that is done (`naru synonyms --out FOLDER`, with `naru extract --out FOLDER`); otherwise one is made
 * of the dumps, by default of the bundled sample, in a temporary folder. --names is tab-separated, in either order.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { inputLocations } from '../cli/flags.ts'
import { renderTable } from '../cli/table.ts'
import { cardFacts, cardFactsName, confidenceBands } from '../dictionary/card-facts.ts'
import { packageRoot } from '../runtime/package-root.ts'
import { runStages } from '../test/pipeline/stages.ts'
import { entriesOf, titlesOf } from './mining/dictionary.ts'
import { type NamePair, nameKey, type Recall, recallOf } from './mining/recall.ts'

const shared = join(packageRoot, '..', 'shared', 'data', 'ko-en')
const { values: flags } = parseArgs({
  options: {
    run: { type: 'string' },
    ko: { type: 'string' },
    en: { type: 'string' },
    names: { type: 'string', default: join(shared, 'wikidata-names.en-ko.tsv') },
  },
})
if (!existsSync(flags.names)) {
  console.error(`no names to look for: ${flags.names} is not here`)
  process.exit(2)
}

const temporary = flags.run === undefined ? mkdtempSync(join(tmpdir(), 'naru-mining-')) : undefined
try {
  const run = resolve(flags.run ?? temporary!)
  if (temporary !== undefined) await mine(run)
  const recall = recallOf(namePairs(flags.names), await titles(run), await sourcesByPair(run))
  const counts = cardFacts.parse(JSON.parse(readFileSync(join(run, 'synonyms', cardFactsName), 'utf8')))
  console.error(`${recallLines(recall).join('\n')}\n\n${sourceLines(counts.sources).join('\n')}`)
  console.log(
    JSON.stringify({
      bench: 'mining',
      dumps: counts.dumps.filter(({ kind }) => kind === 'articles').map(({ file }) => file),
      pairs: counts.pairs,
      recall: { ...recall, sources: Object.fromEntries(recall.sources), missed: recall.missed.length },
      sources: Object.fromEntries(counts.sources.map(({ source, ...count }) => [source, count])),
      bands: confidenceBands,
    }),
  )
} finally {
  if (temporary !== undefined) rmSync(temporary, { recursive: true, force: true })
}

async function mine(out: string): Promise<void> {
  const { ko, en } = inputLocations({ ...(flags.ko && { ko: flags.ko }), ...(flags.en && { en: flags.en }) })
  const inputs = [
    { language: 'ko', location: ko },
    { language: 'en', location: en },
  ]
  await runStages({ out, targets: ['article-writer', 'synonym-writer'], inputs })
}

async function titles(run: string) {
  return { korean: await titlesOf(run, 'ko'), english: await titlesOf(run, 'en') }
}

async function sourcesByPair(run: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const sources = new Map<string, Set<string>>()
  for await (const entry of entriesOf(run)) {
    const key = `${nameKey(entry.korean)}\t${nameKey(entry.english)}`
    sources.set(key, new Set([...(sources.get(key) ?? []), ...entry.sources]))
  }
  return new Map([...sources].map(([key, names]) => [key, [...names]]))
}

function namePairs(file: string): NamePair[] {
  const rows = readFileSync(file, 'utf8').split('\n').filter(Boolean)
  return rows.map((row): NamePair => {
    const [first = '', second = ''] = row.split('\t')
    return /\p{Script=Hangul}/u.test(second) ? [second, first] : [first, second]
  })
}

function recallLines({ listed, possible, found, sources, missed }: Recall): string[] {
  const share = (count: number) => (possible === 0 ? '–' : `${((100 * count) / possible).toFixed(1)} %`)
  const rows = [...sources].sort(([, a], [, b]) => b.found - a.found)
  return [
    `${listed} pairs of names; both are titles in the input: ${possible}; found: ${found} (${share(found)})`,
    ...renderTable(
      [
        { title: 'Source' },
        { title: 'Found', align: 'right' },
        { title: '', align: 'right' },
        { title: 'Alone', align: 'right' },
      ],
      rows.map(([source, count]) => [source, String(count.found), share(count.found), String(count.alone)]),
    ),
    `missed: ${missed
      .slice(0, 12)
      .map((pair) => pair.join(' = '))
      .join(', ')}${missed.length > 12 ? ', …' : ''}`,
  ]
}

function sourceLines(
  sources: readonly { source: string; pairs: number; alone: number; bands: readonly number[] }[],
): string[] {
  const right = (title: string) => ({ title, align: 'right' as const })
  return renderTable(
    [{ title: 'Source' }, right('Pairs'), right('Alone'), ...confidenceBands.map((least) => right(`≥ ${least}`))],
    sources.map(({ source, pairs, alone, bands }) => [source, pairs, alone, ...bands].map(String)),
  )
}
