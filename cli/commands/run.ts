/** naru run: all stages, then the summary and the report. */

import { existsSync } from 'node:fs'
import { serviceIds } from '../../topology.ts'
import { type ConductFlags, conduct } from '../conduct.ts'
import { startMonitorBeside } from '../monitor-beside.ts'
import { present } from '../present.ts'
import { say } from '../print.ts'
import { workspaceOf } from '../workspace.ts'

export interface RunFlags extends ConductFlags {
  readonly resume?: boolean
  /** Port of the monitor. */
  readonly monitor?: number
  /** Variable that holds the monitor's token. */
  readonly tokenEnv?: string
}

export async function run(flags: RunFlags): Promise<void> {
  if (flags.resume && !existsSync(workspaceOf(flags.out).runFile)) say('there is no run to resume: a new one begins')
  const monitor = flags.monitor === undefined ? undefined : await startMonitorBeside(flags, flags.monitor)
  if (monitor) say(`monitor: ${monitor.url}`)
  try {
    const conducted = await conduct(serviceIds, flags.resume ? 'continue' : 'new', flags, say)
    await present(conducted, flags, { report: true })
  } finally {
    await monitor?.close()
  }
}
