/**
 * How fast negatives are looked for among many passages, beside the peers that are here: bm25s and tantivy (pip install bm25s numba
 * tantivy) and Lucene (a JDK; mvn fetches its jars).
 *
 *   npm run bench:negatives -- [--passages 100000] [--queries 2000] [--kinds short,whole] [--rounds 5] [--alone]
 *
 * Each program makes its index once, then all of them search in turn, round after round, one thread each. Rates are queries for a
 * second of CPU, best of the rounds; they extrapolate to a million queries, for every query is new to every program. Rounds are
 * warmed up by one that does not count; a single round is not, for it is meant for many queries.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { renderTable } from '../cli/table.ts'
import { makePassages } from './negatives/passages.ts'
import { Searcher } from './negatives/searcher.ts'
import { pythonPackage } from './peers/installed.ts'

const { values: flags } = parseArgs({
  options: {
    passages: { type: 'string', default: '100000' },
    queries: { type: 'string', default: '2000' },
    kinds: { type: 'string', default: 'short,whole' },
    rounds: { type: 'string', default: '5' },
    alone: { type: 'boolean', default: false },
  },
})
/** What mining four negatives asks for. */
const k = 16
const million = 1e6
const rounds = Number(flags.rounds)
const warmUps = rounds === 1 ? 0 : 1
const kinds = (['short', 'whole'] as const).filter((kind) => flags.kinds.split(',').includes(kind))

const built = z.looseObject({ buildCpuSeconds: z.number(), peakMegabytes: z.number() })
const round = z.looseObject({
  seconds: z.number(),
  cpuSeconds: z.number(),
  peakMegabytes: z.number(),
  hits: z.array(z.array(z.tuple([z.number(), z.number()]))),
})
type Round = z.infer<typeof round>

interface Program {
  readonly name: string
  readonly command: readonly string[]
}

interface Result {
  readonly program: string
  readonly queriesPerCpuSecond: number
  readonly queriesPerSecond: number
  readonly buildCpuSeconds: number
  readonly peakMegabytes: number
  /** Share of our hits of the first queries that it has as well. */
  readonly sameHits: number
  /** Largest difference of a score from ours, among hits of both. */
  readonly scoreDifference: number
}

const folder = mkdtempSync(join(tmpdir(), 'naru-negatives-'))
try {
  const made = await makePassages(Number(flags.passages), Number(flags.queries))
  const passages = linesFile('passages', made.passages)
  const positives = linesFile(
    'positives',
    made.positives.map((at) => [String(at)]),
  )
  const results: Record<string, Result[]> = {}
  for (const kind of kinds) {
    const queries = linesFile(kind, made[kind])
    results[kind] = await compare(programsFor(kind, passages, queries, positives))
    console.error(`${kind} queries, ${made[kind][0]!.length} words:\n${tableOf(results[kind])}\n`)
  }
  const summary = {
    bench: 'negatives',
    passages: made.passages.length,
    queries: made.short.length,
    k,
    results,
    ratios: ratiosOf(results),
  }
  console.log(JSON.stringify(summary))
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function programsFor(kind: string, passages: string, queries: string, positives: string): Program[] {
  const common = (name: string): string[] => [passages, queries, String(k), join(folder, `${kind} ${name}`)]
  const own = fileURLToPath(new URL('negatives/', import.meta.url))
  const naru = [process.execPath, '--import', 'tsx', join(own, 'search-naru.ts')]
  const programs: Program[] = [
    { name: 'naru', command: [...naru, ...common('naru')] },
    { name: 'naru, mining', command: [...naru, ...common('mining'), positives] },
  ]
  if (flags.alone) return programs
  if (pythonPackage('bm25s') !== undefined) {
    const backends = pythonPackage('numba') === undefined ? ['numpy'] : ['numpy', 'numba']
    for (const backend of backends) {
      const script = [join(own, 'search_bm25s.py'), ...common('bm25s'), backend]
      programs.push({ name: `bm25s, ${backend}`, command: ['python3', ...script] })
    }
  }
  if (pythonPackage('tantivy') !== undefined)
    programs.push({ name: 'tantivy', command: ['python3', join(own, 'search_tantivy.py'), ...common('tantivy')] })
  const jars = luceneJars()
  if (jars !== undefined)
    programs.push({
      name: 'Lucene',
      command: ['java', '-cp', jars, join(own, 'SearchLucene.java'), ...common('lucene')],
    })
  return programs
}

/** The class path of Lucene, fetched where it is not here; undefined without a JDK or mvn. */
function luceneJars(): string | undefined {
  const script = fileURLToPath(new URL('../test/integration/lucene/lucene.sh', import.meta.url))
  const { status, stdout } = spawnSync(script, ['jars'], { encoding: 'utf8' })
  return status === 0 ? stdout.trim() : undefined
}

async function compare(programs: readonly Program[]): Promise<Result[]> {
  const running: { name: string; searcher: Searcher; build: z.infer<typeof built>; rounds: Round[] }[] = []
  try {
    for (const { name, command } of programs) {
      const searcher = new Searcher(command)
      running.push({ name, searcher, build: built.parse(await searcher.answer()), rounds: [] })
    }
    for (let at = 0; at < warmUps + rounds; at++) {
      for (const { searcher, rounds: taken } of running) {
        const took = round.parse(await searcher.ask())
        if (at >= warmUps) taken.push(took)
      }
    }
  } finally {
    for (const { searcher } of running) searcher.end()
  }
  const ours = running[0]!.rounds[0]!.hits
  return running.map(({ name, build, rounds }): Result => {
    const best = (of: (one: Round) => number): number => Number(flags.queries) / Math.min(...rounds.map(of))
    return {
      program: name,
      queriesPerCpuSecond: best(({ cpuSeconds }) => cpuSeconds),
      queriesPerSecond: best(({ seconds }) => seconds),
      buildCpuSeconds: build.buildCpuSeconds,
      peakMegabytes: Math.max(...rounds.map(({ peakMegabytes }) => peakMegabytes)),
      ...likeness(ours, rounds[0]!.hits),
    }
  })
}

function likeness(ours: Round['hits'], theirs: Round['hits']): Pick<Result, 'sameHits' | 'scoreDifference'> {
  let [all, same, scoreDifference] = [0, 0, 0]
  ours.forEach((hits, query) => {
    const scores = new Map(theirs[query])
    for (const [doc, score] of hits) {
      all++
      const other = scores.get(doc)
      if (other === undefined) continue
      same++
      scoreDifference = Math.max(scoreDifference, Math.abs(other - score))
    }
  })
  return { sameHits: same / all, scoreDifference }
}

/** How many times our rate is that of each peer, by CPU time. */
function ratiosOf(all: Readonly<Record<string, readonly Result[]>>): Record<string, Record<string, number>> {
  const ofKind = ([kind, results]: [string, readonly Result[]]): [string, Record<string, number>] => {
    const [own, ...others] = results
    const ratios = others.map(
      ({ program, queriesPerCpuSecond }) => [program, own!.queriesPerCpuSecond / queriesPerCpuSecond] as const,
    )
    return [kind, Object.fromEntries(ratios)]
  }
  return Object.fromEntries(Object.entries(all).map(ofKind))
}

function tableOf(results: readonly Result[]): string {
  const titles = [
    'queries/CPU s',
    'queries/s',
    '10⁶ take, CPU min',
    'naru is',
    'index, CPU s',
    'peak MB',
    'same hits',
    'Δ score',
  ]
  const columns = [{ title: 'program' }, ...titles.map((title) => ({ title, align: 'right' as const }))]
  const rows = results.map((one) => [
    one.program,
    one.queriesPerCpuSecond.toFixed(0),
    one.queriesPerSecond.toFixed(0),
    (million / one.queriesPerCpuSecond / 60).toFixed(1),
    `${(results[0]!.queriesPerCpuSecond / one.queriesPerCpuSecond).toFixed(2)} ×`,
    one.buildCpuSeconds.toFixed(1),
    one.peakMegabytes.toFixed(0),
    `${(100 * one.sameHits).toFixed(1)} %`,
    one.scoreDifference.toExponential(1),
  ])
  return renderTable(columns, rows).join('\n')
}

function linesFile(name: string, lines: readonly (readonly string[])[]): string {
  const path = join(folder, name)
  writeFileSync(path, lines.map((line) => `${line.join(' ')}\n`).join(''))
  return path
}
