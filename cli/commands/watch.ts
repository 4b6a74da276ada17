/** naru watch: looks for new dumps now and then, and brings the run to them when they are complete. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { SeenText } from '../../mirror/http.ts'
import { NaruError } from '../../runtime/errors.ts'
import { conductUpdate, type UpdateConductFlags } from '../conduct.ts'
import { inputLocations } from '../flags.ts'
import { Interrupted, listenForInterrupts } from '../interrupt.ts'
import { dateIn, type Locations, type NewDumpFlags, newDumps } from '../new-dumps.ts'
import { print, say } from '../print.ts'
import { runToUpdate } from '../update-intent.ts'
import { pauseBefore } from '../watch-pauses.ts'
import { type Workspace, workspaceOf } from '../workspace.ts'
import { httpOf } from './update.ts'

export interface WatchFlags extends UpdateConductFlags, NewDumpFlags {
  /** Hours. */
  readonly every: number
  readonly once?: boolean
}

/** Ends by ctrl-C, or with --once after the first look. A look that fails is made again later, ever more seldom. */
export async function watch(flags: WatchFlags): Promise<void> {
  const workspace = workspaceOf(flags.out)
  runToUpdate(workspace)
  const tell = flags.quiet ? () => undefined : print
  const seen = new Map<string, SeenText>()
  for (let failures = 0; ; ) {
    try {
      const found = await look(workspace, flags, seen)
      failures = 0
      if (found === undefined) tell(`${new Date().toISOString()} no new dump is complete`)
      else {
        tell(`${new Date().toISOString()} updating to ${found.ko} and ${found.en}`)
        await conductUpdate(found, flags, say)
        tell(`${new Date().toISOString()} updated`)
      }
    } catch (error) {
      if (flags.once || !(error instanceof NaruError) || isForAPerson(error)) throw error
      failures++
      say(`${new Date().toISOString()} ${error.code}: ${error.message}`)
    }
    if (flags.once) return
    await rest(pauseBefore(failures, flags.every, Math.random()))
  }
}

/** The dumps to go on with; undefined where nothing is newer than what the run has. */
async function look(
  workspace: Workspace,
  flags: WatchFlags,
  seen: Map<string, SeenText>,
): Promise<Locations | undefined> {
  const interrupts = listenForInterrupts(() => say('stopping'))
  try {
    const { flags: run } = runToUpdate(workspace)
    const before = inputLocations(run)
    const found = await newDumps(run, { ...flags, date: 'latest' }, { ...httpOf(workspace, interrupts.signal), seen })
    const newest = {
      ko: isNewer(found.ko, before.ko) ? found.ko : before.ko,
      en: isNewer(found.en, before.en) ? found.en : before.en,
    }
    return newest.ko === before.ko && newest.en === before.en ? undefined : newest
  } finally {
    interrupts.release()
  }
}

/** A dump without a date, such as a file by its path, is older than any that has one. */
function isNewer(found: string, before: string): boolean {
  return (dateIn(found) ?? '') > (dateIn(before) ?? '')
}

/** Settings and state do not mend by waiting; what a server says now it may say otherwise later. */
function isForAPerson({ code }: NaruError): boolean {
  return /^(?:RUN_|UPDATE_|STATE_|CONFIG_|WIKI_UNKNOWN|DISK_FULL|POSITION_NOTE)/.test(code)
}

async function rest(ms: number): Promise<void> {
  const interrupts = listenForInterrupts(() => undefined)
  try {
    await sleep(ms, undefined, { signal: interrupts.signal })
  } catch (error) {
    throw interrupts.signal.reason instanceof Interrupted ? interrupts.signal.reason : error
  } finally {
    interrupts.release()
  }
}
