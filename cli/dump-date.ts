import { ConfigError } from '../runtime/errors.ts'

/** The date of a dump as its folder has it: 2026-09-01 → 20260901; latest stays. Throws ConfigError DATE_INVALID. */
export function dumpDate(text: string): string {
  const date = /^(?:latest|\d{8})$/.exec(text.replace(/^(\d{4})-(\d{2})-(\d{2})$/, '$1$2$3'))?.[0]
  if (date !== undefined) return date
  throw new ConfigError('DATE_INVALID', `${text} is no date of a dump`, { hint: 'Such as 20260901, or latest.' })
}
