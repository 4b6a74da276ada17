/** Requests that bear with servers: limited redirects, waits that servers ask for, retries, and an end to silence. */
import { setTimeout as sleep } from 'node:timers/promises'
import { request as ask, errors } from 'undici'
import { FatalError, RetryableError } from '../runtime/errors.ts'
import { isInternal, type Resolve, resolveHost } from './destinations.ts'
import { type Answer, BusyError, refusalOf, shown } from './refusals.ts'
import { type S3Access, signatureFor, webAddressOf } from './s3.ts'
import type { TransferSettings } from './settings.ts'

/** What is said while files are fetched: a constant message, and fields with units. */
export interface TransferLog {
  debug(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
}

export interface Http {
  readonly settings: TransferSettings
  readonly s3: S3Access
  readonly log: TransferLog
  readonly signal: AbortSignal
  /** Sent to this origin alone: a redirect to a store elsewhere must not carry it on. */
  readonly bearer?: { readonly origin: string; readonly token: string }
  /** Texts by URL as they were last seen: a server is then asked for them only where they have changed. */
  readonly seen?: Map<string, SeenText>
  /** Addresses of hosts, by default as the system has them. */
  readonly resolve?: Resolve
}

export interface SeenText {
  readonly text: string
  /** If-None-Match and If-Modified-Since, as far as the server gave what they need. */
  readonly validators: Readonly<Record<string, string>>
}

const longestDelayMs = 60_000
/** The largest lists, those of enwiki, are under 2 MB. */
const longestText = 32 * 1024 * 1024

/**
 * Tries until `attempt` succeeds. Only failures in a row count: after `progressed` was called the count begins again.
 * Throws FatalError DOWNLOAD_FAILED with the last failure, or what `attempt` throws beside RetryableError.
 */
export async function withRetries<T>(
  url: string,
  { settings, log, signal }: Http,
  attempt: (progressed: () => void) => Promise<T>,
): Promise<T> {
  let failures = 0
  for (;;) {
    try {
      return await attempt(() => {
        failures = 0
      })
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof RetryableError)) throw error
      if (++failures > settings.retries) throw givenUp(url, failures, error)
      const delayMs = Math.min(settings.retryDelayMs * 2 ** (failures - 1), longestDelayMs)
      const waitMs = error instanceof BusyError ? Math.max(error.waitMs, delayMs) : delayMs
      if (waitMs > Math.max(settings.longestRetryAfterSeconds * 1000, delayMs)) throw givenUp(url, failures, error)
      log.warn({ url: shown(url), code: error.code, reason: error.message, failures, waitMs }, 'request is tried again')
      await pause(waitMs, signal)
    }
  }
}

function givenUp(url: string, failures: number, cause: RetryableError): FatalError {
  return new FatalError('DOWNLOAD_FAILED', `given up after ${failures} failures in a row: ${cause.message}`, {
    at: { url: shown(url) },
    hint: 'Check the connection and the address, then run the same command again (naru run: with --resume): it continues where it stopped.',
    cause,
  })
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal })
  } catch (error) {
    signal.throwIfAborted()
    throw error
  }
}

/**
 * One request, from the headers to the last byte. Resolves to what `read` makes of the answer (status 200, 206 or 416).
 * Throws RetryableError for what may pass, FatalError for what will not, and the signal's reason when it is aborted.
 * It does not use fetch, whose bodies stay pending for ever when they are aborted half way
 * (https://github.com/nodejs/node/issues/56917).
 */
export async function request<T>(
  url: string,
  headers: Readonly<Record<string, string>>,
  http: Http,
  read: (answer: Answer, body: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<T> {
  try {
    const { answer, body } = await follow(webAddressOf(new URL(url), http.s3), headers, http)
    return await read(answer, body)
  } catch (error) {
    http.signal.throwIfAborted()
    throw isNetworkFailure(error) ? networkFailure(url, error, http.settings) : error
  }
}

type Body = Awaited<ReturnType<typeof ask>>['body']

async function follow(
  from: URL,
  headers: Readonly<Record<string, string>>,
  { settings, s3, signal, bearer, resolve = resolveHost }: Http,
): Promise<{ answer: Answer; body: Body }> {
  const visited = new Set<string>()
  const patience = { headersTimeout: settings.stallTimeoutMs, bodyTimeout: settings.stallTimeoutMs }
  for (let url = from; ; ) {
    // Compressed again on the way, a byte offset would mean another place.
    const plain = { 'accept-encoding': 'identity', 'user-agent': settings.userAgent, ...headers }
    const signature = await signatureFor(url, s3)
    const authorization = bearer?.origin === url.origin ? { authorization: `Bearer ${bearer.token}` } : {}
    const asked = { ...plain, ...signature, ...authorization }
    const { statusCode, headers: fields, body } = await ask(url, { headers: asked, signal, ...patience })
    const answer = { url: url.href, status: statusCode, headers: headersOf(fields) }
    const location = answer.headers.get('location')
    if (statusCode === 304) return { answer, body }
    if (statusCode < 300 || statusCode > 399 || location === null) {
      const refusal = await refusalOf(answer, body, { settings, s3 })
      if (refusal === undefined) return { answer, body }
      discard(body)
      throw refusal
    }
    discard(body)
    visited.add(url.href)
    if (!URL.canParse(location, url.href)) throw redirected('REDIRECT_INVALID', `redirected to ${location}`, from)
    url = new URL(location, url)
    if (!/^https?:$/.test(url.protocol)) throw redirected('REDIRECT_INVALID', `redirected to ${url.protocol}`, from)
    if (url.host !== from.host && (await isInternal(url, resolve)) && !(await isInternal(from, resolve))) {
      throw redirected('REDIRECT_INTERNAL', `redirected into our own network, to ${url.host}`, from)
    }
    if (visited.has(url.href))
      throw redirected('REDIRECT_LOOP', `redirected in a circle, back to ${shown(url.href)}`, from)
    if (visited.size > settings.redirects) {
      throw redirected('REDIRECT_LIMIT', `redirected more than ${settings.redirects} times`, from)
    }
  }
}

function headersOf(fields: Readonly<Record<string, string | string[] | undefined>>): Headers {
  return new Headers(
    Object.entries(fields).flatMap(([name, value]) => [value ?? []].flat().map((one): [string, string] => [name, one])),
  )
}

/** Closes the connection: a body that nobody wants may be as long as a dump. */
function discard(body: Body): void {
  body.on('error', () => undefined)
  body.destroy()
}

function redirected(code: string, message: string, from: URL): FatalError {
  return new FatalError(code, message, {
    at: { url: shown(from.href) },
    hint: 'Open the address in a browser and give the one where it ends, or take another mirror.',
  })
}

/** Failures of the protocol are undici's; those of sockets and name lookups are node's and name their system call. */
function isNetworkFailure(error: unknown): error is Error {
  return error instanceof errors.UndiciError || (error instanceof Error && 'syscall' in error && !('path' in error))
}

function networkFailure(url: string, error: Error, { stallTimeoutMs }: TransferSettings): RetryableError {
  const context = { at: { url: shown(url) }, cause: error }
  const isSilence = error instanceof errors.HeadersTimeoutError || error instanceof errors.BodyTimeoutError
  return isSilence
    ? new RetryableError('STALLED', `no byte for ${stallTimeoutMs} ms`, context)
    : new RetryableError('NETWORK', `the connection failed: ${error.message}`, context)
}

function validatorsOf({ headers }: Answer): Record<string, string> {
  const [tag, modified] = [headers.get('etag'), headers.get('last-modified')]
  return { ...(tag && { 'if-none-match': tag }), ...(modified && { 'if-modified-since': modified }) }
}

/** A small text, or undefined where the server has none (404, 410) or does not say (403, the answer of S3). */
export async function textAt(url: URL, http: Http): Promise<string | undefined> {
  try {
    return await withRetries(url.href, http, () => {
      const seen = http.seen?.get(url.href)
      return request(url.href, seen?.validators ?? {}, http, async (answer, body) => {
        if (answer.status === 304 && seen) {
          for await (const part of body) void part
          return seen.text
        }
        const parts: Uint8Array[] = []
        let bytes = 0
        for await (const part of body) {
          bytes += part.length
          if (bytes > longestText) {
            throw new FatalError('LIST_TOO_LONG', `the list is longer than ${longestText} bytes`, {
              at: { url: shown(answer.url) },
              hint: 'Is this the address of a dump?',
            })
          }
          parts.push(part)
        }
        const text = Buffer.concat(parts).toString('utf8')
        http.seen?.set(url.href, { text, validators: validatorsOf(answer) })
        return text
      })
    })
  } catch (error) {
    const isAbsent = error instanceof FatalError && (error.code === 'HTTP_NOT_FOUND' || error.code === 'HTTP_REFUSED')
    if (isAbsent) return undefined
    throw error
  }
}
