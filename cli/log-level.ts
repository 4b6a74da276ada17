import { ConfigError } from '../runtime/errors.ts'
import type { LogLevel } from '../runtime/log.ts'

const levels: readonly LogLevel[] = ['debug', 'info', 'warn', 'error', 'silent']

/** Level of the log, from NARU_LOG_LEVEL. */
export function logLevelOf(environment: Readonly<Record<string, string | undefined>>): LogLevel {
  const name = environment.NARU_LOG_LEVEL
  if (name === undefined || name === '') return 'info'
  const level = levels.find((known) => known === name)
  if (level) return level
  throw new ConfigError('LOG_LEVEL', `NARU_LOG_LEVEL is ${name}`, { hint: `One of ${levels.join(', ')}.` })
}
