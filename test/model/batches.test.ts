import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Tokenizer } from '../../language/tokenizer.ts'
import { collate, type TrainingExample } from '../../model/batch.ts'
import { runsOf, stepsPerEpoch, trainingBatches } from '../../model/batches.ts'
import { Randomness } from '../../model/randomness.ts'
import { learningRateAt, sparsityWeightAt } from '../../model/schedule.ts'
import { type LossSettings, lossSettings, optimiserSettings } from '../../model/settings.ts'
import { ConfigError } from '../../runtime/errors.ts'
import { toyExamples, toySettings, toyTokenizerJson } from './toy.ts'

const example = (i: number): TrainingExample => ({
  query: `q${i}`,
  positive_doc: 'x'.repeat((i * 37) % 101),
  negative_docs: [],
  synonym_pairs: [],
})

test('an epoch sees every example once, in an order of its own', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 1, max: 40 }),
      fc.nat(),
      (count, batchSize, seed) => {
        const examples = Array.from({ length: count }, (_, i) => example(i))
        const batches = [...trainingBatches(examples, { seed, batchSize, epochs: 2 })]
        const perEpoch = stepsPerEpoch(count, batchSize)
        assert.equal(batches.length, 2 * perEpoch)
        for (const epoch of [batches.slice(0, perEpoch), batches.slice(perEpoch)]) {
          assert.deepEqual(new Set(epoch.flat()), new Set(examples))
          assert.equal(epoch.flat().length, count)
        }
      },
    ),
  )
})

test('batches from a later step are those of the whole run from there', () => {
  const examples = Array.from({ length: 50 }, (_, i) => example(i))
  const order = { seed: 9, batchSize: 8, epochs: 3 }
  const whole = [...trainingBatches(examples, order)]
  for (const start of [0, 1, 7, 10, whole.length]) {
    assert.deepEqual([...trainingBatches(examples, order, start)], whole.slice(start))
  }
})

test('documents of one batch are of like length', () => {
  const examples = Array.from({ length: 64 }, (_, i) => example(i))
  const spread = (batch: readonly TrainingExample[]) => {
    const lengths = batch.map(({ positive_doc }) => positive_doc.length)
    return Math.max(...lengths) - Math.min(...lengths)
  }
  for (const batch of trainingBatches(examples, { seed: 1, batchSize: 8, epochs: 1 })) assert.ok(spread(batch) < 40)
})

const tokenizer = Tokenizer.parse(toyTokenizerJson)
const collated = (examples: readonly TrainingExample[], losses: LossSettings = toySettings.losses) =>
  collate(examples, { tokenizer, settings: toySettings.batch, losses, randomness: new Randomness(1) })

test('a document that is the right one of another row is no rival', () => {
  const twin = { ...toyExamples[0]!, query: 'water' }
  const { feeds, shape } = collated([toyExamples[0]!, twin, toyExamples[2]!])
  const columns = shape.examples * 2
  const excluded = (row: number, column: number) => Number(feeds.ranking_exclusion!.data[row * columns + column]) < 0
  assert.deepEqual([excluded(0, 0), excluded(0, 1), excluded(1, 0), excluded(0, 2)], [false, true, true, false])
})

test('absent documents are excluded and masked', () => {
  const { feeds, shape } = collated(toyExamples.slice(0, 3))
  const firstAbsent = 3
  assert.ok(Number(feeds.ranking_exclusion!.data[firstAbsent]) < 0)
  assert.equal(Number(feeds.document_present!.data[firstAbsent]), 0)
  const row = feeds.long_mask!.data.slice(firstAbsent * shape.documentLength, (firstAbsent + 1) * shape.documentLength)
  assert.ok(Array.from(row, Number).every((bit) => bit === 0))
})

test('each side of a pair is asked for the tokens of the other', () => {
  const { feeds, shape } = collated(toyExamples.slice(0, 1))
  const targetOf = (row: number) => tokenizer.decodeToken(Number(feeds.target_tokens!.data[row * shape.synonymTargets]))
  assert.deepEqual([targetOf(0), targetOf(shape.examples)], ['water', '물'])
})

test('a batch larger than the graph is refused', () => {
  assert.throws(() => collated(toyExamples.slice(0, 9)), ConfigError)
})

test('texts beyond the longest bucket are cut and keep their [SEP]', () => {
  const long = { ...toyExamples[0]!, positive_doc: 'the water is a thing '.repeat(9) }
  const { feeds, shape } = collated([long])
  assert.equal(shape.documentLength, 8)
  assert.equal(Number(feeds.long_ids!.data[7]), tokenizer.special.sep)
})

test('the learning rate rises to its highest over the warm-up and falls to its floor', () => {
  const settings = optimiserSettings.parse({ learningRate: 1, warmupSteps: 10, totalSteps: 110, floorShare: 0.1 })
  assert.deepEqual(
    [1, 5, 10, 60, 110, 500].map((step) => Number(learningRateAt(step, settings).toFixed(6))),
    [0.1, 0.5, 1, 0.55, 0.1, 0.1],
  )
})

test('the sparsity weight rises by the square of the share of its warm-up', () => {
  const settings = lossSettings.parse({ gammaSparsity: 0.1, sparsityWarmupSteps: 10 })
  assert.deepEqual(
    [5, 10, 99].map((step) => Number(sparsityWeightAt(step, settings).toFixed(6))),
    [0.025, 0.1, 0.1],
  )
})

test("a teacher's scores go with the documents that are there", () => {
  const losses = lossSettings.parse({ deltaDistillation: 1 })
  const [first, second, third] = toyExamples
  const { feeds } = collated(
    [{ ...first!, teacher_scores: [9, 2, 7] }, { ...second!, negative_docs: [], teacher_scores: [8, 3] }, third!],
    losses,
  )
  assert.deepEqual([...feeds.teacher_scores!.data].slice(0, 6), [9, 2, 8, 0, 0, 0])
  assert.deepEqual([...feeds.teacher_scored!.data].slice(0, 6), [1, 1, 1, 0, 0, 0])
  assert.deepEqual(feeds.teacher_scored!.shape, [8, 2])
})

test('a query by IDF has each of its terms once', () => {
  const losses = lossSettings.parse({ queryEncoding: 'idf' })
  const { feeds, shape } = collated([{ ...toyExamples[0]!, query: 'water water' }, toyExamples[1]!], losses)
  const first = [...feeds.query_first!.data]
  // [CLS] water water [SEP], then another query of one word.
  assert.deepEqual(first.slice(0, shape.queryLength), [0, 1, 0, 0])
  assert.equal(
    first.slice(shape.queryLength, 2 * shape.queryLength).reduce((a, b) => Number(a) + Number(b), 0),
    1,
  )
})

test('runs of several steps keep the order, and end where something is to happen after a step', () => {
  const runs = [...runsOf([3, 4, 5, 6, 7, 8, 9, 10, 11], { startStep: 2, most: 3, stops: [5, 8] })]
  assert.deepEqual(runs, [[3, 4, 5], [6, 7, 8], [9, 10], [11]])
  assert.deepEqual([...runsOf([1, 2], { startStep: 0, most: 1, stops: [] })], [[1], [2]])
})

test('examples are read when their batch comes, and no more than its own', () => {
  const reads: number[] = []
  const at = (index: number) => {
    reads.push(index)
    return example(index)
  }
  const source = { length: 40, at }
  const batches = trainingBatches(source, { seed: 1, batchSize: 8, epochs: 1 })[Symbol.iterator]()
  const first = batches.next().value
  // Once each for their lengths, then those of the batch.
  assert.equal(reads.length, 40 + 8)
  assert.deepEqual(first, reads.slice(40).map(example))
})
