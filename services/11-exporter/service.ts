import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { exportOnnx } from '../../model/export-onnx.ts'
import { emit, transform } from '../../runtime/service.ts'
import { parityTexts } from './parity-texts.ts'
import { settings } from './settings.ts'

export default transform('exporter', { settings, ports: ['files'] }, async function* ({ value: checkpoint }, deps) {
  const { files, log, settings } = deps
  const address = `models/exports/${checkpoint.model}`
  const report = await exportOnnx(files.path(checkpoint.address), files.path(address), {
    texts: parityTexts,
    threads: settings.threads,
  })
  const sha256 = createHash('sha256')
    .update(await readFile(report.model))
    .digest('hex')
  const { maxDifference, texts } = report.parity
  const manifest = {
    model: checkpoint.model,
    step: checkpoint.step,
    checkpoint: checkpoint.sha256,
    onnx: { sha256, bytes: report.modelBytes },
    parity: report.parity,
  }
  await files.write(`${address}/manifest.json`, `${JSON.stringify(manifest, null, 2)}\n`)
  log.info({ address, bytes: report.modelBytes, maxDifference, texts }, 'exported')
  yield emit.exports({
    model: checkpoint.model,
    step: checkpoint.step,
    address,
    sha256,
    maxAbsoluteDifference: maxDifference,
    parityTexts: texts,
  })
})
