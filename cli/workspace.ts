/** Where a run keeps its files. */
import { join, resolve } from 'node:path'
import { packageRoot } from '../runtime/package-root.ts'

export interface Workspace {
  /** Root of the data set: wikipedia/, synonyms/, training/. */
  readonly data: string
  /** Root of the addresses under models/. */
  readonly models: string
  readonly report: string
  /** Folder of everything that --resume needs. */
  readonly state: string
  readonly log: string
  readonly claims: string
  /** What the run was asked for. */
  readonly runFile: string
  /** Seconds that each service was at work. */
  readonly timesFile: string
  /** The statuses as the running process saw them last, for whoever asks meanwhile. */
  readonly statusFile: string
  /** What several models came to beside each other. */
  readonly comparedFile: string
  /** What `naru opensearch bench` has measured. */
  readonly measuredFile: string
  /** Prometheus' page of the running process. */
  readonly metricsFile: string
  /** What the monitor has seen, of this run and of those before. */
  readonly monitor: string
  readonly logFile: string
}

/** With a folder, everything lies in it; without, below dataset/ and models/ of the checkout. */
export function workspaceOf(out: string | undefined): Workspace {
  const data = out === undefined ? join(packageRoot, 'dataset') : resolve(out)
  const state = join(data, 'state')
  return {
    data,
    models: out === undefined ? join(packageRoot, 'models') : join(data, 'models'),
    report: join(data, 'report.html'),
    state,
    log: join(state, 'log'),
    claims: join(state, 'claims'),
    runFile: join(state, 'run.json'),
    timesFile: join(state, 'times.json'),
    statusFile: join(state, 'status.json'),
    comparedFile: join(state, 'compared-models.json'),
    measuredFile: join(state, 'measured-search.json'),
    metricsFile: join(state, 'metrics.prom'),
    monitor: join(state, 'monitor'),
    logFile: join(state, 'naru.log'),
  }
}

/** What a new run removes of the state of an old one: these entries and no other. */
export function stateEntries(workspace: Workspace): string[] {
  const { log, claims, state, runFile, timesFile, statusFile } = workspace
  const { comparedFile, measuredFile, metricsFile, logFile } = workspace
  return [
    log,
    claims,
    join(state, 'scratch'),
    join(state, 'before'),
    join(state, 'made'),
    join(state, 'keys'),
    runFile,
    timesFile,
    statusFile,
    comparedFile,
    measuredFile,
    metricsFile,
    logFile,
  ]
}
