import { type Logger, pino } from 'pino'

export type { Logger }

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'

/** JSON lines with `service` on each; to standard error in the CLI, so that standard output stays for results. */
export function createLog(service: string, level: LogLevel, destination: 1 | 2 | string = 1): Logger {
  const options = {
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: ['password', '*.password', 'settings.*.password', 'redis', '*.redis'], censor: '[secret]' },
  }
  return pino(options, pino.destination({ dest: destination, sync: true, mkdir: true }))
}
