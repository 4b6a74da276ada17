/** Says what a run made: as a summary, as JSON, and as the report. */
import type { Conducted } from './conduct.ts'
import { outputFiles, readPairs, readPublished } from './outputs.ts'
import { print, printJson, say } from './print.ts'
import { paceOf, readTrainingLog } from './report/training-log.ts'
import { inSteps } from './steps.ts'
import { renderSummary } from './summary.ts'

export interface PresentFlags {
  readonly json?: boolean
  readonly quiet?: boolean
}

export async function present(
  { workspace, statuses, seconds, wallSeconds }: Conducted,
  flags: PresentFlags,
  { report }: { readonly report: boolean },
): Promise<void> {
  const pairs = await readPairs(workspace)
  const published = await readPublished(workspace)
  if (report) {
    if (!flags.quiet) say('writing the report …')
    const { writeReport } = await import('./report/write.ts')
    await inSteps(({ tell }) => writeReport({ workspace, statuses, seconds, pairs, published, tell }))
  }
  const files = outputFiles(workspace)
  const scores = published?.scores ?? []
  if (flags.json) {
    printJson({
      complete: statuses.every(({ figures }) => figures.finished),
      wallSeconds,
      services: statuses.map((status) => serviceJson(status, seconds[status.id])),
      pairs: pairs && {
        total: pairs.total,
        splits: pairs.splits,
        sources: Object.fromEntries(pairs.sources.map(({ source, pairs: count }) => [source, count])),
      },
      scores,
      evaluation: published?.evaluation ?? null,
      files: files.map(({ path, bytes }) => ({ path, bytes })),
      report: report ? workspace.report : null,
    })
  } else if (!flags.quiet) {
    const trainingLog = await readTrainingLog(workspace, undefined)
    const facts = {
      training: trainingLog && paceOf(trainingLog),
      statuses,
      seconds,
      pairs,
      scores,
      missing: published?.evaluation?.missing ?? [],
      files,
      report: report ? workspace.report : undefined,
      wallSeconds,
    }
    print(renderSummary(facts, process.cwd()))
  }
}

/** A service's counts, as --json gives them. */
export function serviceJson(
  { id, figures, partitionsDone, partitions, lag }: Conducted['statuses'][number],
  seconds?: number,
): Record<string, unknown> {
  const { finished, events, passed, dropped, droppedParts, dead, deadParts, written } = figures
  return {
    id,
    finished,
    events,
    passed,
    dropped,
    droppedParts,
    dead,
    deadParts,
    written,
    partitionsDone,
    partitions,
    lag,
    ...(seconds === undefined ? {} : { seconds }),
  }
}
