/** naru run: all stages, then the summary and the report. */

import { existsSync } from 'node:fs'
import { serviceIds } from '../../topology.ts'
import { type ConductFlags, conduct } from '../conduct.ts'
import { present } from '../present.ts'
import { say } from '../print.ts'
import { workspaceOf } from '../workspace.ts'

export interface RunFlags extends ConductFlags {
  readonly resume?: boolean
}

export async function run(flags: RunFlags): Promise<void> {
  if (flags.resume && !existsSync(workspaceOf(flags.out).runFile)) say('there is no run to resume: a new one begins')
  const conducted = await conduct(serviceIds, flags.resume ? 'continue' : 'new', flags, say)
  await present(conducted, flags, { report: true })
}
