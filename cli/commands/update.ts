/** naru update: the run in a folder, or on servers, brought to new dumps. */
import type { Http } from '../../mirror/http.ts'
import { s3AccessFrom } from '../../mirror/s3.ts'
import { transferSettingsOf } from '../../mirror/settings.ts'
import { createLog } from '../../runtime/log.ts'
import { conductUpdate, type UpdateConductFlags } from '../conduct.ts'
import { absoluteLocation, pickInputFlags } from '../flags.ts'
import { listenForInterrupts } from '../interrupt.ts'
import { logLevelOf } from '../log-level.ts'
import { type NewDumpFlags, newDumps, placesByLanguage } from '../new-dumps.ts'
import { present } from '../present.ts'
import { print, printJson, say } from '../print.ts'
import { inputsOf } from '../run-record.ts'
import { spokenLog } from '../spoken-log.ts'
import { inSteps } from '../steps.ts'
import { runToUpdate } from '../update-intent.ts'
import { type Workspace, workspaceOf } from '../workspace.ts'

export interface UpdateFlags extends UpdateConductFlags, NewDumpFlags {}

export async function update(flags: UpdateFlags): Promise<void> {
  const workspace = workspaceOf(flags.out)
  const before = inputsOf(runToUpdate(workspace))
  const interrupts = listenForInterrupts(say)
  let found: typeof before
  try {
    const dump = flags.dump?.map(({ language, location }) => ({ language, location: absoluteLocation(location) }))
    const { ko, en } = pickInputFlags(flags)
    const asked = { ...flags, ...(ko !== undefined && { ko }), ...(en !== undefined && { en }), ...(dump && { dump }) }
    const http = { ...httpOf(workspace, interrupts.signal), log: spokenLog(flags.quiet ?? false) }
    found = await inSteps(({ tell }) =>
      newDumps(before, asked, http, (done) => tell('looking for dumps', { done, total: before.length, unit: 'wikis' })),
    )
  } finally {
    interrupts.release()
  }
  if (found.every(({ location }, at) => location === before[at]!.location)) {
    if (flags.json) printJson({ updated: false, ...placesByLanguage(before) })
    else print('The run has these dumps already: there is nothing to update.')
    return
  }
  await present(await conductUpdate(found, flags, say), flags, { report: true })
}

export function httpOf(workspace: Workspace, signal: AbortSignal): Http {
  const log = createLog('mirror', logLevelOf(process.env), workspace.logFile)
  return { settings: transferSettingsOf(), s3: s3AccessFrom(process.env, {}), log, signal }
}
