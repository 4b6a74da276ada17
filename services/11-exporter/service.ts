import { existsSync } from 'node:fs'
import { exportModel } from '../../model/export/export-model.ts'
import { layout } from '../../model/export/layout.ts'
import { parityTexts } from '../../model/export/parity-texts.ts'
import { readTrainingData } from '../../model/export/training-data.ts'
import { dropped, emit, transform } from '../../runtime/service.ts'
import { settings } from './settings.ts'

export default transform('exporter', { settings, ports: ['files'] }, async function* ({ value: checkpoint }, deps) {
  const { files, log, progress, settings } = deps
  const { model, step, metrics, final } = checkpoint
  const address = `models/exports/${model}`
  const checkpointDir = files.path(checkpoint.address)
  // Training keeps its best and its newest checkpoints: this one was overtaken, and another follows.
  if (!final && !existsSync(checkpointDir)) {
    yield dropped('not_final')
    return
  }
  const made = await exportModel(checkpointDir, files.path(address), {
    name: model,
    texts: await parityTexts(),
    data: await readTrainingData(checkpointDir, files.path('synonyms'), metrics),
    licence: settings.licence,
    threads: settings.threads,
    rounded: settings.rounded,
    withDjl: settings.openSearchRuntimes,
    ...(settings.formats.length > 0 && { formats: settings.formats }),
    ...(settings.signingKey !== '' && { signingKey: settings.signingKey }),
    told: (step, { note, ...at }) => progress.report({ ...at, unit: 'forms', note: `${step} ${note}` }),
  })
  const { manifest, manifestSha256, parity, warnings, config, queryEncoding } = made
  for (const warning of warnings) log.warn({ model, warning }, 'the export is of limited use')
  const maxDifference = Math.max(...parity.exact.map((form) => form.maxDifference))
  const { sha256, bytes } = manifest.files[layout.onnx]!
  const { formats, signedBy } = manifest
  const runtimes = parity.exact.map(({ runtime }) => runtime)
  log.info({ address, bytes, maxDifference, texts: parity.texts, formats, runtimes }, 'exported')
  yield emit.exports({
    model,
    step,
    address,
    sha256,
    maxAbsoluteDifference: maxDifference,
    parityTexts: parity.texts,
    checkpoint: manifest.checkpoint,
    manifestSha256,
    formats,
    queryEncoding,
    vocabularySize: config.vocabularySize,
    maxLength: config.maxLength,
    signedBy,
    final,
  })
})
