/**
 * Articles out of a dump, ours beside every peer that is installed, in rounds one after the other so that a busy
 * moment of the machine hits all alike. A table on stderr, one JSON line last.
 *
 *   npm run bench:extraction -- [--mb 320] [--slow-mb 40] [--rounds 3] [--workers 2 | 1,2] [--only a,b] [--single]
 *                               [--brokers HOST:PORT] [--memory 40,400,4000] [--cache FOLDER]
 */

import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { renderTable } from '../cli/table.ts'
import { type Measure, measure } from './extraction/measure.ts'
import { findRunners, ours, type Runner } from './extraction/runners.ts'
import { median } from './median.ts'
import { type Corpus, corpusOf, repeated } from './pages/corpus.ts'
import { realWikis } from './pages/real-pages.ts'

const { values: flags } = parseArgs({
  options: {
    mb: { type: 'string', default: '320' },
    'slow-mb': { type: 'string', default: '40' },
    rounds: { type: 'string', default: '3' },
    workers: { type: 'string', default: '2' },
    only: { type: 'string', default: '' },
    single: { type: 'boolean', default: false },
    brokers: { type: 'string' },
    memory: { type: 'string' },
    cache: { type: 'string', default: join(tmpdir(), 'naru-bench') },
  },
})

/** What is run: a program on a corpus with a number of workers. */
interface Entry {
  readonly runner: Runner
  readonly corpus: Corpus
  readonly layout: 'multistream' | 'single'
  readonly workers: number
  readonly measures: Measure[]
}

const wikis = await realWikis()
if (wikis.length === 0) {
  console.error('no pages to make a corpus of: ../shared/data/wiki-dumps is not here')
  process.exit(2)
}
// Building is not what is measured.
spawnSync(process.execPath, [...ours.command({ dump: '', out: '', workers: 1 }).args.slice(0, 1), '--version'])

if (flags.memory !== undefined) await measureMemory(flags.memory.split(',').map(Number))
else await measureSpeed()

async function measureSpeed() {
  const { runners, absent } = findRunners(
    flags.only.split(',').filter((name) => name !== ''),
    flags.brokers,
  )
  for (const { name, install } of absent) console.error(`${name} is not installed: ${install}`)
  const corpus = await corpusOf(wikis, Number(flags.mb), flags.cache)
  const slow = await corpusOf(wikis, Math.min(Number(flags['slow-mb']), Number(flags.mb)), flags.cache)
  const entries = flags.workers.split(',').flatMap((workers) => entriesOf(runners, corpus, slow, Number(workers)))
  for (let round = 1; round <= Number(flags.rounds); round++) {
    for (const entry of entries) {
      try {
        const measured = await runOnce(entry)
        entry.measures.push(measured)
        console.error(`round ${round}: ${nameOf(entry)}: ${speedOf(entry, measured).toFixed(1)} MB/s`)
      } catch (error) {
        console.error(`round ${round}: ${nameOf(entry)}: ${error instanceof Error ? error.message : String(error)}`)
      }
    }
  }
  printSpeeds(entries, corpus, slow)
}

/** Programs that take minutes for the whole corpus read the first part of it. */
function entriesOf(runners: readonly Runner[], corpus: Corpus, slow: Corpus, workers: number): Entry[] {
  return runners.flatMap((runner) => {
    const isSlow = runner.kind === 'python' || runner.kind === 'named libraries'
    if (!runner.parallel && workers > 1 && flags.workers.includes('1')) return []
    const entry = { runner, corpus: isSlow ? slow : corpus, layout: 'multistream' as const, workers, measures: [] }
    if (!flags.single || isSlow) return [entry]
    return [entry, { ...entry, layout: 'single' as const, measures: [] }]
  })
}

async function runOnce({ runner, corpus, layout, workers }: Entry): Promise<Measure> {
  const out = await mkdtemp(join(flags.cache, 'out-'))
  try {
    const index = layout === 'multistream' && corpus.index !== '' ? corpus.index : undefined
    return await measure(runner.command({ dump: corpus[layout], index, out, workers }))
  } finally {
    await rm(out, { recursive: true, force: true })
  }
}

function nameOf({ runner, layout, workers }: Entry): string {
  return `${runner.name}${layout === 'single' ? ' (single stream)' : ''}, ${workers}`
}

/** 10⁶ bytes of uncompressed XML a second of wall time. */
function speedOf({ corpus }: Entry, { seconds }: Measure): number {
  return corpus.xmlBytes / 1e6 / seconds
}

function printSpeeds(entries: readonly Entry[], corpus: Corpus, slow: Corpus) {
  const rows = entries.filter(({ measures }) => measures.length > 0).map((entry) => ({ entry, ...figuresOf(entry) }))
  console.error(
    `\n${megabytes(corpus)} MB of XML, ${corpus.pages} pages; python peers and the named libraries: ${megabytes(slow)} MB`,
  )
  console.error(`${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, node ${process.version}`)
  const columns = [
    { title: 'program' },
    { title: 'version' },
    ...['workers', 'best MB/s', 'median', 'spread', 'MB per CPU-s', 'peak MB'].map((title) => ({
      title,
      align: 'right' as const,
    })),
  ]
  const cells = rows.map(({ entry, best, median, spread, perCpuSecond, peakMegabytes }) => [
    `${entry.runner.name}${entry.layout === 'single' ? ' (single stream)' : ''}`,
    entry.runner.version,
    String(entry.workers),
    best.toFixed(1),
    median.toFixed(1),
    `${(spread * 100).toFixed(0)} %`,
    perCpuSecond.toFixed(1),
    peakMegabytes.toFixed(0),
  ])
  for (const line of renderTable(columns, cells)) console.error(line)

  const most = Math.max(...entries.map(({ workers }) => workers))
  const bestOf = (isWanted: (runner: Runner) => boolean) =>
    Math.max(
      ...rows
        .filter(({ entry }) => entry.layout === 'multistream' && isWanted(entry.runner))
        .filter(({ entry }) => entry.workers === most || !entry.runner.parallel)
        .map(({ best }) => best),
    )
  const own = bestOf(({ kind }) => kind === 'ours')
  const ratio = (isWanted: (runner: Runner) => boolean) => finiteOrNull(own / bestOf(isWanted))
  console.log(
    JSON.stringify({
      megabytes: megabytes(corpus),
      slowMegabytes: megabytes(slow),
      workers: most,
      rounds: Number(flags.rounds),
      oursPerLbzip2: ratio(({ kind }) => kind === 'floor'),
      oursPerEvents: ratio(({ kind }) => kind === 'events'),
      oursPerBestRust: ratio(({ kind }) => kind === 'rust'),
      oursPerWikiextractor: ratio(({ name }) => name === 'wikiextractor'),
      oursPerNamedLibraries: ratio(({ kind }) => kind === 'named libraries'),
      oursPerOneWorker: finiteOrNull(own / bestOfOne(rows)),
      runs: rows.map(({ entry, ...figures }) => ({
        name: entry.runner.name,
        version: entry.runner.version,
        layout: entry.layout,
        workers: entry.workers,
        ...figures,
      })),
    }),
  )
}

/** Ours with one worker, where that was run too; 0 where not. */
function bestOfOne(rows: readonly { readonly entry: Entry; readonly best: number }[]): number {
  const one = rows.find(
    ({ entry }) => entry.runner.kind === 'ours' && entry.workers === 1 && entry.layout === 'multistream',
  )
  return one?.best ?? 0
}

function figuresOf(entry: Entry) {
  const speeds = entry.measures.map((measured) => speedOf(entry, measured)).sort((a, b) => a - b)
  const best = speeds.at(-1) ?? Number.NaN
  const worst = speeds[0] ?? Number.NaN
  return {
    best,
    median: median(speeds),
    /** How much slower the worst round was than the best, 0 to 1. */
    spread: (best - worst) / best,
    perCpuSecond: entry.corpus.xmlBytes / 1e6 / Math.min(...entry.measures.map(({ cpuSeconds }) => cpuSeconds)),
    peakMegabytes: Math.max(...entry.measures.map(({ peakMegabytes }) => peakMegabytes)),
  }
}

/** Ours on growing inputs: its memory must stay where it is. */
async function measureMemory(sizes: readonly number[]) {
  const base = await corpusOf(wikis, Math.min(Math.min(...sizes), Number(flags['slow-mb'])), flags.cache)
  const rows: { megabytes: number; workers: number; seconds: number; peakMegabytes: number }[] = []
  for (const size of sizes) {
    const corpus = await repeated(base, size, flags.cache)
    for (const workers of flags.workers.split(',').map(Number)) {
      const entry: Entry = { runner: ours, corpus, layout: 'multistream', workers, measures: [] }
      const { seconds, peakMegabytes } = await runOnce(entry)
      rows.push({ megabytes: megabytes(corpus), workers, seconds, peakMegabytes })
    }
  }
  const columns = ['MB of XML', 'workers', 'seconds', 'MB/s', 'peak MB'].map((title) => ({
    title,
    align: 'right' as const,
  }))
  const cells = rows.map((row) => [
    String(row.megabytes),
    String(row.workers),
    row.seconds.toFixed(1),
    (row.megabytes / row.seconds).toFixed(1),
    row.peakMegabytes.toFixed(0),
  ])
  for (const line of renderTable(columns, cells)) console.error(line)
  console.log(JSON.stringify({ memory: rows }))
}

function megabytes({ xmlBytes }: Corpus): number {
  return Math.round(xmlBytes / 1e6)
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) && value !== 0 ? value : null
}
