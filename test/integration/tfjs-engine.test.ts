import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { trainingBatches } from '../../model/batches.ts'
import { gradients } from '../../model/graph/gradient.ts'
import { Graph } from '../../model/graph/graph.ts'
import { lossScaleState } from '../../model/graph/loss-scale.ts'
import * as op from '../../model/graph/ops.ts'
import type { Precision } from '../../model/graph/precision.ts'
import { loadTfjs } from '../../model/graph/tfjs-loader.ts'
import type { TfjsRuntime } from '../../model/graph/tfjs-runtime.ts'
import { TfjsSession } from '../../model/graph/tfjs-session.ts'
import { createTrainer } from '../../model/trainer.ts'
import { naru } from '../cli/command-line.ts'
import { opCases } from '../model/graph/op-cases.ts'
import { randomGraphs } from '../model/graph/random-graph.ts'
import { assertSameAsOnnx } from '../model/graph/tfjs-parity.ts'
import { f32, greatestDifference, opsReference, trainingReference } from '../model/reference/reference.ts'
import { trainReference } from '../model/reference-run.ts'
import { toyExamples, toySettings, toyTokenizerJson } from '../model/toy.ts'
import { skipWithout } from './servers.ts'

/** Builds TensorFlow.js' native binding for the CPU as a user does, against TensorFlow from pip, and computes with it. */

const hasPip = spawnSync('python3', ['-m', 'pip', '--version'], { stdio: 'ignore' }).status === 0
const required = process.env.NARU_REQUIRE_SERVERS === '1'
const skip = skipWithout('python3', 'c++') || (!hasPip && !required && 'python3 has no pip')
const root = mkdtempSync(join(tmpdir(), 'naru-tfjs-'))
after(() => rmSync(root, { recursive: true, force: true }))
const environment = { NARU_ENGINES: join(root, 'engines') }

const built = skip ? undefined : naru(['engines', 'add', 'tfjs-gpu', '--device', 'cpu', '--json'], environment)

/** Loaded as on Node 23, which has no longer what tfjs-node calls. */
const loaded = built?.then(() => {
  const util: Record<string, unknown> = createRequire(import.meta.url)('node:util')
  for (const gone of ['isNullOrUndefined', 'isArray']) delete util[gone]
  return loadTfjs('cpu', { engines: environment.NARU_ENGINES, threads: 1 })
})
loaded?.catch(() => undefined)

async function runtime(): Promise<TfjsRuntime> {
  assert.ok(loaded)
  return (await loaded).runtime
}

test('one command builds the binding, says what it does, and what was built computes', { skip }, async () => {
  const { code, stdout, stderr } = (await built)!
  assert.equal(code, 0, stderr)
  const { version, ...told } = JSON.parse(stdout)
  assert.match(version, /^\d+\.\d+\.\d+$/)
  assert.deepEqual(
    stderr.match(/\d\/4/g),
    [1, 2, 3, 4].map((step) => `${step}/4`),
  )
  // Neither the wheels nor the headers that it was compiled with stay.
  const folder = join(environment.NARU_ENGINES, 'tfjs-cpu')
  assert.deepEqual(told, { engine: 'tfjs-gpu', usable: true, reason: null, folder, device: 'cpu' })
  assert.ok(existsSync(join(folder, 'libraries/tensorflow')))
  assert.ok(!existsSync(join(folder, 'wheels')) && !existsSync(join(folder, 'libraries/tensorflow/include')))
  assert.ok(!existsSync(`${folder}.partial`))
  assert.equal((await loaded)?.device, 'cpu')
})

test('a build that fails says at which step and why, and leaves the one that is there', { skip }, async () => {
  await built
  const registry = { npm_config_registry: 'http://127.0.0.1:9', npm_config_fetch_retries: '0', npm_config_cache: root }
  const ended = await naru(['engines', 'add', 'tfjs-gpu', '--device', 'cpu'], { ...environment, ...registry })
  assert.equal(ended.code, 1)
  assert.match(ended.stderr, /ENGINE_NOT_ADDED: fetching @tensorflow\/tfjs-node failed/)
  assert.match(ended.stderr, / {2}hint {2}it comes from the registry/)
  assert.match(ended.stderr, / {2}cause .*(ECONNREFUSED|127\.0\.0\.1)/s)
  assert.ok(existsSync(join(environment.NARU_ENGINES, 'tfjs-cpu/package.json')))
})

test('doctor finds it, and measures its speed in a process of its own', { skip }, async () => {
  await built
  const { stdout } = await naru(['doctor', '--measure', '1', '--json'], environment)
  const { tfjs } = JSON.parse(stdout).engines
  assert.equal(tfjs.version, '4.22.0')
  const { speeds, ...state } = tfjs.providers[0]
  assert.deepEqual(state, { provider: 'cpu', usable: true })
  assert.equal(speeds.length, 1)
  const [{ precision, samplesPerSecond, steps }] = speeds
  assert.equal(precision, 'fp32')
  assert.ok(steps >= 1 && samplesPerSecond > 0, `${steps} steps, ${samplesPerSecond} samples/s`)
  assert.equal(tfjs.providers[1].usable, false)
})

/** As in test/model/graph/ops.test.ts. */
const tolerance = 1e-5

test("every op gives PyTorch's figures", { skip }, async () => {
  const tfjs = await runtime()
  for (const [name, { inputs, output }] of Object.entries(opsReference.cases)) {
    const graph = new Graph()
    const tensors = inputs.map(({ shape }, i) => graph.input(`x${i}`, 'f32', shape))
    const session = new TfjsSession({ outputs: { y: opCases[name]!(tensors, graph) } }, tfjs)
    const values = await session.run(Object.fromEntries(inputs.map((input, i) => [`x${i}`, f32(input)])))
    await session.close()
    const difference = greatestDifference(values.y!, output.data)
    assert.ok(difference <= tolerance, `${name}: ${difference}`)
  }
})

test('random graphs and their gradients give what onnxruntime gives', { skip }, async () => {
  const tfjs = await runtime()
  await fc.assert(
    fc.asyncProperty(randomGraphs, (random) => assertSameAsOnnx(random, tfjs)),
    { numRuns: 100 },
  )
})

test("five steps of training give PyTorch's losses to 1e-5, and the device keeps the state alone", {
  skip,
}, async () => {
  const tfjs = await runtime()
  const before = tfjs.tf.memory().numTensors
  const { figures, state } = await trainReference({ tfjs })
  assert.equal(tfjs.tf.memory().numTensors - before, state.tensors().size)
  assert.equal(tfjs.tf.memory().numTensors, before)
  for (const [i, expected] of trainingReference.curve.entries()) {
    for (const [name, value] of Object.entries(expected)) {
      const ours = Number(Object.entries(figures[i]!).find(([key]) => key === name)?.[1])
      const allowed = (name === 'gradientNorm' ? 1e-4 : 1e-5) * Math.max(1, Math.abs(value))
      assert.ok(Math.abs(ours - value) <= allowed, `step ${i + 1}, ${name}: ${ours}, PyTorch ${value}`)
    }
  }
})

/** Half the distance of two neighbours at 1, and the greatest rounding of a product: both sides and the result. */
const roundings: Readonly<Record<Exclude<Precision, 'fp32'>, number>> = { bf16: 2 ** -9, fp16: 2 ** -12 }

for (const precision of ['bf16', 'fp16'] as const) {
  test(`a product in ${precision} and its gradients are rounded to it, and to no less`, { skip }, async () => {
    const tfjs = await runtime()
    const results = async (used: Precision) => {
      const graph = new Graph()
      const [a, b] = [graph.input('a', 'f32', [2, 3, 16]), graph.input('b', 'f32', [2, 16, 4])]
      const y = op.matmul(a, b, { precision: used })
      const [da, db] = gradients(op.sum(op.exp(op.negate(y))), [a, b])
      const session = new TfjsSession({ outputs: { y, da: da!, db: db! } }, tfjs)
      // All positive: no sum cancels, so that a relative bound holds for each element.
      const wave = (size: number) => Float32Array.from({ length: size }, (_, i) => 0.3 + 0.2 * Math.sin(i))
      const values = await session.run({
        a: { data: wave(96), shape: [2, 3, 16] },
        b: { data: wave(128), shape: [2, 16, 4] },
      })
      await session.close()
      return values
    }
    const [exact, rounded] = [await results('fp32'), await results(precision)]
    const errors = Object.entries(exact).flatMap(([name, values]) =>
      [...values].map((value, i) => Math.abs(Number(rounded[name]![i]) / Number(value) - 1)),
    )
    const unit = roundings[precision]
    // e^−y passes on the error of y, which is about 2, to the slopes: three roundings times two, and those of the slopes.
    assert.ok(Math.max(...errors) < 10 * unit, `${Math.max(...errors)}`)
    assert.ok(Math.max(...errors) > unit / 4, `${Math.max(...errors)}`)
  })
}

test('a step with half products is that in fp32 but for their rounding', { skip }, async () => {
  const tfjs = await runtime()
  const whole = (await trainReference({ tfjs })).figures[0]!
  const scaler = { [lossScaleState.scale]: 256, [lossScaleState.goodSteps]: 0 }
  for (const precision of ['bf16', 'fp16'] as const) {
    const half = (await trainReference({ tfjs, precision, scaler })).figures[0]!
    const [error, slope] = [half.loss / whole.loss - 1, half.gradientNorm / whole.gradientNorm - 1]
    // A dozen products follow one another, each with roundings of its own.
    const allowed = 12 * roundings[precision]
    assert.ok(Math.abs(error) <= allowed && Math.abs(slope) <= allowed, `${precision}: loss ${error}, norm ${slope}`)
    assert.notEqual(half.loss, whole.loss, precision)
  }
})

// onnxruntime computes fp16 in fp32 on a CPU, where nothing overflows: only here is this seen without a GPU.
test('fp16 gradients that overflow halve the loss scale until they fit', { skip }, async () => {
  const scaler = { [lossScaleState.scale]: 32_768, [lossScaleState.goodSteps]: 0 }
  const { figures } = await trainReference({ tfjs: await runtime(), precision: 'fp16', scaler })
  assert.deepEqual(
    figures.map(({ lossScale }) => lossScale),
    [32_768, 16_384, 8_192, 4_096, 4_096],
  )
  const fits = figures.map(({ gradientNorm }) => Number.isFinite(gradientNorm))
  assert.deepEqual(fits, [false, false, false, true, true])
  // Three steps were skipped: the fourth sees the weights of the first.
  assert.equal(figures[3]?.ranking, figures[0]?.ranking)
  assert.notEqual(figures[4]?.ranking, figures[0]?.ranking)
})

test('a trainer begins on onnxruntime and goes on, from its checkpoint, on tfjs', { skip }, async () => {
  await built
  const batches = [...trainingBatches(toyExamples, { seed: 3, batchSize: toySettings.batch.examples, epochs: 2 })]
  const trainer = (engine: 'onnxruntime' | 'tfjs', stateDir: string, resume: boolean) => {
    const config = { ...toySettings, execution: { ...toySettings.execution, engine } }
    return createTrainer({
      config,
      tokenizerJson: toyTokenizerJson,
      seed: 1,
      stateDir,
      resume,
      engines: environment.NARU_ENGINES,
    })
  }
  const losses = async (late: 'onnxruntime' | 'tfjs') => {
    const stateDir = join(root, late)
    const begun = await trainer('onnxruntime', stateDir, false)
    const first = await begun.steps(batches.slice(0, 3))
    await begun.checkpoint(stateDir)
    await begun.close()
    const resumed = await trainer(late, stateDir, true)
    assert.deepEqual([resumed.startStep, resumed.execution.engine], [3, late])
    const then = await resumed.steps(batches.slice(3, 6))
    await resumed.close()
    return [...first, ...then].map(({ loss }) => loss)
  }
  const [stayed, changed] = [await losses('onnxruntime'), await losses('tfjs')]
  for (const [i, loss] of changed.entries()) {
    assert.ok(Math.abs(loss - stayed[i]!) <= 1e-4 * stayed[i]!, `step ${i + 1}: ${loss}, onnxruntime ${stayed[i]}`)
  }
})
