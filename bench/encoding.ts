/**
 * Texts a second of our exported encoder, fp32 and int8, beside sentence-transformers' SparseEncoder: the same network, weights, tokenizer and
 * texts, in turn, round after round; and whether both give the same vectors.
 *
 *   node --import tsx bench/encoding.ts --python venv/bin/python [--sizes 5m,22m,110m] [--texts 400] [--rounds 3] [--threads 2]
 *       [--shared ../shared/data] [--write FILE] [--from FILE]
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { forms, realTexts, writeEncodingProblem } from './encoding/problem.ts'
import { median } from './median.ts'
import { Peer } from './trainer/peer.ts'
import { type SizeName, sizes } from './trainer/problem.ts'

const { values: flags } = parseArgs({
  options: {
    python: { type: 'string', default: 'python3' },
    sizes: { type: 'string', default: '5m,22m,110m' },
    texts: { type: 'string', default: '400' },
    rounds: { type: 'string', default: '3' },
    threads: { type: 'string', default: '2' },
    shared: { type: 'string', default: '../shared/data' },
    /** Texts as a JSON list; --write makes the file, to be carried to a machine without the shared data. */
    from: { type: 'string' },
    write: { type: 'string' },
    ours: { type: 'string', default: `--import,tsx,${join(import.meta.dirname, 'encoding/our-texts.ts')}` },
    theirs: { type: 'string', default: join(import.meta.dirname, 'encoding/sentence_transformers_texts.py') },
  },
})

interface Encoded {
  readonly seconds: number
  readonly cpuSeconds: number
  readonly peakBytes: number
  readonly weightSums: readonly number[]
  readonly activeTerms: readonly number[]
  readonly topTerms: readonly (readonly number[])[]
}

const say = (text: string) => process.stderr.write(`${text}\n`)
const limit = Number(flags.texts)

async function compare(size: string, folder: string) {
  const { threads, python } = flags
  const peers = [
    ...Object.entries(forms).map(([precision, form]) => ({
      name: `naru ${precision}`,
      command: [process.execPath, ...flags.ours.split(','), folder, threads, form],
    })),
    { name: 'SparseEncoder', command: [python, flags.theirs, folder, threads] },
  ]
  const running = await Promise.all(
    peers.map(async ({ name, command }) => ({
      name,
      peer: await Peer.start<Encoded>(command),
      rounds: [] as Encoded[],
    })),
  )
  for (const { peer } of running) await peer.run({ limit: 32 })
  for (let round = 0; round < Number(flags.rounds); round++) {
    for (const { peer, rounds } of running) rounds.push(await peer.run({ limit }))
  }
  for (const { peer } of running) await peer.stop()
  const theirs = running.at(-1)!.rounds.at(-1)!
  const rateOf = (rounds: readonly Encoded[]) => median(rounds.map(({ seconds }) => limit / seconds))
  const figures = running.map(({ name, rounds }) => {
    const rates = rounds.map(({ seconds }) => limit / seconds)
    const last = rounds.at(-1)!
    return {
      name,
      textsPerSecond: rateOf(rounds),
      range: [Math.min(...rates), Math.max(...rates)] as const,
      timesTheirs: rateOf(rounds) / rateOf(running.at(-1)!.rounds),
      cpuSeconds: median(rounds.map((one) => one.cpuSeconds)),
      peakMegabytes: Math.max(...rounds.map(({ peakBytes }) => peakBytes)) / 1e6,
      activeTerms: last.activeTerms.reduce((a, b) => a + b, 0) / limit,
      /** Greatest difference of the sum of a text's weights from theirs, as a share. */
      difference: Math.max(
        ...last.weightSums.map((sum, i) => Math.abs(sum - theirs.weightSums[i]!) / Math.max(1, theirs.weightSums[i]!)),
      ),
      /** Share of their 20 heaviest terms of a text that are among our 20. */
      sameTopTerms: mean(last.topTerms.map((terms, i) => overlap(terms, theirs.topTerms[i]!))),
    }
  })
  for (const one of figures) say(lineOf(size, one))
  return { size, figures }
}

function mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length
}

function overlap(ours: readonly number[], theirs: readonly number[]): number {
  const known = new Set(ours)
  return theirs.length === 0 ? 1 : theirs.filter((term) => known.has(term)).length / theirs.length
}

function lineOf(size: string, one: Awaited<ReturnType<typeof compare>>['figures'][number]): string {
  const [worst, best] = one.range.map((rate) => rate.toFixed(1))
  return [
    `${size.padEnd(5)} ${one.name.padEnd(14)} ${one.textsPerSecond.toFixed(1)} texts/s (${worst}–${best})`,
    `${one.timesTheirs.toFixed(2)} ×`,
    `${one.cpuSeconds.toFixed(2)} CPU s`,
    `${one.peakMegabytes.toFixed(0)} MB`,
    `${one.activeTerms.toFixed(0)} terms`,
    `sums within ${one.difference.toExponential(1)}`,
    `${(100 * one.sameTopTerms).toFixed(1)} % of the top 20`,
  ].join('  ')
}

const texts: readonly string[] = flags.from
  ? JSON.parse(readFileSync(flags.from, 'utf8'))
  : await realTexts(flags.shared)
if (flags.write) {
  writeFileSync(flags.write, JSON.stringify(texts.slice(0, limit)))
  process.exit(0)
}
const results = []
for (const size of flags.sizes.split(',')) {
  if (!(size in sizes)) throw new Error(`--sizes knows ${Object.keys(sizes)}, not ${size}`)
  const folder = mkdtempSync(join(tmpdir(), 'naru-encoding-'))
  try {
    writeEncodingProblem(folder, size as SizeName, texts.slice(0, limit))
    results.push(await compare(size, folder))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
const ratios = Object.fromEntries(
  results.map(({ size, figures }) => [
    size,
    Object.fromEntries(figures.map(({ name, timesTheirs }) => [name, timesTheirs])),
  ]),
)
console.log(JSON.stringify({ bench: 'encoding', texts: limit, threads: Number(flags.threads), ratios, results }))
