/**
 * How long `naru --help` takes from nothing, as a ratio too, beside `node -e 0`, which nothing in Node is faster than; in turns, so that a busy
 * moment hits both. What is run is dist/, by the bootstrap that npx calls. A table on stderr, one JSON line last.
 *
 *   node --import tsx bench/cold-start.ts [rounds]
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { renderTable } from '../cli/table.ts'
import { packageRoot } from '../runtime/package-root.ts'
import { median } from './median.ts'

const rounds = Number(process.argv[2] ?? 20)
const commands = {
  'naru --help': [join(packageRoot, 'cli', 'bootstrap.mjs'), '--help'],
  'node -e 0': ['-e', '0'],
} as const
type Name = keyof typeof commands
const names = Object.keys(commands) as Name[]

/** Milliseconds by the clock, and of CPU in user and system mode. */
interface Cost {
  readonly wallMs: number
  readonly cpuMs: number
}

function costOf(name: Name): Cost {
  const from = performance.now()
  const { status, stderr } = spawnSync('sh', ['-c', 'time -p "$0" "$@"', process.execPath, ...commands[name]], {
    encoding: 'utf8',
  })
  const wallMs = performance.now() - from
  if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr}`)
  const cpuMs = [...stderr.matchAll(/^(?:user|sys) ([\d.]+)$/gm)].reduce(
    (sum, [, text]) => sum + Number(text) * 1000,
    0,
  )
  return { wallMs, cpuMs }
}

// The first of each fills the caches of the file system, and compiles what is not compiled.
for (const name of names) costOf(name)
const costs: Record<Name, Cost[]> = { 'naru --help': [], 'node -e 0': [] }
for (let round = 0; round < rounds; round++) for (const name of names) costs[name].push(costOf(name))

const figures = Object.fromEntries(
  names.map((name) => [
    name,
    {
      wallMs: Math.round(median(costs[name].map(({ wallMs }) => wallMs))),
      cpuMs: Math.round(median(costs[name].map(({ cpuMs }) => cpuMs))),
      leastWallMs: Math.round(Math.min(...costs[name].map(({ wallMs }) => wallMs))),
    },
  ]),
)
const columns = ['', 'median ms', 'median CPU ms', 'least ms'].map((title) => ({ title }))
const rows = Object.entries(figures).map(([name, { wallMs, cpuMs, leastWallMs }]) => [
  name,
  ...[wallMs, cpuMs, leastWallMs].map(String),
])
process.stderr.write(`${renderTable(columns, rows).join('\n')}\n`)
/** How many times as much as the floor, which is what stays alike on a busy machine. */
const ratio = (figure: 'wallMs' | 'cpuMs') =>
  Number((figures['naru --help']![figure] / figures['node -e 0']![figure]).toFixed(2))
const ratios = { wall: ratio('wallMs'), cpu: ratio('cpuMs') }
process.stdout.write(`${JSON.stringify({ bench: 'cold-start', rounds, figures, ratios })}\n`)
