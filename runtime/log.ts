import { type Logger, pino } from 'pino'

export type { Logger }

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'

/** `err.command` is what ioredis hangs on an error: the arguments of the command that failed, AUTH among them. */
const secrets = ['password', '*.password', 'settings.*.password', 'redis', '*.redis', 'err.command', 'err.*.command']

/** JSON lines with `service` on each; to standard error in the CLI, so that standard output stays for results. */
export function createLog(service: string, level: LogLevel, destination: 1 | 2 | string = 1): Logger {
  const options = {
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: secrets, censor: '[secret]' },
  }
  const lines = pino.destination({ dest: destination, sync: true, mkdir: true })
  // On a full disk a line of the log is lost; thrown on, it would count as the fault of the event at work.
  lines.on('error', () => undefined)
  return pino(options, lines)
}
