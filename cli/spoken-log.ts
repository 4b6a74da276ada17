/** What transfers tell of themselves, said to people. */
import type { TransferLog } from '../mirror/http.ts'
import { logLevelOf } from './log-level.ts'
import { say } from './print.ts'

/** Warnings as words on standard error; the rest only where NARU_LOG_LEVEL asks for it. */
export function spokenLog(quiet: boolean): TransferLog {
  const level = process.env.NARU_LOG_LEVEL === undefined ? 'warn' : logLevelOf(process.env)
  const speak = (heard: readonly string[]) => (fields: object, message: string) => {
    if (quiet || !heard.includes(level)) return
    say(
      `${message}: ${Object.entries(fields)
        .map(([name, value]) => `${name} ${String(value)}`)
        .join(', ')}`,
    )
  }
  return { debug: speak(['debug']), info: speak(['debug', 'info']), warn: speak(['debug', 'info', 'warn']) }
}
