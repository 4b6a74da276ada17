/**
 * Runs stages of the embedded pipeline on the bundled sample, in this process or as a program of its own:
 *   node --import tsx test/pipeline/stages.ts OUT WORKERS TARGET[,TARGET…]
 * Started again on the same folder it goes on from where it was stopped.
 */
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openEmbeddedClaims } from '../../runtime/embedded/claims.ts'
import { openEmbeddedTransport } from '../../runtime/embedded/transport.ts'
import { packageRoot } from '../../runtime/package-root.ts'
import { parseServiceId, runPipeline, settingsOf, withUpstream } from '../../runtime/pipeline.ts'
import type { ClaimStore } from '../../runtime/ports.ts'
import type { Tree } from '../../runtime/settings.ts'
import type { ServiceStatus } from '../../runtime/status.ts'
import type { Transport } from '../../runtime/transport.ts'
import type { ServiceId } from '../../topology.ts'

export interface StagesOptions {
  readonly out: string
  /** With all that they need upstream. */
  readonly targets?: readonly ServiceId[]
  /** Instead of the targets: these alone, on what those upstream have written. */
  readonly services?: readonly ServiceId[]
  readonly workers?: number
  /** The bundled sample where absent. */
  readonly inputs?: readonly { readonly language: string; readonly location: string }[]
  readonly settings?: Readonly<Record<string, Tree>>
  /** The embedded ones in `out` where absent. */
  readonly open?: () => Promise<{ readonly transport: Transport; readonly claims: ClaimStore }>
  readonly signal?: AbortSignal
  /** The n-th update of the run in the folder. */
  readonly update?: number
}

const sample = join(packageRoot, 'dataset', 'sample', '20260901')
const sampleInputs = ['ko', 'en'].map((language) => ({ language, location: join(sample, `${language}wiki`) }))

export const dataSetWriters: readonly ServiceId[] = ['article-writer', 'synonym-writer', 'example-writer']

export async function runStages(options: StagesOptions): Promise<readonly ServiceStatus[]> {
  const { out, targets = [], workers = 2, settings = {}, signal = new AbortController().signal } = options
  const services = options.services ?? withUpstream(targets)
  const { inputs = sampleInputs } = options
  const layers: Record<string, readonly Tree[]> = { 'dump-downloader': [{ inputs }] }
  for (const [id, tree] of Object.entries(settings)) layers[id] = [...(layers[id] ?? []), tree]
  const { transport, claims } = await (options.open ?? (() => openEmbedded(out)))()
  try {
    return await runPipeline({
      services,
      transport,
      claims,
      workers,
      signal,
      around: {
        store: { data: out, models: join(out, 'models') },
        stateFolder: join(out, 'state'),
        logLevel: 'silent',
        logDestination: 2,
        settings: await settingsOf(services, layers),
        update: options.update ?? 0,
      },
    })
  } finally {
    await transport.close()
    await claims.close()
  }
}

async function openEmbedded(out: string): Promise<{ transport: Transport; claims: ClaimStore }> {
  const transport = await openEmbeddedTransport({ folder: join(out, 'state', 'log') })
  const claims = await openEmbeddedClaims({ folder: join(out, 'state', 'claims') })
  return { transport, claims }
}

/** As naru update does it: keeps what the run before has written aside, and answers the settings that compare with it. */
export function keepBefore(out: string, update: number): Record<string, Tree> {
  const known = `state/before/${update}`
  mkdirSync(join(out, known), { recursive: true })
  for (const name of readdirSync(join(out, 'wikipedia'))) {
    if (name.endsWith('.pages')) cpSync(join(out, 'wikipedia', name), join(out, known, name))
  }
  return { 'article-extractor': { known } }
}

/** SHA-256 of every file of the data set, by path. */
export function dataSetHashes(out: string): Record<string, string> {
  const hashes: Record<string, string> = {}
  for (const folder of ['wikipedia', 'synonyms', 'training']) {
    for (const entry of readdirSync(join(out, folder), { withFileTypes: true })) {
      if (!entry.isFile()) continue
      const content = readFileSync(join(out, folder, entry.name))
      hashes[`${folder}/${entry.name}`] = createHash('sha256').update(content).digest('hex')
    }
  }
  return hashes
}

const [, script, out, workers, targets] = process.argv
if (script?.endsWith('stages.ts') && out && workers && targets) {
  await runStages({ out, workers: Number(workers), targets: targets.split(',').map(parseServiceId) })
}
