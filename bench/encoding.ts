/**
 * Texts a second of our exported encoder beside sentence-transformers' SparseEncoder: the same network, weights, tokenizer and
 * texts, in turn, round after round; and whether both give the same vectors.
 *
 *   node --import tsx bench/encoding.ts --python venv/bin/python [--sizes 5m,22m,110m] [--texts 400] [--rounds 3] [--threads 2]
 *       [--shared ../shared/data] [--write FILE] [--from FILE]
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { realTexts, writeEncodingProblem } from './encoding/problem.ts'
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
}

const say = (text: string) => process.stderr.write(`${text}\n`)
const limit = Number(flags.texts)

async function compare(size: string, folder: string) {
  const { threads, python } = flags
  const peers = [
    { name: 'naru', command: [process.execPath, ...flags.ours.split(','), folder, threads] },
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
  const [ours, theirs] = running.map(({ name, rounds }) => {
    const rates = rounds.map(({ seconds }) => limit / seconds)
    const peakMegabytes = Math.max(...rounds.map(({ peakBytes }) => peakBytes)) / 1e6
    const cpuSeconds = median(rounds.map((one) => one.cpuSeconds))
    const last = rounds.at(-1)!
    const textsPerSecond = median(rates)
    const range = [Math.min(...rates), Math.max(...rates)]
    say(
      `${size.padEnd(5)} ${name.padEnd(14)} ${textsPerSecond.toFixed(1)} texts/s (${range.map((rate) => rate.toFixed(1)).join('–')}), ` +
        `${cpuSeconds.toFixed(2)} CPU s, ${peakMegabytes.toFixed(0)} MB`,
    )
    return { name, textsPerSecond, range, cpuSeconds, peakMegabytes, last }
  })
  const difference = Math.max(
    ...ours!.last.weightSums.map((sum, i) => Math.abs(sum - theirs!.last.weightSums[i]!) / Math.max(1, sum)),
  )
  const activeTerms = ours!.last.activeTerms.reduce((a, b) => a + b, 0) / limit
  say(
    `${size.padEnd(5)} greatest difference of a text's weights, summed: ${difference.toExponential(1)}; ${activeTerms.toFixed(0)} active terms`,
  )
  const figures = [ours!, theirs!].map(({ last: _, ...rest }) => rest)
  return { size, figures, ratio: ours!.textsPerSecond / theirs!.textsPerSecond, difference, activeTerms }
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
const ratios = Object.fromEntries(results.map(({ size, ratio }) => [size, ratio]))
console.log(JSON.stringify({ bench: 'encoding', texts: limit, threads: Number(flags.threads), ratios, results }))
