/**
 * Whether batches are made faster than a training takes them: tokens a second of one collating thread on the examples of a run that is
 * done, beside what its steps took and the share of the time that they waited, which training.jsonl has.
 *
 *   node --import tsx bench/collation.ts RUN [--model sample] [--seconds 10] [--batch 32]
 *
 * RUN is the folder of a run (--out of naru run).
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Tokenizer } from '../language/tokenizer.ts'
import type { TrainingExample } from '../model/batch.ts'
import { trainingBatches } from '../model/batches.ts'
import { latestCheckpoint, readCheckpoint } from '../model/checkpoint.ts'
import { plainCollator } from '../model/collator.ts'

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    model: { type: 'string', default: 'sample' },
    seconds: { type: 'string', default: '10' },
    batch: { type: 'string', default: '32' },
  },
})
const [run] = positionals
if (run === undefined) throw new Error('name the folder of a run: node --import tsx bench/collation.ts RUN')

interface LoggedStep {
  readonly run: string
  readonly samplesPerSecond?: number
  readonly waitingShare?: number
}

const linesOf = (file: string) => readFileSync(join(run, file), 'utf8').trimEnd().split('\n')
const logged = linesOf(`models/checkpoints/${flags.model}/training.jsonl`).map((line): LoggedStep => JSON.parse(line))
const steps = logged.filter(({ samplesPerSecond = 0 }) => samplesPerSecond > 0)
const folder = await latestCheckpoint(join(run, 'models/checkpoints', flags.model, logged[0]!.run))
if (folder === undefined) throw new Error(`${flags.model} has no checkpoint in ${run}`)
const { settings, tokenizerJson } = await readCheckpoint(folder)
const examples = linesOf('training/qd_pairs.jsonl')
  .map((line): TrainingExample & { readonly split: string } => JSON.parse(line))
  .filter(({ split }) => split === 'train')

const batchSize = Number(flags.batch)
const collator = plainCollator({
  settings: { ...settings, batch: { ...settings.batch, examples: batchSize } },
  tokenizer: Tokenizer.parse(tokenizerJson),
  seed: 1,
})
const source = { length: examples.length, at: (index: number) => examples[index] }
let [collated, tokens] = [0, 0]
const start = process.cpuUsage()
const cpuSeconds = () => {
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1e6
}
let step = 0
for (const batch of trainingBatches(source, { seed: 1, batchSize, epochs: Number.MAX_SAFE_INTEGER })) {
  const { feeds } = await collator.collate(step++, batch)
  collated += batch.length
  for (const mask of [feeds.short_mask!, feeds.long_mask!]) {
    for (const bit of mask.data) tokens += Number(bit)
  }
  if (cpuSeconds() > Number(flags.seconds)) break
}
const seconds = cpuSeconds()
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const consumed = mean(steps.map(({ samplesPerSecond = 0 }) => samplesPerSecond))
const waiting = steps.map(({ waitingShare = 0 }) => waitingShare)
console.log(
  JSON.stringify({
    bench: 'collation',
    collated: { samplesPerCpuSecond: collated / seconds, tokensPerCpuSecond: tokens / seconds },
    trained: { samplesPerSecond: consumed, tokensPerSecond: (consumed * tokens) / collated },
    waitingShare: { mean: mean(waiting), greatest: Math.max(...waiting) },
  }),
)
