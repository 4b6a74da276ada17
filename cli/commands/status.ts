/** naru status: how far the run in a folder, or on servers, is. */
import type { TransportFlags } from '../connect.ts'
import { serviceJson } from '../present.ts'
import { print, printJson } from '../print.ts'
import { readTimes } from '../run-state.ts'
import { findStatuses } from '../statuses.ts'
import { renderCounts } from '../summary.ts'
import { workspaceOf } from '../workspace.ts'

export interface StatusFlags extends TransportFlags {
  readonly out?: string
  readonly json?: boolean
}

export async function status(flags: StatusFlags): Promise<void> {
  const workspace = workspaceOf(flags.out)
  const { statuses, working } = await findStatuses(workspace, flags)
  const seconds = readTimes(workspace)
  if (flags.json) {
    printJson({
      complete: statuses.every(({ figures }) => figures.finished),
      process: working?.process ?? null,
      services: statuses.map((one) => serviceJson(one, seconds[one.id])),
    })
    return
  }
  print(renderCounts(statuses, seconds).join('\n'))
  if (working) print(`\nProcess ${working.process} is at work; this is how far it was at ${working.at}.`)
}
