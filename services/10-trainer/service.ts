import { stepsPerEpoch } from '../../model/batches.ts'
import { latestCheckpoint, readPosition } from '../../model/checkpoint.ts'
import { enginesFolder } from '../../model/engines-folder.ts'
import { createTrainer } from '../../model/trainer.ts'
import { FatalError } from '../../runtime/errors.ts'
import { dropped, emit, interim, stream } from '../../runtime/service.ts'
import { locateBase, recordRun } from './base.ts'
import { beginRun } from './beginning.ts'
import { gatherExamples } from './examples.ts'
import { frequenciesFor } from './frequencies.ts'
import { decisive, examplesPerStep, settings, trainingSettingsOf } from './settings.ts'
import { trainToEnd } from './training-loop.ts'

export default stream('trainer', { settings, ports: ['files', 'scratch'] }, async function* (events, deps) {
  const { settings, files, scratch, log } = deps
  const { model, training } = settings
  // Settings that contradict each other, or a base that cannot be used, stop the run here, before hours of reading.
  const base = await locateBase(model, deps)
  trainingSettingsOf(settings, 1, base)
  const data = await gatherExamples(events, scratch, {
    decisive: base?.fingerprint ? { ...decisive(settings), base: base.fingerprint } : decisive(settings),
    pairsOnly: training.pairs_only,
  })
  yield dropped('held_out', data.unused.held_out)
  if (data.unused.no_names > 0) yield dropped('no_names', data.unused.no_names)
  if (data.train.length === 0) {
    throw new FatalError('NO_EXAMPLES', 'there is nothing to train on', {
      hint: 'The dumps share no pages by langlinks: give the langlinks and page tables of the same dumps.',
    })
  }
  const totalSteps = training.epochs * stepsPerEpoch(data.train.length, examplesPerStep(settings))
  // Data and settings name the folder: a checkpoint of another run is never gone on from.
  const folder = `models/checkpoints/${model.name}/${data.digest}`
  const config = trainingSettingsOf(settings, totalSteps, base)
  const run = { folder: files.path(folder), config, examples: data.train, heldOut: data.testNames }
  const tokenizerJson = await beginRun(run, settings, base, log)
  await recordRun(model.name, data.digest, files)
  const latest = await latestCheckpoint(run.folder)
  const startPosition = latest === undefined ? undefined : await readPosition(latest)
  const idf = frequenciesFor(config, data.train, tokenizerJson)
  const trainer = await createTrainer({
    config,
    tokenizerJson,
    seed: training.seed,
    stateDir: files.path(folder),
    resume: true,
    engines: enginesFolder(process.env),
    ...(idf && { idf }),
  })
  const { startStep, parameters, execution } = trainer
  const where = { startStep, offsets: data.offsets, ...startPosition }
  log.info({ examples: data.train.length, totalSteps, ...where, parameters, folder, ...execution }, 'training starts')
  try {
    const logFile = files.path(`models/checkpoints/${model.name}/training.jsonl`)
    const course = { data, totalSteps, startPosition, tokenizerJson, folder: files.path(folder), logFile }
    for await (const { path, sha256, step, metrics, after, final } of trainToEnd(trainer, course, deps)) {
      const address = files.address(path)
      const checkpoint = emit.checkpoints({ model: model.name, step, address, sha256, metrics: { ...metrics }, final })
      yield final ? checkpoint : interim(checkpoint, { series: data.digest, number: after })
    }
  } finally {
    await trainer.close()
  }
})
