import type { TrainingExample } from './batch.ts'
import { Randomness } from './randomness.ts'

/** Examples by number, wherever they lie: an array, or a table on disk. `at` gives the same for a number always. */
export interface Examples {
  readonly length: number
  at(index: number): TrainingExample | undefined
}

/** The order in which examples are seen: a function of seed and epoch alone, so a resumed run finds its place by counting. */
export interface BatchOrder {
  readonly seed: number
  readonly batchSize: number
  readonly epochs: number
}

export function stepsPerEpoch(examples: number, batchSize: number): number {
  return Math.ceil(examples / batchSize)
}

/** Batches within which documents are sorted by length. More of them waste less padding and mix the examples less. */
const batchesPerWindow = 8

/**
 * The batches from number `start` (0: the first) to the end of the last epoch. Each epoch sees every example once, in an
 * order of its own; within a window, examples with documents of like length come together, for a batch is as slow as its
 * longest document. What is in memory is the order and a length for each example; the examples are read when their batch comes.
 */
export function* trainingBatches(
  examples: Examples,
  { seed, batchSize, epochs }: BatchOrder,
  start = 0,
): Iterable<readonly TrainingExample[]> {
  if (examples.length === 0) return
  const perEpoch = stepsPerEpoch(examples.length, batchSize)
  const bytes = Uint32Array.from({ length: examples.length }, (_, i) => longestDocumentBytes(examples.at(i)!))
  for (let number = start; number < epochs * perEpoch; ) {
    const epoch = Math.floor(number / perEpoch)
    const batches = epochBatches(bytes, batchSize, new Randomness(seed + Math.imul(epoch, 0x9e3779b1)))
    for (const batch of batches.slice(number % perEpoch)) {
      yield batch.map((index) => examples.at(index)!)
      number++
    }
  }
}

/**
 * Neighbouring batches, `most` at a time, for an engine that does several steps at once. A run ends where the step is a multiple
 * of one of `stops`: what is to happen after that step finds the engine there.
 */
export function* runsOf<Batch>(
  batches: Iterable<Batch>,
  { startStep, most, stops }: { readonly startStep: number; readonly most: number; readonly stops: readonly number[] },
): Iterable<readonly Batch[]> {
  let run: Batch[] = []
  let step = startStep
  for (const batch of batches) {
    run.push(batch)
    step++
    if (run.length < most && stops.every((every) => step % every !== 0)) continue
    yield run
    run = []
  }
  if (run.length > 0) yield run
}

/** Numbers of the examples of each batch. bytes: length of the longest document of each example. */
function epochBatches(bytes: Uint32Array, size: number, randomness: Randomness): readonly (readonly number[])[] {
  const shuffled = randomness.shuffled(Array.from(bytes.keys()))
  const window = size * batchesPerWindow
  const batches: number[][] = []
  for (let start = 0; start < shuffled.length; start += window) {
    const sorted = shuffled.slice(start, start + window).sort((a, b) => bytes[a]! - bytes[b]!)
    for (let at = 0; at < sorted.length; at += size) batches.push(sorted.slice(at, at + size))
  }
  return randomness.shuffled(batches)
}

/** UTF-8 bytes go with tokens in both languages: a Hangul syllable takes three and says as much as three letters. */
function longestDocumentBytes({ positive_doc, negative_docs, linked_lead = '' }: TrainingExample): number {
  return Math.max(...[positive_doc, ...negative_docs, linked_lead].map((text) => Buffer.byteLength(text)))
}
