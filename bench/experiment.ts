/**
 * The 10,000-pair experiment: trains on names and words of ../shared/data/ko-en, asks for held-out pairs of unseen clusters,
 * writes report.html and figures.json, and prints one line of JSON last.
 *
 *   npm run experiment -- [--seeds 1,2,3] [--pairs 10000|all] [--steps N] [--minutes M] [--set KEY=VALUE …] [--out FOLDER]
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { renderTable } from '../cli/table.ts'
import { packageRoot } from '../runtime/package-root.ts'
import { readPairs, samplePairs, splitPairs } from './experiment/pairs.ts'
import {
  type Baselines,
  type Findings,
  passed,
  renderReport,
  retrievalHeadings,
  retrievalRows,
} from './experiment/report.ts'
import { baselineNames, baselinesFor, retrieve, type Task, tasksOf } from './experiment/retrieval.ts'
import { readSettings } from './experiment/settings.ts'
import { runSeed, type SeedResult } from './experiment/training.ts'

const { values: flags } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1,2,3' },
    pairs: { type: 'string' },
    steps: { type: 'string' },
    minutes: { type: 'string' },
    set: { type: 'string', multiple: true, default: [] },
    config: { type: 'string', default: join(packageRoot, 'config', 'experiment_10k.yaml') },
    data: { type: 'string', default: join(packageRoot, '..', 'shared', 'data', 'ko-en') },
    out: { type: 'string', default: join(packageRoot, 'models', 'experiment-10k') },
  },
})

const { pairs, steps, minutes } = flags
const changes = [
  ...Object.entries({ pairs, steps, minutes }).flatMap(([key, value]) =>
    value === undefined ? [] : `${key}=${value}`,
  ),
  ...flags.set,
]
const settings = readSettings(flags.config, changes)
const everything = readPairs(flags.data)
if (!everything) {
  console.error(
    `no pairs in ${flags.data}: give the folder of wikidata-names.en-ko.tsv and kengdic-6000.short.ko-en.tsv by --data`,
  )
  process.exit(2)
}
const split = splitPairs(everything)
const candidates = split.train.filter(({ kind }) => settings.trainKinds.includes(kind))
const train = settings.pairs === 'all' ? candidates : samplePairs(candidates, settings.pairs)
const test = tasksOf(split.test, [...split.val, ...split.train], settings.pool)
const validation = tasksOf(samplePairs(split.val, settings.validationPairs), [], 0)
say(
  `${train.length} training pairs; ${test.map(({ direction, queries, pool }) => `${queries.length} queries ${direction} in ${pool.length}`).join(', ')}`,
)

const baselines = Object.fromEntries(test.map((task) => [task.direction, baselineFigures(task)])) as Baselines
const seeds: SeedResult[] = []
for (const seed of flags.seeds.split(',').map(Number)) {
  const folder = join(flags.out, `seed-${seed}`)
  mkdirSync(folder, { recursive: true })
  const result = await runSeed({
    seed,
    train,
    validation,
    test,
    settings,
    folder,
    onStep: (step, loss) => {
      if (step % 10 === 0) say(`seed ${seed}, step ${step} of ${settings.steps}: loss ${loss.toFixed(3)}`)
    },
    onPoint: (point) => say(`seed ${seed}, ${JSON.stringify(point)}`),
  })
  seeds.push(result)
  write({ settings, trainPairs: train.length, baselines, seeds })
}
const findings: Findings = { settings, trainPairs: train.length, baselines, seeds }
const columns = retrievalHeadings.map((title, at) => ({
  title,
  align: at > 1 ? ('right' as const) : ('left' as const),
}))
for (const line of renderTable(columns, retrievalRows(findings))) say(line)
console.log(JSON.stringify({ passed: passed(findings), ...findings }))

function baselineFigures(task: Task): Baselines[Task['direction']] {
  const scorers = baselinesFor(task, train)
  return Object.fromEntries(
    baselineNames.map((name) => [name, retrieve(task, scorers[name])]),
  ) as Baselines[Task['direction']]
}

function write(findings: Findings): void {
  writeFileSync(
    join(flags.out, 'figures.json'),
    `${JSON.stringify({ passed: passed(findings), ...findings }, null, 1)}\n`,
  )
  writeFileSync(join(flags.out, 'report.html'), renderReport(findings))
}

function say(text: string): void {
  process.stderr.write(`${text}\n`)
}
