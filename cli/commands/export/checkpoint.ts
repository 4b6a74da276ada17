/** naru export CHECKPOINT: one checkpoint to a folder of every form. */
import { basename, dirname, join, resolve } from 'node:path'
import { type ExportOptions, type ExportReport, exportModel } from '../../../model/export/export-model.ts'
import { parityTexts } from '../../../model/export/parity-texts.ts'
import { readTrainingData } from '../../../model/export/training-data.ts'
import { ConfigError } from '../../../runtime/errors.ts'
import { gatherSettings, resolveSettings } from '../../../runtime/settings.ts'
import { settings as exporterSettings } from '../../../services/11-exporter/settings.ts'
import type { ExportFlags } from '../../export-flags.ts'
import { print, printJson, say } from '../../print.ts'
import { inSteps } from '../../steps.ts'
import { renderTable } from '../../table.ts'
import { workspaceOf } from '../../workspace.ts'

export async function exportCheckpoint(checkpoint: string, flags: ExportFlags): Promise<void> {
  const checkpointDir = resolve(checkpoint)
  const { name, outDir } = destinationOf(checkpointDir, flags)
  const settings = settingsOf(flags)
  const { licence, threads, openSearchRuntimes, signingKey, formats, rounded } = settings
  const options: ExportOptions = {
    name,
    texts: await parityTexts(),
    // Validation figures travel with the event of a checkpoint; the folder alone has none.
    data: await readTrainingData(checkpointDir, join(workspaceOf(undefined).data, 'synonyms'), {}),
    licence,
    threads,
    rounded,
    withDjl: openSearchRuntimes,
    ...(formats.length > 0 && { formats }),
    ...(signingKey !== '' && { signingKey }),
  }
  const report = await inSteps(({ tell }) =>
    exportModel(checkpointDir, outDir, { ...options, told: (step, at) => tell(step, { ...at, unit: 'forms' }) }),
  )
  for (const warning of report.warnings) say(warning)
  if (flags.json) printJson({ folder: outDir, manifest: report.manifest, parity: report.parity })
  else print(renderReport(outDir, report))
}

/** The folders of a run are models/checkpoints/NAME/RUN/step-N; its exports lie in models/exports/NAME. */
function destinationOf(checkpointDir: string, { model, out }: ExportFlags): { name: string; outDir: string } {
  const ofModel = dirname(dirname(checkpointDir))
  const isOfRun = basename(dirname(ofModel)) === 'checkpoints'
  const name = model ?? (isOfRun ? basename(ofModel) : basename(checkpointDir))
  if (out !== undefined) return { name, outDir: resolve(out) }
  if (isOfRun) return { name, outDir: join(dirname(dirname(ofModel)), 'exports', name) }
  throw new ConfigError('EXPORT_NOWHERE', 'the checkpoint does not lie in the folders of a run', {
    at: { file: checkpointDir },
    hint: 'name the folder of the export with --out',
  })
}

/** Flags > environment > --config > defaults, as for the service. */
function settingsOf({ config = [], formats, precision, signingKey }: ExportFlags) {
  const gathered = gatherSettings({ files: [...config], environment: process.env, flags: {} })
  const flags = {
    ...(formats && { formats: [...formats] }),
    ...(precision && { rounded: precision.filter((one) => one !== 'fp32') }),
    ...(signingKey !== undefined && { signingKey: resolve(signingKey) }),
  }
  const layers = [...(gathered.exporter ?? []), flags]
  return exporterSettings.parse(resolveSettings('exporter', exporterSettings, layers))
}

function renderReport(outDir: string, { manifest, parity }: ExportReport): string {
  const forms = [...parity.exact, ...parity.rounded]
  const rows = forms.map(({ file, runtime, maxDifference, sameTopTerms }) => [
    file,
    runtime,
    maxDifference.toExponential(1),
    `${sameTopTerms} of ${parity.texts}`,
  ])
  const columns = ['Form', 'On', 'Greatest difference', 'Same top terms'].map((title) => ({ title }))
  const notRun = parity.notRun.map(({ file, reason }) => `not run: ${file} (${reason})`)
  const signed = manifest.signedBy === null ? 'not signed' : `signed by ${manifest.signedBy}`
  const files = `${Object.keys(manifest.files).length} files, ${signed}`
  return [...renderTable(columns, rows), ...notRun, `${outDir}: ${files}`].join('\n')
}
