import assert from 'node:assert/strict'
import { appendFile, cp, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Tokenizer } from '../../language/tokenizer.ts'
import { trainingBatches } from '../../model/batches.ts'
import { latestCheckpoint, readCheckpoint } from '../../model/checkpoint.ts'
import { exportOnnx } from '../../model/export-onnx.ts'
import { inverseDocumentFrequencies } from '../../model/idf.ts'
import { Randomness } from '../../model/randomness.ts'
import { loadSparseEncoder } from '../../model/sparse-encoder.ts'
import { createTrainer, type Trainer } from '../../model/trainer.ts'
import { ConfigError, FatalError } from '../../runtime/errors.ts'
import { toyExamples, toySettings, toyTitles, toyTokenizerJson } from './toy.ts'

const root = await mkdtemp(join(tmpdir(), 'naru-trainer-'))
after(() => rm(root, { recursive: true }))

const batches = [...trainingBatches(toyExamples, { seed: 3, batchSize: 8, epochs: 4 })]

function trainerIn(stateDir: string, resume: boolean, config = toySettings): Promise<Trainer> {
  return createTrainer({ config, tokenizerJson: toyTokenizerJson, seed: 1, stateDir, resume })
}

async function losses(trainer: Trainer, from: number, to: number): Promise<number[]> {
  const reports = []
  for (const batch of batches.slice(from, to)) reports.push(await trainer.step(batch))
  return reports.map(({ loss }) => loss)
}

/** Ten steps without a break, with a checkpoint after the fourth: what every resumed run must repeat. */
const unbroken = (async () => {
  const stateDir = join(root, 'unbroken')
  const trainer = await trainerIn(stateDir, false)
  const before = await losses(trainer, 0, 4)
  const checkpoint = await trainer.checkpoint(stateDir)
  const rest = await losses(trainer, 4, 10)
  const vectors = await trainer.encode(toyTitles.korean)
  await trainer.close()
  return { stateDir, before, checkpoint, rest, vectors }
})()

test('a run that goes on from a checkpoint gives the same losses to the bit', async () => {
  const { stateDir, rest, vectors } = await unbroken
  const trainer = await trainerIn(stateDir, true)
  assert.equal(trainer.startStep, 4)
  assert.deepEqual(await losses(trainer, 4, 10), rest)
  assert.deepEqual(await trainer.encode(toyTitles.korean), vectors)
  await trainer.close()
})

test('a run killed in the middle goes on from its last whole checkpoint to the same losses', async () => {
  const { rest } = await unbroken
  const stateDir = join(root, 'killed')
  const trainer = await trainerIn(stateDir, false)
  await losses(trainer, 0, 4)
  await trainer.checkpoint(stateDir)
  await losses(trainer, 4, 6)
  // A checkpoint is under way when the process dies: its draft stays behind.
  const dying = trainer.step(batches[6]!)
  process.kill(trainer.processId!, 'SIGKILL')
  await assert.rejects(dying, { code: 'TRAINER_DIED' })
  await assert.rejects(trainer.step(batches[6]!), { code: 'TRAINER_DIED' })
  await trainer.close()
  await cp(join(stateDir, 'step-00000004'), join(stateDir, 'step-00000006.partial'), { recursive: true })
  const resumed = await trainerIn(stateDir, true)
  assert.equal(resumed.startStep, 4)
  assert.deepEqual(await losses(resumed, 4, 10), rest)
  await resumed.close()
})

test('killed at any moment, again and again, a run ends with the same losses', async () => {
  const { before, rest } = await unbroken
  const expected = [...before, ...rest]
  const stateDir = join(root, 'killed-often')
  const randomness = new Randomness(20261126)
  const seen = new Map<number, number>()
  let kills = 0
  for (let isDone = false; !isDone; ) {
    const trainer = await trainerIn(stateDir, true)
    // In a step, in the middle of a checkpoint, or between the two; the last start is let be.
    const isKilled = kills < 4
    const timer = setTimeout(() => process.kill(trainer.processId!, 'SIGKILL'), isKilled ? randomness.below(400) : 1e6)
    try {
      for (let step = trainer.startStep; step < expected.length; step++) {
        const { loss } = await trainer.step(batches[step]!)
        seen.set(step, loss)
        await trainer.checkpoint(stateDir)
      }
      isDone = true
    } catch (error) {
      assert.ok(error instanceof FatalError && error.code === 'TRAINER_DIED', String(error))
      kills++
    }
    clearTimeout(timer)
    await trainer.close()
  }
  assert.deepEqual(
    [...seen].sort(([a], [b]) => a - b),
    [...expected.entries()],
  )
  assert.ok(kills > 0, 'it was never killed')
})

test('the event loop lives on while a step is computed', async () => {
  const trainer = await trainerIn(join(root, 'alive'), false)
  await trainer.step(batches[0]!)
  let beats = 0
  const heartbeat = setInterval(() => beats++, 1)
  const started = performance.now()
  await losses(trainer, 0, 10)
  const milliseconds = performance.now() - started
  clearInterval(heartbeat)
  await trainer.close()
  assert.ok(beats > milliseconds / 10, `${beats} beats in ${milliseconds} ms`)
})

test('the same state gives the same checkpoint, byte by byte', async () => {
  const { checkpoint } = await unbroken
  const trainer = await trainerIn(join(root, 'again'), false)
  await losses(trainer, 0, 4)
  const again = await trainer.checkpoint(join(root, 'again'))
  await trainer.close()
  assert.equal(again.sha256, checkpoint.sha256)
})

test('a damaged checkpoint is refused, with file and hint', async () => {
  const { checkpoint } = await unbroken
  const damaged = join(root, 'damaged', 'step-00000004')
  await cp(checkpoint.path, damaged, { recursive: true })
  await appendFile(join(damaged, 'optimiser.safetensors'), 'x')
  await assert.rejects(readCheckpoint(damaged), {
    code: 'CHECKPOINT_INVALID',
    at: { file: join(damaged, 'optimiser.safetensors') },
  })
})

test('a checkpoint of another network is refused', async () => {
  const { stateDir } = await unbroken
  const other = { ...toySettings, network: { ...toySettings.network, layers: 2 } }
  await assert.rejects(trainerIn(stateDir, true, other), { code: 'CHECKPOINT_OF_OTHER_MODEL' })
})

test('settings that do not fit together are refused before any process starts', async () => {
  const other = { ...toySettings, batch: { ...toySettings.batch, documentLengths: [64] } }
  await assert.rejects(trainerIn(root, false, other), { code: 'TRAINING_SETTINGS' })
})

test('the latest checkpoint is the whole one of the highest step', async () => {
  const { checkpoint } = await unbroken
  const folder = join(root, 'several')
  for (const name of ['step-00000002', 'step-00000010', 'step-00000011.partial']) {
    await cp(checkpoint.path, join(folder, name), { recursive: true })
  }
  assert.equal(await latestCheckpoint(folder), join(folder, 'step-00000010'))
  assert.equal(await latestCheckpoint(join(root, 'nowhere')), undefined)
})

test('an exported encoder gives the vectors of the training graph', async () => {
  const { checkpoint } = await unbroken
  const outDir = join(root, 'export')
  const texts = [...toyTitles.korean, ...toyTitles.english, 'the mountain is a thing', '']
  const report = await exportOnnx(checkpoint.path, outDir, { texts })
  assert.equal(report.parity.texts, texts.length)
  assert.equal(report.parity.sameTopTerms, texts.length)
  assert.ok(report.parity.maxDifference <= 1e-5, `${report.parity.maxDifference}`)
  assert.deepEqual((await readdir(join(outDir, 'onnx'))).sort(), ['model.onnx'])
  const encoder = await loadSparseEncoder(outDir)
  const [water] = await encoder.encode(['water'])
  assert.ok(encoder.termsOf(water!, 5).some(({ term }) => term === 'water'))
  await encoder.close()
})

test('an encoder of documents alone is kept and exported with the table that its queries are made of', async () => {
  const losses = { ...toySettings.losses, queryEncoding: 'idf' as const }
  const stateDir = join(root, 'idf')
  const idf = inverseDocumentFrequencies(
    toyExamples.map(({ positive_doc }) => positive_doc),
    Tokenizer.parse(toyTokenizerJson),
  )
  const options = { config: { ...toySettings, losses }, tokenizerJson: toyTokenizerJson, seed: 1, stateDir, idf }
  const trainer = await createTrainer({ ...options, resume: false })
  await trainer.step(batches[0]!)
  const { path } = await trainer.checkpoint(stateDir)
  await trainer.close()
  assert.deepEqual((await readCheckpoint(path)).idf, idf)
  const outDir = join(root, 'idf-export')
  await exportOnnx(path, outDir, { texts: toyTitles.korean })
  const table: Record<string, number> = JSON.parse(await readFile(join(outDir, 'idf.json'), 'utf8'))
  assert.equal(Math.fround(table.water!), idf[Tokenizer.parse(toyTokenizerJson).find('water')!])
  assert.equal(table['[CLS]'], undefined)
})

test('an engine that is not installed is refused at the start, with the command that adds it', async () => {
  const execution = { ...toySettings.execution, engine: 'tfjs' as const }
  const options = { tokenizerJson: toyTokenizerJson, seed: 1, stateDir: join(root, 'tfjs'), resume: false }
  await assert.rejects(createTrainer({ ...options, config: { ...toySettings, execution }, engines: root }), (error) => {
    assert.ok(error instanceof ConfigError && error.code === 'PROVIDER_MISSING', String(error))
    assert.match(error.hint ?? '', /naru engines add tfjs-gpu/)
    return true
  })
})

test('a folder without an export is refused with the missing file', async () => {
  const { checkpoint } = await unbroken
  const folder = join(root, 'no-export')
  await cp(checkpoint.path, folder, { recursive: true })
  await rename(join(folder, 'tokenizer.json'), join(folder, 'renamed.json'))
  await assert.rejects(loadSparseEncoder(folder), { code: 'EXPORT_MISSING' })
})
