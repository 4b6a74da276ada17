/** Exit codes: 0 done, 1 failed, 2 asked for something that cannot be, 130 ctrl-C, 143 terminated. */
import { CommanderError } from 'commander'
import { ConfigError, explain } from '../runtime/errors.ts'
import { Interrupted } from './interrupt.ts'

/** The exit code for what ended a command; says it on standard error where commander has not. */
export function exitCodeOf(error: unknown, say: (text: string) => void): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (error instanceof Interrupted) return error.exitCode
  say(explain(error))
  return error instanceof ConfigError ? 2 : 1
}
