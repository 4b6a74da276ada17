import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { stepsPerEpoch, trainingBatches } from '../../model/batches.ts'
import { createTrainer, type Trainer } from '../../model/trainer.ts'
import { FatalError } from '../../runtime/errors.ts'
import { dropped, emit, stream } from '../../runtime/service.ts'
import { locateBase } from './base.ts'
import { beginRun } from './beginning.ts'
import { gatherExamples } from './examples.ts'
import { settings, trainingSettingsOf } from './settings.ts'
import { TrainingLog } from './training-log.ts'
import { validate } from './validation.ts'

const checkpointFolder = /^step-\d+$/

export default stream('trainer', { settings, ports: ['files', 'scratch'] }, async function* (events, deps) {
  const { settings, files, scratch, log, progress, signal } = deps
  const { model, training } = settings
  // Settings that contradict each other, or a base that cannot be used, stop the run here, before hours of reading.
  const base = await locateBase(model.base, deps)
  trainingSettingsOf(settings, 1, base?.config)
  const data = await gatherExamples(events, scratch, base ? { settings, base: base.fingerprint } : settings)
  yield dropped('held_out', data.val.length)
  if (data.train.length === 0) {
    throw new FatalError('NO_EXAMPLES', 'there is nothing to train on', {
      hint: 'The dumps share no pages by langlinks: give the langlinks and page tables of the same dumps.',
    })
  }
  const totalSteps = training.epochs * stepsPerEpoch(data.train.length, training.batch_size)
  // Data and settings name the folder: a checkpoint of another run is never gone on from.
  const folder = `models/checkpoints/${model.name}/${data.digest}`
  const config = trainingSettingsOf(settings, totalSteps, base?.config)
  const run = { folder: files.path(folder), config, examples: data.train }
  const trainer = await createTrainer({
    config,
    tokenizerJson: await beginRun(run, settings, base, log),
    seed: training.seed,
    stateDir: files.path(folder),
    resume: true,
  })
  const { startStep, parameters } = trainer
  log.info({ examples: data.train.length, totalSteps, startStep, parameters, folder }, 'training starts')
  try {
    const written = new Checkpoints(trainer, files.path(folder), training.keep_checkpoints)
    const trainingLog = await TrainingLog.open(files.path(`models/checkpoints/${model.name}/training.jsonl`), {
      run: data.digest,
      startStep,
    })
    let metrics: Record<string, number> = {}
    let step = startStep
    for (const batch of trainingBatches(
      data.train,
      { seed: training.seed, batchSize: training.batch_size, epochs: training.epochs },
      startStep,
    )) {
      signal.throwIfAborted()
      const report = await trainer.step(batch)
      step = report.step
      trainingLog.count(batch.length)
      const last = step === totalSteps
      if (last || step % training.log_steps === 0) {
        await trainingLog.step(report, (step * training.epochs) / totalSteps)
        const note = `loss ${report.loss.toFixed(3)}, ${report.activeTerms.toFixed(0)} active terms`
        progress.report({ done: step, total: totalSteps, unit: 'steps', note })
      }
      if (last || step % training.validation_steps === 0) {
        metrics = await validate(trainer, data)
        await trainingLog.validation(step, metrics)
        log.info({ step, ...metrics }, 'validated')
      }
      if (last || step % training.checkpoint_steps === 0) await written.add()
    }
    const { path, sha256 } = written.latest ?? (await written.add())
    if (Object.keys(metrics).length === 0) metrics = await validate(trainer, data)
    yield emit.checkpoints({ model: model.name, step, address: files.address(path), sha256, metrics })
  } finally {
    await trainer.close()
  }
})

/** The newest checkpoints of this run, also of an earlier start; older ones are removed. */
class Checkpoints {
  private readonly trainer: Trainer
  private readonly folder: string
  private readonly keep: number
  latest: { readonly path: string; readonly sha256: string } | undefined

  constructor(trainer: Trainer, folder: string, keep: number) {
    this.trainer = trainer
    this.folder = folder
    this.keep = keep
  }

  async add(): Promise<{ readonly path: string; readonly sha256: string }> {
    const written = await this.trainer.checkpoint(this.folder)
    this.latest = written
    const complete = (await readdir(this.folder)).filter((name) => checkpointFolder.test(name)).sort()
    for (const name of complete.slice(0, -this.keep)) await rm(join(this.folder, name), { recursive: true })
    return written
  }
}
