/**
 * How fast one core decodes bz2: the kernel beside unbzip2-stream, bzip2 and lbzip2 where they are installed, in
 * rounds one after the other so that a busy moment of the machine hits all alike. CPU seconds, not those of the clock.
 * A table on stderr, one JSON line last.
 *
 *   npm run bench:bz2 -- [--mb 40] [--rounds 5] [--cache FOLDER]
 */

import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { renderTable } from '../cli/table.ts'
import { findBlockMarks, findStreamStarts } from '../wiki/bz2/marks.ts'
import { type Bz2Engine, decompressRange } from '../wiki/bz2.ts'
import { median } from './median.ts'
import { corpusOf } from './pages/corpus.ts'
import { realWikis } from './pages/real-pages.ts'

/** A way to go through a file; returns CPU seconds. */
interface Decoder {
  readonly name: string
  readonly run: (file: string) => Promise<number>
}

const { values: flags } = parseArgs({
  options: {
    mb: { type: 'string', default: '40' },
    rounds: { type: 'string', default: '5' },
    cache: { type: 'string', default: join(tmpdir(), 'naru-bench') },
  },
})

const wikis = await realWikis()
if (wikis.length === 0) {
  console.error('no pages to make a corpus of: ../shared/data/wiki-dumps is not here')
  process.exit(2)
}
const corpus = await corpusOf(wikis, Number(flags.mb), flags.cache)

const programs = [
  ['bzip2', ['-dc']],
  ['lbzip2', ['-n1', '-dc']],
  ['pbzip2', ['-p1', '-dc']],
] as const
const decoders: Decoder[] = [
  { name: 'kernel', run: (file) => ours(file, 'kernel') },
  { name: 'unbzip2-stream', run: (file) => ours(file, 'reference') },
]
for (const [name, args] of programs) {
  if (spawnSync(name, ['--version'], { stdio: 'ignore' }).error === undefined) {
    decoders.push({ name: [name, ...args].join(' '), run: async (file) => program(name, args, file) })
  } else console.error(`${name} is not installed: apt-get install ${name}`)
}

const layouts = { single: corpus.single, multistream: corpus.multistream }
const results: Record<string, Record<string, { megabytesPerSecond: number; spread: number; ofLbzip2?: number }>> = {}
for (const [layout, file] of Object.entries(layouts)) {
  const seconds = new Map<string, number[]>(decoders.map(({ name }) => [name, []]))
  for (let round = 0; round < Number(flags.rounds); round++) {
    for (const { name, run } of decoders) seconds.get(name)?.push(await run(file))
  }
  const lbzip2 = decoders.find(({ name }) => name.startsWith('lbzip2'))
  const peer = seconds.get(lbzip2?.name ?? '')
  results[layout] = Object.fromEntries(
    [...seconds].map(([name, times]) => [
      name,
      {
        megabytesPerSecond: round(corpus.xmlBytes / 1e6 / median(times)),
        spread: round((Math.max(...times) - Math.min(...times)) / median(times)),
        // Each round has its own ratio: its two runs met the same neighbours.
        ...(peer && { ofLbzip2: round(median(times.map((time, i) => (peer[i] ?? Number.NaN) / time))) }),
      },
    ]),
  )
}
const scans = {
  streams: round(await scanned(() => findStreamStarts(corpus.single))),
  blocks: round(await scanned(() => findBlockMarks(corpus.single))),
}

const columns = ['', 'MB/s of XML', 'spread', '× lbzip2'].map((title, i) => ({
  title,
  ...(i > 0 && { align: 'right' as const }),
}))
for (const [layout, rows] of Object.entries(results)) {
  const cells = Object.entries(rows).map(([name, { megabytesPerSecond, spread, ofLbzip2 }]) => [
    `${layout}: ${name}`,
    megabytesPerSecond.toFixed(1),
    `${Math.round(spread * 100)} %`,
    ofLbzip2?.toFixed(2) ?? '',
  ])
  console.error(renderTable(columns, cells).join('\n'))
}
console.error(`marks are found at ${scans.streams} (streams) and ${scans.blocks} (blocks) MB/s of bz2`)
console.log(JSON.stringify({ megabytes: round(corpus.xmlBytes / 1e6), rounds: Number(flags.rounds), results, scans }))

async function ours(file: string, engine: Bz2Engine): Promise<number> {
  let bytes = 0
  const seconds = await cpuSeconds(async () => {
    for await (const piece of decompressRange(file, 0, undefined, { engine })) bytes += piece.length
  })
  if (bytes !== corpus.xmlBytes) throw new Error(`${engine} gave ${bytes} of ${corpus.xmlBytes} bytes`)
  return seconds
}

function program(name: string, args: readonly string[], file: string): number {
  const script = 'TIMEFORMAT="%U %S"; time "$@" > /dev/null'
  const { status, stderr } = spawnSync('bash', ['-c', script, 'bash', name, ...args, file], { encoding: 'utf8' })
  const [user = Number.NaN, system = Number.NaN] = stderr.trim().split(' ').map(Number)
  if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr}`)
  return user + system
}

async function cpuSeconds(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

/** Megabytes of the single stream a CPU second, the best of the rounds. */
async function scanned(scan: () => Promise<unknown>): Promise<number> {
  const { size } = statSync(corpus.single)
  let best = Number.POSITIVE_INFINITY
  for (let i = 0; i < Number(flags.rounds); i++) best = Math.min(best, await cpuSeconds(scan))
  return size / 1e6 / best
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
