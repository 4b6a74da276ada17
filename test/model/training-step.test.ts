import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stepScalars } from '../../model/graph/optimiser.ts'
import { type Feed, GraphSession } from '../../model/graph/session.ts'
import { lossSettings } from '../../model/settings.ts'
import { TrainingState } from '../../model/training-state.ts'
import { sparsityWeightInput, trainingStep } from '../../model/training-step.ts'
import { f32, greatestDifference, i64, trainingReference } from './reference/reference.ts'

const { config, losses, optimiser, steps, shape, parameters, batch, curve, wordEmbeddingsAfter } = trainingReference

/** The loss curve of five steps, and the state after them. */
async function train() {
  const settings = { encoder: config, losses: lossSettings.parse(losses), optimiser }
  const session = await GraphSession.open(trainingStep(shape, settings), { threads: 1 })
  const state = new TrainingState(
    config,
    new Map(Object.entries(parameters).map(([name, { data }]) => [name, Float32Array.from(data)])),
  )
  const batchFeeds = Object.fromEntries(
    Object.entries(batch).map(([name, tensor]) => [name, /ids|mask|tokens/.test(name) ? i64(tensor) : f32(tensor)]),
  )
  const figures = []
  for (const [i, { learningRate, sparsityWeight }] of steps.entries()) {
    const scalars = { ...stepScalars(i + 1, learningRate, optimiser), [sparsityWeightInput]: sparsityWeight }
    const scalarFeeds = Object.fromEntries(
      Object.entries(scalars).map(([name, value]): [string, Feed] => [
        name,
        { data: Float32Array.of(value), shape: [] },
      ]),
    )
    figures.push(await session.run({ ...state.feeds, ...batchFeeds, ...scalarFeeds }, state.targets))
    state.swap()
  }
  await session.close()
  return { figures, state }
}

const trained = train()

for (const [i, expected] of curve.entries()) {
  test(`step ${i + 1} of training gives PyTorch's losses to 1e-5`, async () => {
    const { figures } = await trained
    for (const [name, value] of Object.entries(expected)) {
      const ours = Number(figures[i]![name]![0])
      // The norm gathers the rounding of all gradients, and after some steps that of the weights.
      const allowed = (name === 'gradientNorm' ? 1e-4 : 1e-5) * Math.max(1, Math.abs(value))
      assert.ok(Math.abs(ours - value) <= allowed, `${name}: ${ours}, PyTorch ${value}`)
    }
  })
}

test("five steps of AdamW with clipping and decay leave PyTorch's weights", async () => {
  const { state } = await trained
  const { data } = state.tensors().get('bert.embeddings.word_embeddings.weight')!
  // Adam divides by √v: where a gradient is near zero, rounding moves its sign and with it the weight by up to the rate.
  const close = data.filter((value, i) => Math.abs(value - wordEmbeddingsAfter.data[i]!) <= 2e-5).length
  assert.ok(close / data.length > 0.99, `${close} of ${data.length} agree`)
  assert.ok(greatestDifference(data, wordEmbeddingsAfter.data) <= 5e-3)
})
