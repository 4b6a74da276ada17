import { exportModel } from '../../model/export/export-model.ts'
import { layout } from '../../model/export/layout.ts'
import { emit, transform } from '../../runtime/service.ts'
import { parityTexts } from './parity-texts.ts'
import { settings } from './settings.ts'

export default transform('exporter', { settings, ports: ['files'] }, async function* ({ value: checkpoint }, deps) {
  const { files, log, settings } = deps
  const { model, step } = checkpoint
  const address = `models/exports/${model}`
  const { manifest, parity, warnings } = await exportModel(files.path(checkpoint.address), files.path(address), {
    name: model,
    texts: parityTexts,
    threads: settings.threads,
    ...(settings.signingKey !== '' && { signingKey: settings.signingKey }),
  })
  for (const warning of warnings) log.warn({ model, warning }, 'the export is of limited use')
  const { maxDifference, texts } = parity
  const { sha256, bytes } = manifest.files[layout.onnx]!
  log.info({ address, bytes, maxDifference, texts, formats: manifest.formats }, 'exported')
  yield emit.exports({ model, step, address, sha256, maxAbsoluteDifference: maxDifference, parityTexts: texts })
})
