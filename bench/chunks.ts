/**
 * What encoding a batch in chunks saves and costs: peak memory and processor time of one step, by the texts that are encoded at once.
 *
 *   node --import tsx bench/chunks.ts [--size 5m] [--examples 64] [--chunks 0,64,16] [--steps 2] [--threads 2]
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Peer } from './trainer/peer.ts'
import { type SizeName, sizes, writeProblem } from './trainer/problem.ts'

const { values: flags } = parseArgs({
  options: {
    size: { type: 'string', default: '5m' },
    examples: { type: 'string', default: '64' },
    chunks: { type: 'string', default: '0,64,16' },
    steps: { type: 'string', default: '2' },
    provider: { type: 'string', default: 'cpu' },
    precision: { type: 'string', default: 'fp32' },
    threads: { type: 'string', default: '2' },
  },
})
const isSize = (name: string): name is SizeName => Object.hasOwn(sizes, name)
if (!isSize(flags.size)) throw new Error(`--size is one of ${Object.keys(sizes).join(', ')}`)

const folder = mkdtempSync(join(tmpdir(), 'naru-chunks-'))
const steps = Number(flags.steps)
const results: Record<string, number | string>[] = []
try {
  const { parameters } = writeProblem(folder, flags.size, Number(flags.examples))
  process.stderr.write(`${parameters} parameters, ${flags.examples} examples: five texts each\n`)
  const ours = ['--import', 'tsx', join(import.meta.dirname, 'trainer', 'our-steps.ts')]
  for (const chunkTexts of flags.chunks.split(',')) {
    process.env.NARU_CHUNK_TEXTS = chunkTexts
    const peer = await Peer.start([process.execPath, ...ours, folder, flags.provider, flags.precision, flags.threads])
    const { losses, peakBytes, cpuSeconds, seconds } = await peer.run({ steps, stepsPerRun: 1 })
    await peer.stop()
    const figures = {
      peakMegabytes: Math.round(peakBytes / 1e6),
      cpuSecondsPerStep: Number((cpuSeconds / steps).toFixed(2)),
      secondsPerStep: Number((seconds / steps).toFixed(2)),
      lastLoss: losses.at(-1)!,
    }
    process.stderr.write(`${chunkTexts === '0' ? 'all' : chunkTexts} at once: ${JSON.stringify(figures)}\n`)
    results.push({ chunkTexts: Number(chunkTexts), ...figures })
  }
} finally {
  rmSync(folder, { recursive: true })
}
console.log(JSON.stringify({ size: flags.size, examples: Number(flags.examples), results }))
