/** naru watch: looks for new dumps now and then, and brings the run to them when they are complete. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { SeenText } from '../../mirror/http.ts'
import { NaruError } from '../../runtime/errors.ts'
import type { Input } from '../../services/01-dump-downloader/settings.ts'
import { conductUpdate, type UpdateConductFlags } from '../conduct.ts'
import { Interrupted, listenForInterrupts } from '../interrupt.ts'
import { dateIn, type NewDumpFlags, newDumps, placesByLanguage } from '../new-dumps.ts'
import { print, printJsonLine, say } from '../print.ts'
import { inputsOf } from '../run-record.ts'
import { runToUpdate } from '../update-intent.ts'
import { pauseBefore } from '../watch-pauses.ts'
import { type Workspace, workspaceOf } from '../workspace.ts'
import { httpOf } from './update.ts'

export interface WatchFlags extends UpdateConductFlags, NewDumpFlags {
  /** Hours. */
  readonly every: number
  readonly once?: boolean
}

/** What became of a look. */
type Outcome =
  | { readonly found: null }
  | { readonly found: Readonly<Record<string, string>>; readonly state: 'updating' | 'updated' }
  | { readonly code: string; readonly message: string }

/** Ends by ctrl-C, or with --once after the first look. A look that fails is made again later, ever more seldom. */
export async function watch(flags: WatchFlags): Promise<void> {
  const workspace = workspaceOf(flags.out)
  runToUpdate(workspace)
  const seen = new Map<string, SeenText>()
  for (let failures = 0; ; ) {
    try {
      const found = await look(workspace, flags, seen)
      failures = 0
      if (found === undefined) tell({ found: null }, flags)
      else {
        const places = placesByLanguage(found)
        tell({ found: places, state: 'updating' }, flags)
        await conductUpdate(found, flags, say)
        tell({ found: places, state: 'updated' }, flags)
      }
    } catch (error) {
      if (flags.once || !(error instanceof NaruError) || isForAPerson(error)) throw error
      failures++
      tell({ code: error.code, message: error.message }, flags)
    }
    if (flags.once) return
    await rest(pauseBefore(failures, flags.every, Math.random()))
  }
}

/** A failure is for standard error where words are told, and one of the lines where JSON is. */
function tell(outcome: Outcome, { json, quiet }: WatchFlags): void {
  const at = new Date().toISOString()
  if (json) printJsonLine({ at, ...outcome })
  else if ('code' in outcome) say(`${at} ${outcome.code}: ${outcome.message}`)
  else if (!quiet) print(`${at} ${wordsFor(outcome)}`)
}

function wordsFor(outcome: Exclude<Outcome, { code: string }>): string {
  if (outcome.found === null) return 'no new dump is complete'
  const { found, state } = outcome
  return state === 'updating' ? `updating to ${Object.values(found).join(' and ')}` : 'updated'
}

/** The dumps to go on with; undefined where nothing is newer than what the run has. */
async function look(
  workspace: Workspace,
  flags: WatchFlags,
  seen: Map<string, SeenText>,
): Promise<readonly Input[] | undefined> {
  const interrupts = listenForInterrupts(() => say('stopping'))
  try {
    const before = inputsOf(runToUpdate(workspace))
    const found = await newDumps(
      before,
      { ...flags, date: 'latest' },
      { ...httpOf(workspace, interrupts.signal), seen },
    )
    const newest = before.map((input, at) => (isNewer(found[at]!, input) ? found[at]! : input))
    return newest.every((input, at) => input === before[at]) ? undefined : newest
  } finally {
    interrupts.release()
  }
}

/** A dump without a date, such as a file by its path, is older than any that has one. */
function isNewer(found: Input, before: Input): boolean {
  return (dateIn(found.location) ?? '') > (dateIn(before.location) ?? '')
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
