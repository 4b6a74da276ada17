import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { Tokenizer } from '../../language/tokenizer.ts'
import { trainingBatches } from '../../model/batches.ts'
import { readCheckpoint, writeCheckpoint } from '../../model/checkpoint.ts'
import { trainingSettings } from '../../model/settings.ts'
import { TrainingEngine } from '../../model/training-engine.ts'
import { trainedNameOf, WeightAverage } from '../../model/weight-average.ts'
import { toyExamples, toySettings, toyTitles, toyTokenizerJson } from './toy.ts'

test('an average follows its recurrence, and forgets its beginning fast', () => {
  const average = new WeightAverage(new Map([['w', Float32Array.of(8)]]), 0.9)
  const weights = (value: number) => new Map([['w', { data: Float32Array.of(value) }]])
  // min(0.9, 2/11), then min(0.9, 3/12).
  average.update(weights(2), 1)
  assert.ok(Math.abs(average.values.get('w')![0]! - ((2 / 11) * 8 + (9 / 11) * 2)) < 1e-6)
  const before = average.values.get('w')![0]!
  average.update(weights(4), 2)
  assert.ok(Math.abs(average.values.get('w')![0]! - (0.25 * before + 0.75 * 4)) < 1e-6)
  for (let step = 1000; step < 1100; step++) average.update(weights(-1), step)
  assert.ok(Math.abs(average.values.get('w')![0]! + 1) < 1e-3)
})

test('several steps at once keep the product of what each keeps', () => {
  const weights = new Map([['w', { data: Float32Array.of(3) }]])
  const [one, both] = [1, 2].map(() => new WeightAverage(new Map([['w', Float32Array.of(8)]]), 0.5))
  one!.update(weights, 1)
  one!.update(weights, 2)
  both!.update(weights, 2, 2)
  assert.ok(Math.abs(one!.values.get('w')![0]! - both!.values.get('w')![0]!) < 1e-6)
})

test('a checkpoint holds average, weights and penalty, and the run goes on from it to the bit', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'naru-average-'))
  t.after(() => rm(folder, { recursive: true }))
  const settings = trainingSettings.parse({
    ...toySettings,
    optimiser: { ...toySettings.optimiser, averageDecay: 0.95 },
  })
  const tokenizer = Tokenizer.parse(toyTokenizerJson)
  const batches = [...trainingBatches(toyExamples, { seed: 3, batchSize: 8, epochs: 3 })]
  const engine = TrainingEngine.start(settings, tokenizer, 1)
  for (const batch of batches.slice(0, 4)) await engine.step(batch)
  assert.equal(engine.weakenPenalty(), 0.5)
  const tensors = engine.tensors()
  const { path } = await writeCheckpoint(folder, {
    ...{ settings, progress: engine.progress, tokenizerJson: toyTokenizerJson, tensors },
  })
  const name = 'bert.embeddings.word_embeddings.weight'
  const averaged = tensors.get(name)!.data.slice()
  assert.notDeepEqual(averaged, tensors.get(trainedNameOf(name))!.data)
  const rest = async (from: TrainingEngine) => {
    const reports = []
    for (const batch of batches.slice(4, 7)) reports.push(await from.step(batch))
    const vectors = await from.encode(toyTitles.korean)
    await from.close()
    return { reports, vectors }
  }
  const unbroken = await rest(engine)
  const stored = await readCheckpoint(path)
  const values = new Map([...stored.tensors].map(([tensor, { data }]) => [tensor, data]))
  assert.deepEqual(await rest(new TrainingEngine(stored.settings, tokenizer, values, stored.progress)), unbroken)
  // What is exported is the average: the names of the encoder's weights in model.safetensors.
  assert.deepEqual(stored.tensors.get(name)?.data, averaged)
})
