/** naru report: report.html from what is there, without running anything. */

import type { TransportFlags } from '../connect.ts'
import { outputFiles, readPairs, readPublished } from '../outputs.ts'
import { print, printJson } from '../print.ts'
import { writeReport } from '../report/write.ts'
import { readTimes } from '../run-state.ts'
import { findStatuses } from '../statuses.ts'
import { inSteps } from '../steps.ts'
import { workspaceOf } from '../workspace.ts'

export interface ReportFlags extends TransportFlags {
  readonly out?: string
  readonly json?: boolean
}

export async function report(flags: ReportFlags): Promise<void> {
  const workspace = workspaceOf(flags.out)
  const { statuses } = await findStatuses(workspace, flags)
  const pairs = await readPairs(workspace)
  const published = await readPublished(workspace)
  await inSteps(({ tell }) =>
    writeReport({ workspace, statuses, seconds: readTimes(workspace), pairs, published, tell }),
  )
  if (flags.json) printJson({ report: workspace.report, files: outputFiles(workspace).length })
  else print(workspace.report)
}
