import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Tokenizer } from '../../language/tokenizer.ts'
import type { TrainingExample } from '../../model/batch.ts'
import { trainingBatches } from '../../model/batches.ts'
import { readCheckpoint } from '../../model/checkpoint.ts'
import { plainCollator } from '../../model/collator.ts'
import { cpuExecution } from '../../model/execution.ts'
import { lossScaleState } from '../../model/graph/loss-scale.ts'
import { LocalSgdTrainer, type Worker } from '../../model/local-sgd.ts'
import { drawingSeed } from '../../model/randomness.ts'
import { takeAverage, writeState } from '../../model/state-average.ts'
import { createTrainer } from '../../model/trainer.ts'
import { type StepReport, TrainingEngine } from '../../model/training-engine.ts'
import { toyExamples, toySettings, toyTokenizerJson } from './toy.ts'

const root = await mkdtemp(join(tmpdir(), 'naru-local-sgd-'))
after(() => rm(root, { recursive: true }))

const tokenizer = Tokenizer.parse(toyTokenizerJson)
const seed = 5
/** Two workers, four examples each; hidden tokens and an average of the weights, so that draws and all of the state show. */
const settings = {
  ...toySettings,
  batch: { ...toySettings.batch, examples: 4, hiddenShare: 0.2 },
  optimiser: { ...toySettings.optimiser, averageDecay: 0.9 },
  localSgd: { workers: 2, averageEvery: 3 },
}
const batches = [...trainingBatches(toyExamples, { seed, batchSize: 8, epochs: 3 })].slice(0, 8)

const trainerIn = (folder: string, resume = false) =>
  createTrainer({ config: settings, tokenizerJson: toyTokenizerJson, seed, stateDir: join(root, folder), resume })

/** The same in this process, one worker after the other. */
async function simulated() {
  const engines = [0, 1].map((worker) =>
    TrainingEngine.start(settings, tokenizer, seed, {
      execution: cpuExecution,
      collator: plainCollator({ settings, tokenizer, seed: drawingSeed(seed, worker) }),
    }),
  )
  const [first, second] = engines as [TrainingEngine, TrainingEngine]
  const reports: StepReport[][] = []
  for (const engine of engines) await engine.calibrate(batches[0]!)
  const average = () => {
    const other = second.tensors()
    for (const [name, { data }] of first.tensors()) {
      for (let i = 0; i < data.length; i++) {
        data[i] = Math.fround(data[i]! + other.get(name)!.data[i]!) / 2
        other.get(name)!.data[i] = data[i]!
      }
    }
  }
  for (const [i, batch] of batches.entries()) {
    const share = (worker: number): TrainingExample[] => batch.filter((_, at) => at % 2 === worker)
    reports.push([await first.step(share(0)), await second.step(share(1))])
    if ((i + 1) % 3 === 0) average()
  }
  average()
  const tensors = new Map([...first.tensors()].map(([name, { data }]) => [name, data.slice()]))
  for (const engine of engines) await engine.close()
  return { tensors, losses: reports.map(([a, b]) => (a!.loss + b!.loss) / 2) }
}

async function trained(folder: string) {
  const trainer = await trainerIn(folder)
  const reports = await trainer.steps(batches)
  const checkpoint = await trainer.checkpoint(join(root, folder))
  await trainer.close()
  return { checkpoint, losses: reports.map(({ loss }) => loss), steps: reports.map(({ step }) => step) }
}

const first = trained('first')

test('two processes give the weights and moments of local SGD done by one, to the bit', async () => {
  const [{ checkpoint, losses, steps }, expected] = [await first, await simulated()]
  assert.deepEqual(steps, [1, 2, 3, 4, 5, 6, 7, 8])
  assert.deepEqual(losses, expected.losses)
  const { tensors } = await readCheckpoint(checkpoint.path)
  assert.equal(tensors.size, expected.tensors.size)
  for (const [name, { data }] of tensors) assert.deepEqual(data, expected.tensors.get(name), name)
})

test('two processes, twice: the same bytes', async () => {
  assert.deepEqual((await trained('second')).checkpoint.sha256, (await first).checkpoint.sha256)
  assert.equal(existsSync(join(root, 'second', 'workers')), false)
})

test('workers that are killed go on from the last checkpoint, which is an averaging, to the same bytes', async () => {
  const run = async (folder: string, kill: boolean) => {
    let trainer = await trainerIn(folder)
    await trainer.steps(batches.slice(0, 4))
    await trainer.checkpoint(join(root, folder))
    if (kill) {
      await trainer.steps(batches.slice(4, 5))
      process.kill(trainer.processId!, 'SIGKILL')
      await assert.rejects(trainer.steps(batches.slice(5)), { code: 'TRAINER_DIED' })
      await trainer.close()
      trainer = await trainerIn(folder, true)
      assert.equal(trainer.startStep, 4)
    }
    await trainer.steps(batches.slice(4))
    const { sha256 } = await trainer.checkpoint(join(root, folder))
    await trainer.close()
    return sha256
  }
  assert.equal(await run('killed', true), await run('calm', false))
})

test('of loss scales the smallest counts, of all else the mean', async () => {
  const state = (scale: number, weight: number) =>
    new Map(
      Object.entries({ [lossScaleState.scale]: [scale], w: [weight, 1] }).map(([name, values]) => [
        name,
        { shape: [values.length], data: Float32Array.from(values) },
      ]),
    )
  const files = ['a', 'b', 'c'].map((name) => join(root, name))
  for (const [i, file] of files.entries()) await writeState(file, state(2 ** (10 + i), i))
  const own = state(1, 99)
  await takeAverage(own, files)
  assert.deepEqual([...own.get(lossScaleState.scale)!.data], [1024])
  assert.deepEqual([...own.get('w')!.data], [1, 1])
})

test('workers that compute with other things are refused', () => {
  const on = (provider: 'cpu' | 'cuda') => ({ startStep: 0, execution: { ...cpuExecution, provider } }) as Worker
  assert.throws(() => new LocalSgdTrainer([on('cuda'), on('cpu')], { averageEvery: 1, folder: root }), {
    code: 'WORKERS_DIFFER',
    hint: /CUDA_VISIBLE_DEVICES/,
  })
})
