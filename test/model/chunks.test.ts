import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Tokenizer } from '../../language/tokenizer.ts'
import { cpuExecution } from '../../model/execution.ts'
import { inChunks } from '../../model/graph/chunks.ts'
import { gradients } from '../../model/graph/gradient.ts'
import { Graph, type Tensor } from '../../model/graph/graph.ts'
import { gather, matmul, multiply, reshape, sum, tanh } from '../../model/graph/ops.ts'
import { GraphSession } from '../../model/graph/session.ts'
import { TrainingEngine } from '../../model/training-engine.ts'
import { tfjsInJavaScript } from './graph/tfjs-cpu.ts'
import { trainingReference } from './reference/reference.ts'
import { trainReference, type Way } from './reference-run.ts'
import { gradientsIn, openTinyStep, type TinySizes } from './tiny-step.ts'
import { toyExamples, toySettings, toyTokenizerJson } from './toy.ts'

const tokenizer = Tokenizer.parse(toyTokenizerJson)

for (const [name, way] of Object.entries({
  'one text at a time': { chunkTexts: 1 },
  'chunks that do not divide the batch': { chunkTexts: 4 },
  'chunks inside the loop of a GPU, parameters in shared buffers': {
    chunkTexts: 2,
    stepsPerRun: 5,
    packedValues: 1e6,
    device: 'gpu',
  },
  'chunks with a loss scale': { chunkTexts: 4, precision: 'fp16' },
} satisfies Record<string, Way>)) {
  test(`five steps in chunks give PyTorch's losses of the whole batch: ${name}`, async () => {
    const { figures } = await trainReference(way)
    for (const [i, expected] of trainingReference.curve.entries()) {
      for (const [part, value] of Object.entries(expected)) {
        const ours = Number(new Map(Object.entries(figures[i]!)).get(part))
        const allowed = (part === 'gradientNorm' ? 1e-4 : 1e-5) * Math.max(1, Math.abs(value))
        assert.ok(Math.abs(ours - value) <= allowed, `step ${i + 1}, ${part}: ${ours}, PyTorch ${value}`)
      }
    }
  })
}

test("TensorFlow.js computes the chunks one after another, and gives PyTorch's losses too", async () => {
  const { figures } = await trainReference({ chunkTexts: 4, tfjs: await tfjsInJavaScript() })
  for (const [i, { loss }] of trainingReference.curve.entries()) {
    assert.ok(Math.abs(figures[i]!.loss - loss!) <= 1e-5 * loss!, `step ${i + 1}: ${figures[i]!.loss}, PyTorch ${loss}`)
  }
})

async function gradientsOf(sizes: TinySizes): Promise<ReadonlyMap<string, Float32Array>> {
  const step = await openTinyStep(sizes)
  const values = await step.at(step.weights)
  await step.close()
  return gradientsIn(values, step.weights.keys())
}

function largestOf(values: Float32Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
}

test('the gradients of a batch in chunks are those of the whole batch, whatever the sizes', async () => {
  const sizes = fc.record({
    seed: fc.nat(1e6),
    examples: fc.integer({ min: 1, max: 7 }),
    negatives: fc.integer({ min: 0, max: 2 }),
    leads: fc.integer({ min: 0, max: 3 }),
  })
  await fc.assert(
    fc.asyncProperty(sizes, fc.integer({ min: 1, max: 9 }), async (given, chunkTexts) => {
      const [whole, chunked] = [await gradientsOf(given), await gradientsOf({ ...given, chunkTexts })]
      assert.equal(chunked.size, whole.size)
      for (const [name, values] of whole) {
        const largest = largestOf(whole.get(name.replace('self.key.bias', 'self.key.weight')) ?? values)
        for (const [i, value] of values.entries()) {
          // Sums in another order: some rounding of the largest, in f32; of that of the keys' weights for their bias, which softmax does not see.
          assert.ok(Math.abs(value - chunked.get(name)![i]!) <= 1e-7 + 2e-5 * largest, `${name}[${i}]`)
        }
      }
    }),
    { numRuns: 15 },
  )
})

test('a result that the loss leaves out, and a shared value that it does not read, have no part in the gradient', async () => {
  const graph = new Graph()
  const ids = graph.input('ids', 'i64', [5, 2])
  const [table, unread] = [graph.input('table', 'f32', [4, 3]), graph.input('unread', 'f32', [2])]
  const [used] = inChunks({
    rows: [ids],
    shared: [table, unread],
    chunk: 2,
    compute: ([ids], [table]) => {
      const read = gather(table!, ids!)
      return [sum(tanh(read), [1]), multiply(sum(read, [2]), 3)]
    },
  })
  const loss = sum(multiply(used!, used!))
  const [slope, none] = gradients(loss, [table, unread])
  const whole = sum(tanh(gather(table, ids)), [1])
  const [expected] = gradients(sum(multiply(whole, whole)), [table])
  const session = await GraphSession.open(
    { outputs: { slope: slope!, expected: expected!, none: none! } },
    { threads: 1 },
  )
  const {
    slope: ours,
    expected: reference,
    none: zeros,
  } = await session.run({
    ids: { data: BigInt64Array.from([0, 1, 2, 3, 3, 3, 1, 0, 2, 2], BigInt), shape: [5, 2] },
    table: { data: Float32Array.from({ length: 12 }, (_, i) => Math.sin(i)), shape: [4, 3] },
    unread: { data: Float32Array.of(1, 2), shape: [2] },
  })
  await session.close()
  for (const [i, value] of reference!.entries()) assert.ok(Math.abs(Number(value) - Number(ours![i])) < 1e-5)
  assert.deepEqual([...zeros!], [0, 0])
})

test('rows that could have a gradient are refused', () => {
  const graph = new Graph()
  const rows = graph.input('rows', 'f32', [4, 2])
  const table = graph.input('table', 'f32', [2, 2])
  const compute = ([rows]: readonly Tensor[], [weights]: readonly Tensor[]) => [
    matmul(reshape(rows!, [2, 2]), weights!),
  ]
  assert.throws(() => inChunks({ rows: [rows], shared: [table], chunk: 2, compute }), { code: 'SHAPE_MISMATCH' })
})

test('a run with an average of its weights goes on in chunks from where it stood without, and the other way round', async () => {
  const settings = { ...toySettings, optimiser: { ...toySettings.optimiser, averageDecay: 0.9 } }
  const inChunksOf = (chunkTexts: number) => ({ ...settings, execution: { ...settings.execution, chunkTexts } })
  const batches = [toyExamples.slice(0, 8), toyExamples.slice(8, 16), toyExamples.slice(16, 21)]
  const losses = async (chunks: readonly number[]) => {
    let engine = TrainingEngine.start(inChunksOf(chunks[0]!), tokenizer, 1)
    const found: number[] = []
    for (const [i, batch] of batches.entries()) {
      if (i > 0) {
        const stored = new Map([...engine.tensors()].map(([name, { data }]) => [name, data.slice()]))
        const { progress } = engine
        await engine.close()
        engine = new TrainingEngine(inChunksOf(chunks[i]!), tokenizer, stored, progress, { execution: cpuExecution })
      }
      found.push((await engine.step(batch)).loss)
    }
    await engine.close()
    return found
  }
  const whole = await losses([0, 0, 0])
  for (const chunks of [
    [0, 5, 0],
    [5, 0, 5],
  ]) {
    const found = await losses(chunks)
    for (const [i, loss] of whole.entries()) assert.ok(Math.abs(found[i]! - loss) <= 1e-4 * loss, `${found} ${whole}`)
  }
  assert.deepEqual(await losses([5, 5, 5]), await losses([5, 5, 5]))
})
