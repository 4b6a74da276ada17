import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lossScaleState } from '../../model/graph/loss-scale.ts'
import { greatestDifference, trainingReference } from './reference/reference.ts'
import { type Trained, trainReference } from './reference-run.ts'

const { curve, wordEmbeddingsAfter } = trainingReference
const wordEmbeddings = 'bert.embeddings.word_embeddings.weight'

const trained = trainReference()

for (const [i, expected] of curve.entries()) {
  test(`step ${i + 1} of training gives PyTorch's losses to 1e-5`, async () => {
    const { figures } = await trained
    for (const [name, value] of Object.entries(expected)) {
      const ours = Number(Object.entries(figures[i]!).find(([key]) => key === name)?.[1])
      // The norm gathers the rounding of all gradients, and after some steps that of the weights.
      const allowed = (name === 'gradientNorm' ? 1e-4 : 1e-5) * Math.max(1, Math.abs(value))
      assert.ok(Math.abs(ours - value) <= allowed, `${name}: ${ours}, PyTorch ${value}`)
    }
  })
}

test("five steps of AdamW with clipping and decay leave PyTorch's weights", async () => {
  const { state } = await trained
  const { data } = state.tensors().get(wordEmbeddings)!
  // Adam divides by √v: where a gradient is near zero, rounding moves its sign and with it the weight by up to the rate.
  const close = data.filter((value, i) => Math.abs(value - wordEmbeddingsAfter.data[i]!) <= 2e-5).length
  assert.ok(close / data.length > 0.99, `${close} of ${data.length} agree`)
  assert.ok(greatestDifference(data, wordEmbeddingsAfter.data) <= 5e-3)
})

function assertSameTraining(a: Trained, b: Trained): void {
  assert.deepEqual(a.figures, b.figures)
  for (const [name, { data }] of a.state.tensors()) assert.deepEqual(b.state.tensors().get(name)?.data, data, name)
}

test('steps in a loop inside the runtime give the bits of single steps, losses and state', async () => {
  assertSameTraining(await trained, await trainReference({ stepsPerRun: 5 }))
})

test('runs of two, two and one step give the bits of one run of five', async () => {
  assertSameTraining(await trainReference({ stepsPerRun: 2 }), await trainReference({ stepsPerRun: 5 }))
})

for (const packedValues of [600, 1e9]) {
  test(`parameters in shared buffers of ${packedValues} values train like parameters alone`, async () => {
    const packed = await trainReference({ packedValues, stepsPerRun: 5 })
    const { figures, state } = await trained
    for (const [i, { loss, gradientNorm }] of packed.figures.entries()) {
      // The norm sums in another order, and clips every gradient by it.
      assert.ok(Math.abs(loss - figures[i]!.loss) <= 1e-5 * loss, `step ${i + 1}: ${loss}, alone ${figures[i]!.loss}`)
      assert.ok(Math.abs(gradientNorm - figures[i]!.gradientNorm) <= 1e-5 * gradientNorm)
    }
    const [ours, alone] = [packed.state.tensors(), state.tensors()]
    assert.deepEqual([...ours.keys()], [...alone.keys()])
    for (const [name, { shape }] of alone) assert.deepEqual(ours.get(name)!.shape, shape)
  })
}

test('the form for GPUs computes the same as that for CPUs', async () => {
  assertSameTraining(await trained, await trainReference({ device: 'gpu' }))
})

// onnxruntime has no fp16 products on a CPU: it runs such a graph in fp32. What is tested here is the scale, not the rounding.
test('a loss scale that fits changes no loss and no update', async () => {
  const scaled = await trainReference({ precision: 'fp16', stepsPerRun: 5 })
  const { figures } = await trained
  for (const [i, { loss, gradientNorm, lossScale }] of scaled.figures.entries()) {
    assert.equal(lossScale, 65536)
    assert.ok(Math.abs(loss - figures[i]!.loss) <= 1e-5 * loss, `step ${i + 1}: ${loss}, unscaled ${figures[i]!.loss}`)
    assert.ok(Math.abs(gradientNorm - figures[i]!.gradientNorm) <= 1e-4 * gradientNorm)
  }
})

test('a step whose gradients overflow halves the scale and leaves weights and moments as they were', async () => {
  // 2^127 times a gradient above 2 is more than an f32 holds; at 2^126 it fits no better, and so on.
  const scaler = { [lossScaleState.scale]: 2 ** 127, [lossScaleState.goodSteps]: 1999 }
  const { figures, state } = await trainReference({ precision: 'fp16', stepsPerRun: 5, scaler })
  assert.deepEqual(
    figures.map(({ lossScale }) => lossScale),
    [127, 126, 125, 124, 123].map((power) => 2 ** power),
  )
  assert.ok(figures.every(({ gradientNorm }) => !Number.isFinite(gradientNorm)))
  const tensors = state.tensors()
  for (const [name, { data }] of Object.entries(trainingReference.parameters)) {
    assert.deepEqual(tensors.get(name)?.data, Float32Array.from(data))
  }
  assert.ok(tensors.get(`first_moment:${wordEmbeddings}`)?.data.every((value) => value === 0))
  assert.equal(tensors.get(lossScaleState.goodSteps)?.data[0], 0)
})

test('after two thousand good steps in a row the scale doubles', async () => {
  const scaler = { [lossScaleState.scale]: 4, [lossScaleState.goodSteps]: 1998 }
  const { figures, state } = await trainReference({ precision: 'fp16', stepsPerRun: 5, scaler })
  assert.deepEqual(
    figures.map(({ lossScale }) => lossScale),
    [4, 4, 8, 8, 8],
  )
  assert.equal(state.tensors().get(lossScaleState.goodSteps)?.data[0], 3)
})
