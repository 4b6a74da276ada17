/** Everything that the report shows, gathered from the folders of a run. */

import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { arch, cpus, platform, release, totalmem } from 'node:os'
import { join } from 'node:path'
import type { Judged } from '../../dictionary/card.ts'
import { reviewName } from '../../dictionary/card-facts.ts'
import { entriesOf } from '../../dictionary/entries.ts'
import { judgedIn } from '../../dictionary/review.ts'
import { readValidation, type Validation, validationName } from '../../dictionary/validation.ts'
import type { EvaluationFile } from '../../evaluation/judgement-files.ts'
import type { LanguagePair } from '../../language/pair.ts'
import { fileDigest } from '../../runtime/files.ts'
import type { ServiceStatus } from '../../runtime/status.ts'
import type { Score } from '../../schemas/types.ts'
import { type ComparedModels, readCompared } from '../compared-models.ts'
import { type MeasuredSearch, readMeasured } from '../measured-search.ts'
import { type OutputFile, outputFiles, type Pairs, type PublishedModel, pairsFile } from '../outputs.ts'
import { withSearchModel } from '../published-model.ts'
import { formatBytes } from '../quantities.ts'
import { languagesOf, readRecord } from '../run-record.ts'
import type { ServiceSeconds } from '../run-state.ts'
import { bytesTold, type TellStep } from '../steps.ts'
import type { Workspace } from '../workspace.ts'
import { askQueries, type QueryView } from './queries.ts'
import { readTrainingLog, type TrainingLog } from './training-log.ts'

export interface ReportFacts {
  /** ISO 8601. */
  readonly madeAt: string
  readonly model: string | undefined
  readonly languages: LanguagePair
  readonly statuses: readonly ServiceStatus[]
  readonly seconds: ServiceSeconds
  readonly pairs: Pairs | undefined
  /** What dictionaries say of the pairs; undefined where they were not asked. */
  readonly validation: Validation | undefined
  /** What was judged of the pairs of each source by `naru synonyms review`. */
  readonly judged: ReadonlyMap<string, Judged>
  readonly training: TrainingLog | undefined
  readonly scores: readonly Score[]
  /** Tests of chance, frequent terms, and what was not judged. */
  readonly evaluation: EvaluationFile | undefined
  /** Several models beside each other, where naru evaluate was asked for that. */
  readonly compared: ComparedModels | undefined
  /** Ways of searching in an OpenSearch, where naru opensearch bench was asked for that. */
  readonly measured: MeasuredSearch | undefined
  readonly queries: readonly QueryView[]
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly sha256: string }[]
  readonly environment: readonly { readonly name: string; readonly value: string }[]
  /** Resolved settings by service. */
  readonly settings: Readonly<Record<string, unknown>>
}

export interface ReportInputs {
  readonly workspace: Workspace
  readonly statuses: readonly ServiceStatus[]
  readonly seconds: ServiceSeconds
  readonly pairs: Pairs | undefined
  readonly published: PublishedModel | undefined
  readonly tell?: TellStep
}

export async function gatherFacts({
  workspace,
  statuses,
  seconds,
  pairs,
  published,
  tell = () => undefined,
}: ReportInputs): Promise<ReportFacts> {
  const record = readRecord(workspace.runFile)
  const files = await hashed(outputFiles(workspace), tell)
  return {
    madeAt: new Date().toISOString(),
    model: published?.name,
    languages: languagesOf(record),
    statuses,
    seconds,
    pairs,
    validation: await readValidation(join(workspace.data, 'synonyms', validationName)),
    judged: await judgedIn(join(workspace.data, 'synonyms', reviewName)),
    training: await readTrainingLog(workspace, published?.name),
    scores: published?.scores ?? [],
    evaluation: published?.evaluation,
    compared: readCompared(workspace),
    measured: readMeasured(workspace),
    queries: published && pairs ? await askModel(workspace, published, pairs, tell) : [],
    files,
    environment: [...environment(), { name: 'Hash of the settings', value: record?.hash ?? 'unknown' }],
    settings: record?.settings ?? {},
  }
}

async function hashed(outputs: readonly OutputFile[], tell: TellStep): Promise<ReportFacts['files']> {
  const total = outputs.reduce((sum, { bytes }) => sum + bytes, 0)
  const files = []
  let done = 0
  for (const { name, path, bytes } of outputs) {
    files.push({ name, bytes, sha256: await fileDigest(path) })
    done += bytes
    tell('hashing files', { done, total, unit: 'bytes' })
  }
  return files
}

/** Nothing where the model was not evaluated, for the evaluator makes its search index. */
async function askModel(
  workspace: Workspace,
  { folder }: PublishedModel,
  pairs: Pairs,
  tell: TellStep,
): Promise<QueryView[]> {
  if (!existsSync(join(folder, 'search'))) return []
  const entries = pairsFile(workspace)
  tell('asking the model', { done: 0, unit: 'bytes', note: 'loading it' })
  return withSearchModel(workspace, folder, (model) =>
    askQueries(model, pairs, entriesOf(entries, bytesTold(tell, 'asking the model', [entries]))),
  )
}

function environment(): { name: string; value: string }[] {
  const processors = cpus()
  return [
    { name: 'Node', value: process.version },
    { name: 'onnxruntime-node', value: versionOf('onnxruntime-node') },
    { name: 'System', value: `${platform()} ${release()}, ${arch()}` },
    { name: 'Processor', value: `${processors.length} × ${processors[0]?.model.trim() ?? 'unknown'}` },
    { name: 'Memory', value: formatBytes(totalmem()) },
  ]
}

function versionOf(name: string): string {
  const manifest: { version?: string } = createRequire(import.meta.url)(`${name}/package.json`)
  return manifest.version ?? 'unknown'
}
