/**
 * Samples a second and peak memory of our training step beside PyTorch (eager with fused AdamW, and torch.compile): the same
 * network, weights and batches, in turn, round after round.
 *
 *   node --import tsx bench/trainer.ts --python venv/bin/python [--provider cpu] [--sizes 5m,22m,110m] [--precisions fp32]
 *       [--steps-per-run 1,8] [--engines onnxruntime,tfjs] [--rounds 5] [--steps 4] [--examples 8] [--threads 2] [--no-compile]
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { median } from './median.ts'
import { Peer, type Round } from './trainer/peer.ts'
import { type SizeName, sizes, writeProblem } from './trainer/problem.ts'

const { values: flags } = parseArgs({
  options: {
    python: { type: 'string', default: 'python3' },
    provider: { type: 'string', default: 'cpu' },
    sizes: { type: 'string', default: '5m,22m,110m' },
    precisions: { type: 'string', default: 'fp32' },
    'steps-per-run': { type: 'string', default: '1,8' },
    /** tfjs, which does one step a run, where naru engines add tfjs-gpu built it. */
    engines: { type: 'string', default: 'onnxruntime' },
    rounds: { type: 'string', default: '5' },
    steps: { type: 'string', default: '4' },
    examples: { type: 'string', default: '8' },
    threads: { type: 'string', default: '2' },
    'no-compile': { type: 'boolean', default: false },
    /** How our peer is started; a bundle of it takes no loader. */
    ours: { type: 'string', default: `--import,tsx,${join(import.meta.dirname, 'trainer/our-steps.ts')}` },
    torch: { type: 'string', default: join(import.meta.dirname, 'trainer/torch_steps.py') },
  },
})

interface Contestant {
  readonly name: string
  readonly command: readonly string[]
  readonly stepsPerRun: number
}

interface Result {
  readonly size: string
  readonly parameters: number
  readonly precision: string
  readonly name: string
  readonly samplesPerSecond: number
  readonly millisecondsPerStep: number
  /** Worst and best round. */
  readonly range: readonly [number, number]
  readonly cpuSecondsPerStep: number
  readonly peakMegabytes: number
  readonly losses: readonly number[]
}

const examples = Number(flags.examples)
const rounds = Number(flags.rounds)
const say = (text: string) => process.stderr.write(`${text}\n`)

function contestants(folder: string, precision: string): readonly Contestant[] {
  const { provider, threads, python } = flags
  const ours = (engine: string) => [
    process.execPath,
    ...flags.ours.split(','),
    ...[folder, provider, precision, threads, engine],
  ]
  const torch = (mode: string) => [python, flags.torch, folder, provider, precision, threads, mode]
  const loops = flags['steps-per-run'].split(',').map(Number)
  return [
    { name: 'PyTorch eager', command: torch('eager'), stepsPerRun: 1 },
    ...(flags['no-compile'] ? [] : [{ name: 'torch.compile', command: torch('compile'), stepsPerRun: 1 }]),
    ...flags.engines.split(',').flatMap((engine) => {
      if (engine === 'tfjs') return [{ name: 'naru on tfjs', command: ours(engine), stepsPerRun: 1 }]
      return loops.map((stepsPerRun) => ({ name: `naru, ${stepsPerRun} a run`, command: ours(engine), stepsPerRun }))
    }),
  ]
}

function requestOf({ stepsPerRun }: Contestant) {
  return { steps: Math.max(stepsPerRun, Number(flags.steps)), stepsPerRun }
}

/** Bytes in use on the card, of all processes. */
function cardBytes(): number {
  const text = execFileSync('nvidia-smi', ['--query-gpu=memory.used', '--format=csv,noheader,nounits'], {
    encoding: 'utf8',
  })
  return Number(text.trim()) * 2 ** 20
}

interface Running {
  readonly contestant: Contestant
  readonly peer: Peer
  readonly card: number
  readonly rounds: Round[]
  /** Of the first steps, those that warm up. */
  readonly losses: readonly number[]
}

/** Peers of one size and precision, all started before any is timed; one that fails is told of and left out. */
async function measure(size: SizeName, parameters: number, folder: string, precision: string): Promise<Result[]> {
  const running: Running[] = []
  const onCard = flags.provider === 'cuda'
  for (const contestant of contestants(folder, precision)) {
    const before = onCard ? cardBytes() : 0
    const known = running.findLast(({ contestant: { command } }) => command.join() === contestant.command.join())
    try {
      const peer = known?.peer ?? (await Peer.start(contestant.command))
      const { losses } = await peer.run(requestOf(contestant))
      const card = (known?.card ?? 0) + (onCard ? cardBytes() - before : 0)
      running.push({ contestant, peer, rounds: [], losses, card })
    } catch (error) {
      say(`${size} ${precision} ${contestant.name}: ${error instanceof Error ? error.message : error}`)
    }
  }
  for (let round = 0; round < rounds; round++) {
    for (const { contestant, peer, rounds: sofar } of running) sofar.push(await peer.run(requestOf(contestant)))
  }
  // Memory of a peer that is still ending would count against the next one.
  for (const { peer } of running) await peer.stop()
  return running.map(({ contestant, rounds: sofar, losses, card }): Result => {
    const perStep = sofar.map((round) => (1000 * round.seconds) / round.losses.length)
    const millisecondsPerStep = median(perStep)
    return {
      size,
      parameters,
      precision,
      name: contestant.name,
      samplesPerSecond: (1000 * examples) / millisecondsPerStep,
      millisecondsPerStep,
      range: [Math.max(...perStep), Math.min(...perStep)],
      cpuSecondsPerStep: median(sofar.map((round) => round.cpuSeconds / round.losses.length)),
      peakMegabytes: (card || Math.max(...sofar.map((round) => round.peakBytes))) / 1e6,
      losses,
    }
  })
}

function line({ size, precision, name, ...figures }: Result): string {
  const { samplesPerSecond, millisecondsPerStep, range, cpuSecondsPerStep, peakMegabytes, losses } = figures
  const number = (value: number) => value.toPrecision(3).padStart(8)
  const [worst, best] = range
  return [
    size.padEnd(5),
    precision,
    name.padEnd(16),
    `${number(samplesPerSecond)} samples/s`,
    `${number(millisecondsPerStep)} ms (${best.toPrecision(3)}–${worst.toPrecision(3)})`,
    `${number(cpuSecondsPerStep)} CPU s`,
    `${number(peakMegabytes)} MB`,
    `loss ${losses[0]?.toFixed(4)} → ${losses.at(-1)?.toFixed(4)}`,
  ].join('  ')
}

const results: Result[] = []
for (const size of flags.sizes.split(',')) {
  if (!(size in sizes)) throw new Error(`--sizes knows ${Object.keys(sizes)}, not ${size}`)
  const folder = mkdtempSync(join(tmpdir(), 'naru-trainer-'))
  try {
    const { parameters } = writeProblem(folder, size as SizeName, examples)
    for (const precision of flags.precisions.split(',')) {
      const measured = await measure(size as SizeName, parameters, folder, precision)
      for (const result of measured) say(line(result))
      results.push(...measured)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
console.log(JSON.stringify({ bench: 'trainer', provider: flags.provider, examples, rounds, results }))
