import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Tokenizer } from '../../language/tokenizer.ts'
import { trainingBatches } from '../../model/batches.ts'
import { cpuExecution } from '../../model/execution.ts'
import { type EngineParts, TrainingEngine } from '../../model/training-engine.ts'
import { tfjsInJavaScript } from './graph/tfjs-cpu.ts'
import { trainingReference } from './reference/reference.ts'
import { trainReference } from './reference-run.ts'
import { toyExamples, toySettings, toyTokenizerJson } from './toy.ts'

/** The whole training step on TensorFlow.js, in plain JavaScript: the native binding runs the same instructions. */
const tfjs = await tfjsInJavaScript()
const tokenizer = Tokenizer.parse(toyTokenizerJson)
const onTfjs: EngineParts = { execution: { ...cpuExecution, engine: 'tfjs' }, tfjs }
const batches = [...trainingBatches(toyExamples, { seed: 3, batchSize: toySettings.batch.examples, epochs: 2 })]

test("five steps on TensorFlow.js give PyTorch's losses to 1e-5", async () => {
  const { figures } = await trainReference({ tfjs })
  for (const [i, expected] of trainingReference.curve.entries()) {
    for (const [name, value] of Object.entries(expected)) {
      const ours = Number(Object.entries(figures[i]!).find(([key]) => key === name)?.[1])
      // The norm gathers the rounding of all gradients, and after some steps that of the weights.
      const allowed = (name === 'gradientNorm' ? 1e-4 : 1e-5) * Math.max(1, Math.abs(value))
      assert.ok(Math.abs(ours - value) <= allowed, `step ${i + 1}, ${name}: ${ours}, PyTorch ${value}`)
    }
  }
})

test('steps handed over at once, and parameters in shared buffers, train alike', async () => {
  const [single, together] = [await trainReference({ tfjs }), await trainReference({ tfjs, stepsPerRun: 5 })]
  assert.deepEqual(together.figures, single.figures)
  for (const [name, { data }] of single.state.tensors())
    assert.deepEqual(together.state.tensors().get(name)?.data, data)
  const packed = await trainReference({ tfjs, stepsPerRun: 2, packedValues: 600 })
  for (const [i, { loss }] of packed.figures.entries()) {
    assert.ok(Math.abs(loss - single.figures[i]!.loss) <= 1e-5 * loss, `step ${i + 1}`)
  }
})

test('after a step the device holds weights, moments and constants, after the end nothing', async () => {
  const { tf } = tfjs
  const before = tf.memory()
  const engine = TrainingEngine.start(toySettings, tokenizer, 1, onTfjs)
  const held: { readonly numTensors: number; readonly numBytes: number }[] = []
  for (const batch of batches) {
    await engine.step(batch)
    held.push(tf.memory())
  }
  const state = [...engine.tensors().values()]
  // Its values were asked for: the state went back to memory, and what is left are the constants of the sessions.
  const constants = tf.memory()
  await engine.close()
  const values = state.reduce((total, { data }) => total + data.length, 0)
  for (const { numTensors, numBytes } of held) {
    assert.equal(numTensors - constants.numTensors, state.length)
    assert.equal(numBytes - constants.numBytes, 4 * values)
  }
  assert.deepEqual([tf.memory().numTensors, tf.memory().numBytes], [before.numTensors, before.numBytes])
})

/** Losses of six steps, the first three on one engine and the others, from what it left, on another. */
async function lossesOf(early: EngineParts, late: EngineParts): Promise<readonly number[]> {
  const begun = TrainingEngine.start(toySettings, tokenizer, 1, early)
  const losses: number[] = []
  for (const batch of batches.slice(0, 3)) losses.push((await begun.step(batch)).loss)
  const stored = new Map([...begun.tensors()].map(([name, { data }]) => [name, data.slice()]))
  await begun.close()
  const resumed = new TrainingEngine(toySettings, tokenizer, stored, begun.progress, late)
  for (const batch of batches.slice(3, 6)) losses.push((await resumed.step(batch)).loss)
  await resumed.close()
  return losses
}

test('a run begun on one engine goes on on the other, with the losses of one that stayed', async () => {
  const expected = await lossesOf({}, {})
  assert.equal(expected.length, 6)
  for (const [early, late] of [
    [{}, onTfjs],
    [onTfjs, {}],
    [onTfjs, onTfjs],
  ]) {
    for (const [i, loss] of (await lossesOf(early!, late!)).entries()) {
      // Six steps of Adam, which magnifies the rounding of small gradients.
      assert.ok(
        Math.abs(loss - expected[i]!) <= 1e-4 * expected[i]!,
        `step ${i + 1}: ${loss}, onnxruntime ${expected[i]}`,
      )
    }
  }
})

test('texts are encoded as on onnxruntime', async () => {
  const vectors = async (parts: EngineParts) => {
    const engine = TrainingEngine.start(toySettings, tokenizer, 1, parts)
    const encoded = await engine.encode(['물', 'the mountain is a thing', '말은 것 이다'])
    await engine.close()
    return encoded
  }
  const [ours, theirs] = [await vectors(onTfjs), await vectors({})]
  for (const [i, { terms, weights }] of ours.entries()) {
    assert.deepEqual(terms, theirs[i]!.terms)
    for (const [k, weight] of weights.entries()) assert.ok(Math.abs(weight - theirs[i]!.weights[k]!) < 1e-5)
  }
})
