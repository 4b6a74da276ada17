/**
 * Errors by what is to be done about them. The class says what the caller does, the code what happened, `at` where,
 * and the hint what a person can try. Codes are listed in docs/reference/errors.md, which is derived from where they are raised.
 */

/** Where something went wrong; every field that is known is given. */
export interface Place {
  readonly file?: string
  /** Byte offset in the file as it lies on disk. */
  readonly byteOffset?: number
  readonly wiki?: string
  readonly pageId?: number
  readonly title?: string
  readonly line?: number
  readonly service?: string
  readonly topic?: string
  readonly partition?: number
  readonly offset?: string
  readonly url?: string
}

export interface ErrorDetails {
  readonly at?: Place
  readonly hint?: string
  readonly cause?: unknown
}

/** Root of every error that naru throws on purpose. */
export abstract class NaruError extends Error {
  /** Upper-case constant such as `BZ2_TRUNCATED`. */
  readonly code: string
  readonly at: Place
  readonly hint: string | undefined

  constructor(code: string, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.name = new.target.name
    this.code = code
    this.at = details.at ?? {}
    this.hint = details.hint
  }
}

/** A passing fault (network, broker, lock): the caller backs off and tries again. */
export class RetryableError extends NaruError {}

/** This one event cannot be processed, now or later: it goes to the dead-letter topic and work goes on. */
export class BadEventError extends NaruError {}

/** The user asked for something that cannot be: the process stops before any work, with the hint. */
export class ConfigError extends NaruError {}

/** The job cannot go on: the process stops with exit code 1; what was committed stays and `--resume` continues. */
export class FatalError extends NaruError {}

/** `file dump.xml.bz2, byte 1024, page 5 "서울"`: the known parts of a place in a fixed order. */
export function describePlace(at: Place): string {
  const parts = [
    at.service && `service ${at.service}`,
    at.topic && `${at.topic}-${at.partition ?? '?'}@${at.offset ?? '?'}`,
    at.url && `url ${at.url}`,
    at.file && `file ${at.file}`,
    at.line !== undefined && `line ${at.line}`,
    at.byteOffset !== undefined && `byte ${at.byteOffset}`,
    at.wiki && at.wiki,
    at.pageId !== undefined && `page ${at.pageId}`,
    at.title !== undefined && `"${at.title}"`,
  ]
  return parts.filter(Boolean).join(', ')
}

/** What a person reads: message, place, hint and where more is said, one line each. */
export function explain(error: unknown): string {
  if (!(error instanceof NaruError)) return error instanceof Error ? (error.stack ?? error.message) : String(error)
  const place = describePlace(error.at)
  return [
    `${error.code}: ${error.message}`,
    place && `  at    ${place}`,
    error.hint && `  hint  ${error.hint}`,
    error.cause instanceof Error && error.cause.message !== error.message && `  cause ${error.cause.message}`,
    `  docs  docs/reference/errors.md#${error.code.toLowerCase()}`,
  ]
    .filter(Boolean)
    .join('\n')
}
