/** What an update is asked for: the run that is there, on other dumps, with what it is compared with kept aside. */
import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { ConfigError } from '../runtime/errors.ts'
import { packageVersion } from '../runtime/package-root.ts'
import { settingsOf } from '../runtime/pipeline.ts'
import { type GatheredSettings, gatherSettings, type Tree } from '../runtime/settings.ts'
import { statusOf } from '../runtime/status.ts'
import type { Transport } from '../runtime/transport.ts'
import type { Input } from '../services/01-dump-downloader/settings.ts'
import { type ServiceId, serviceIds } from '../topology.ts'
import { configFiles, type InputFlags, settingsSources } from './flags.ts'
import { differences, inputsOf, type RunRecord, readRecord, recordOf, refuseDifferences } from './run-record.ts'
import type { Workspace } from './workspace.ts'

export interface UpdateIntent {
  readonly record: RunRecord
  readonly before: RunRecord
}

/** keep: clusters stay on the side of the split where they were. anew: they are put as in a run from the beginning. */
export type Sides = 'keep' | 'anew'

/** Throws ConfigError RUN_MISSING where there is no run, UPDATE_OTHER_VERSION where another naru made it. */
export function runToUpdate(workspace: Workspace): RunRecord {
  const before = readRecord(workspace.runFile)
  if (before === undefined) {
    throw new ConfigError('RUN_MISSING', 'there is no run here to update', {
      at: { file: workspace.state },
      hint: 'naru run begins one; --out names the folder of another.',
    })
  }
  if (before.naru !== packageVersion()) {
    throw new ConfigError('UPDATE_OTHER_VERSION', `naru ${before.naru ?? 'of an earlier version'} made this run`, {
      at: { file: workspace.runFile },
      hint: 'What it wrote would be compared with what this version would write: start a new run with naru run.',
    })
  }
  return before
}

/** Throws ConfigError before anything on disk has changed. */
export async function updateIntent(
  workspace: Workspace,
  before: RunRecord,
  inputs: readonly Input[],
  sides: Sides,
): Promise<UpdateIntent> {
  const update = (before.update ?? 0) + 1
  // Which settings are the default depends on the flags that name dumps, which an update has none of any more.
  const { ko: _ko, en: _en, ...others } = before.flags
  const flags: InputFlags = { ...others, config: configFiles(before.flags) }
  const gathered = gatheredFor(flags, { number: update, sides, inputs })
  const record = recordOf(flags, await settingsOf(serviceIds, gathered), update)
  const found = differences(before, record).filter(({ service, key }) => !mayDiffer(service, key))
  refuseDifferences(found, workspace.runFile)
  return { record, before }
}

/** The n-th update of a run, from 1 on. */
export interface Update {
  readonly number: number
  readonly sides: Sides
  readonly inputs: readonly Input[]
}

/** The update that a record is of; undefined for the run itself. */
export function updateOf(record: RunRecord | undefined): Update | undefined {
  if (record?.update === undefined) return undefined
  return { number: record.update, sides: sidesOf(record), inputs: inputsOf(record) }
}

/** Settings from files, environment and flags, and over them what the update sets. */
export function gatheredFor(flags: InputFlags, update: Update | undefined): GatheredSettings {
  const gathered = gatherSettings(settingsSources(flags))
  if (update === undefined) return gathered
  const { number, sides, inputs } = update
  const folder = folderOfUpdate(number)
  const ofUpdate: Record<string, Tree> = {
    'dump-downloader': { inputs: inputs.map((input) => ({ ...input })) },
    'article-extractor': { known: folder },
    'synonym-splitter': { earlier: sides === 'keep' ? `${folder}/clusters.jsonl` : null },
    trainer: { model: { base: 'last' } },
  }
  const layers = Object.entries(ofUpdate).map(([id, tree]) => [id, [...(gathered[id] ?? []), tree]] as const)
  return { ...gathered, ...Object.fromEntries(layers) }
}

/** Which way of `Sides` a record was made with. */
function sidesOf({ settings }: RunRecord): Sides {
  const splitter = settings['synonym-splitter']
  const keeps = typeof splitter === 'object' && splitter !== null && 'earlier' in splitter && splitter.earlier !== null
  return keeps ? 'keep' : 'anew'
}

/** What follows from the dumps and from the update itself; models are trained, published and judged by the settings of the day. */
function mayDiffer(service: string, key: string): boolean {
  if (['trainer', 'exporter', 'evaluator'].includes(service)) return true
  return (
    (service === 'dump-downloader' && key.startsWith('inputs')) ||
    (service === 'article-extractor' && key === 'known') ||
    (service === 'synonym-splitter' && key === 'earlier')
  )
}

/** Address in the file store of what the n-th update is compared with. */
function folderOfUpdate(update: number): string {
  return `state/before/${update}`
}

/** Copies what the services wrote last and will write over. Doing so twice, before the update has begun, changes nothing. */
export function keepBefore({ data }: Workspace, update: number, say: (message: string) => void): void {
  const folder = join(data, folderOfUpdate(update))
  mkdirSync(folder, { recursive: true })
  const wikipedia = join(data, 'wikipedia')
  const versions = existsSync(wikipedia) ? readdirSync(wikipedia).filter((name) => name.endsWith('.pages')) : []
  if (versions.length === 0)
    say('the run has no list of its pages, which naru extract writes: all of them are read again')
  for (const name of versions) copyFileSync(join(wikipedia, name), join(folder, name))
  const clusters = join(data, 'synonyms', 'clusters.jsonl')
  if (existsSync(clusters)) copyFileSync(clusters, join(folder, 'clusters.jsonl'))
}

/** The services that the run has brought to their end. Throws ConfigError UPDATE_UNFINISHED where one is still on its way. */
export async function finishedServices(transport: Transport, update: number): Promise<ServiceId[]> {
  const statuses = await Promise.all(serviceIds.map((id) => statusOf(id, transport, update)))
  const open = statuses.filter(({ figures, partitionsDone }) => {
    return !figures.finished && (figures.events > 0 || partitionsDone > 0)
  })
  if (open.length > 0) {
    throw new ConfigError('UPDATE_UNFINISHED', `the run is not at its end: ${open.map(({ id }) => id).join(', ')}`, {
      hint: 'naru run --resume brings it there; then update it.',
    })
  }
  return statuses.filter(({ figures }) => figures.finished).map(({ id }) => id)
}
