/** Requests that bear with servers: limited redirects, waits that servers ask for, retries, and an end to silence. */
import { setTimeout as sleep } from 'node:timers/promises'
import { FatalError, RetryableError } from '../../runtime/errors.ts'
import type { Logger } from '../../runtime/log.ts'
import type { Settings } from './settings.ts'

export interface Http {
  readonly settings: Settings
  readonly log: Logger
  readonly signal: AbortSignal
}

const longestDelayMs = 60_000
/** The largest lists, those of enwiki, are under 2 MB. */
const longestText = 32 * 1024 * 1024

/** A server that asked for a pause. */
class BusyError extends RetryableError {
  readonly waitMs: number

  constructor(message: string, url: string, waitMs: number) {
    super('SERVER_BUSY', message, { at: { url } })
    this.waitMs = waitMs
  }
}

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
    hint: 'Check the connection and the address, then run the same command with --resume: it continues where it stopped.',
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

/** The URL without its query, which may be a signature that lets others in. */
export function shown(url: string): string {
  const { origin, pathname } = new URL(url)
  return origin + pathname
}

/**
 * One request, from the headers to the last byte. Resolves to what `read` makes of the answer (status 200, 206 or 416).
 * Throws RetryableError for what may pass, FatalError for what will not, and the signal's reason when it is aborted.
 */
export async function request<T>(
  url: string,
  headers: Readonly<Record<string, string>>,
  { settings, signal }: Http,
  read: (response: Response, body: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<T> {
  const silence = new AbortController()
  const timer = setTimeout(
    () => silence.abort(new RetryableError('STALLED', `no byte for ${settings.stallTimeoutMs} ms`)),
    settings.stallTimeoutMs,
  )
  const either = AbortSignal.any([signal, silence.signal])
  try {
    const response = await follow(new URL(url), headers, settings, either)
    return await read(
      response,
      heard(response, () => timer.refresh()),
    )
  } catch (error) {
    signal.throwIfAborted()
    if (silence.signal.aborted) throw silence.signal.reason
    throw isNetworkFailure(error) ? networkFailure(url, error) : error
  } finally {
    clearTimeout(timer)
    silence.abort()
  }
}

async function* heard(response: Response, listen: () => void): AsyncIterable<Uint8Array> {
  for await (const part of response.body ?? []) {
    listen()
    yield part
  }
}

async function follow(
  from: URL,
  headers: Readonly<Record<string, string>>,
  settings: Settings,
  signal: AbortSignal,
): Promise<Response> {
  const visited = new Set<string>()
  for (let url = from; ; ) {
    // Compressed again on the way, a byte offset would mean another place, and fetch would unpack the file.
    const asked = { 'accept-encoding': 'identity', 'user-agent': settings.userAgent, ...headers }
    const response = await fetch(url, { headers: asked, redirect: 'manual', signal })
    const location = response.headers.get('location')
    if (response.status < 300 || response.status > 399 || location === null)
      return accepted(url.href, response, settings)

    await response.body?.cancel()
    visited.add(url.href)
    if (!URL.canParse(location, url.href)) throw redirected('REDIRECT_INVALID', `redirected to ${location}`, from)
    url = new URL(location, url)
    if (!/^https?:$/.test(url.protocol)) throw redirected('REDIRECT_INVALID', `redirected to ${url.protocol}`, from)
    if (visited.has(url.href))
      throw redirected('REDIRECT_LOOP', `redirected in a circle, back to ${shown(url.href)}`, from)
    if (visited.size > settings.redirects) {
      throw redirected('REDIRECT_LIMIT', `redirected more than ${settings.redirects} times`, from)
    }
  }
}

function redirected(code: string, message: string, from: URL): FatalError {
  return new FatalError(code, message, {
    at: { url: shown(from.href) },
    hint: 'Open the address in a browser and give the one where it ends, or take another mirror.',
  })
}

async function accepted(url: string, response: Response, settings: Settings): Promise<Response> {
  const { status } = response
  const encoding = response.headers.get('content-encoding') ?? 'identity'
  if ([200, 206, 416].includes(status) && (encoding === 'identity' || status === 416)) return response
  await response.body?.cancel()
  const at = { url: shown(url) }
  if (status === 429 || status === 503) {
    throw new BusyError(`the server answers ${status}`, at.url, retryAfterMs(response.headers))
  }
  if (status === 408 || status === 425 || status >= 500) {
    throw new RetryableError('HTTP_STATUS', `the server answers ${status}`, { at })
  }
  if (status === 404 || status === 410) {
    throw new FatalError('HTTP_NOT_FOUND', `the server answers ${status}`, {
      at,
      hint: 'Check the address in a browser; old dumps are removed after some months.',
    })
  }
  if (status === 401 || status === 403) {
    throw new FatalError('HTTP_REFUSED', `the server answers ${status}`, {
      at,
      hint: `Give userAgent (now "${settings.userAgent}") an address to write to, or take another mirror.`,
    })
  }
  const message = status < 300 ? `the answer has the encoding ${encoding}` : `the server answers ${status}`
  throw new FatalError('HTTP_STATUS', message, { at, hint: 'Take another mirror.' })
}

/** Retry-After in milliseconds, ≥ 0; 0 where absent. A date is taken relative to the server's own clock. */
export function retryAfterMs(headers: Headers): number {
  const value = headers.get('retry-after')?.trim() ?? ''
  if (/^\d+$/.test(value)) return Number(value) * 1000
  const until = Date.parse(value)
  const now = Date.parse(headers.get('date') ?? '')
  return Number.isNaN(until) ? 0 : Math.max(0, until - (Number.isNaN(now) ? Date.now() : now))
}

/** fetch throws TypeError for whatever goes wrong on the wire, with the reason as its cause. */
function isNetworkFailure(error: unknown): error is TypeError {
  return error instanceof TypeError && (error.cause instanceof Error || error.message === 'terminated')
}

function networkFailure(url: string, error: TypeError): RetryableError {
  const reason = error.cause instanceof Error ? error.cause.message : error.message
  return new RetryableError('NETWORK', `the connection failed: ${reason}`, { at: { url: shown(url) }, cause: error })
}

/** A small text, or undefined where the server has none (404, 410) or does not say (403, the answer of S3). */
export async function textAt(url: URL, http: Http): Promise<string | undefined> {
  try {
    return await withRetries(url.href, http, () =>
      request(url.href, {}, http, async (response, body) => {
        const parts: Uint8Array[] = []
        let bytes = 0
        for await (const part of body) {
          bytes += part.length
          if (bytes > longestText) {
            throw new FatalError('LIST_TOO_LONG', `the list is longer than ${longestText} bytes`, {
              at: { url: shown(response.url) },
              hint: 'Is this the address of a dump?',
            })
          }
          parts.push(part)
        }
        return Buffer.concat(parts).toString('utf8')
      }),
    )
  } catch (error) {
    const isAbsent = error instanceof FatalError && (error.code === 'HTTP_NOT_FOUND' || error.code === 'HTTP_REFUSED')
    if (isAbsent) return undefined
    throw error
  }
}
