/** Drives the source by hand, as the runner would, and keeps what it said. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { openDeps } from '../../runtime/deps.ts'
import type { DumpFile } from '../../schemas/types.ts'
import downloader from '../../services/01-dump-downloader/service.ts'

export const sampleFolder = new URL('../../dataset/sample/', import.meta.url)

export async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'naru-dumps-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  return folder
}

export interface Driven {
  readonly events: DumpFile[]
  readonly progress: { done: number; total?: number }[]
  /** Messages of the log lines, from debug up. */
  readonly log: { level: string; msg: string; [field: string]: unknown }[]
  readonly error: unknown
}

/** Runs the source over the data set in `data` until it ends or throws. */
export async function drive(
  data: string,
  settings: { [key: string]: unknown },
  signal: AbortSignal = new AbortController().signal,
): Promise<Driven> {
  const logFile = join(data, `log-${process.hrtime.bigint()}.jsonl`)
  const progress: Driven['progress'] = []
  const resolved = downloader.settings.parse({ retryDelayMs: 1, ...settings })
  const around = {
    store: { data, models: join(data, 'models') },
    stateFolder: join(data, 'state'),
    logLevel: 'debug' as const,
    logDestination: logFile,
    settings: { 'dump-downloader': resolved },
  }
  const live = { progress: { report: (report: (typeof progress)[number]) => void progress.push(report) }, signal }
  const { deps, dispose } = openDeps(downloader, 'all', around, live)
  const events: DumpFile[] = []
  let error: unknown
  try {
    for await (const outcome of downloader.run(deps)) {
      if (outcome.kind === 'emission' && outcome.topic === 'dump-files') events.push(outcome.value)
    }
  } catch (thrown) {
    error = thrown
  }
  await dispose()
  const lines = (await readFile(logFile, 'utf8').catch(() => '')).split('\n').filter((line) => line !== '')
  await rm(logFile, { force: true })
  return { events, progress, error, log: lines.map((line) => JSON.parse(line)) }
}

/** The same, where no error is expected. */
export async function driveToEnd(...args: Parameters<typeof drive>): Promise<Driven> {
  const driven = await drive(...args)
  if (driven.error !== undefined) throw driven.error
  return driven
}
