/** Why the answer of a server is of no use, and what is to be done about it. */
import { FatalError, RetryableError } from '../runtime/errors.ts'
import { credentialFaults, type S3Access, s3CodeOf, s3PlaceOf } from './s3.ts'
import type { TransferSettings } from './settings.ts'

/** The URL without its query, which may be a signature that lets others in. */
export function shown(url: string): string {
  const { protocol, host, pathname } = new URL(url)
  return `${protocol}//${host}${pathname}`
}

/** An answer up to its body; `url` is the address after all redirects. */
export interface Answer {
  readonly url: string
  readonly status: number
  readonly headers: Headers
}

/** A server that asked for a pause. */
export class BusyError extends RetryableError {
  readonly waitMs: number

  constructor(message: string, url: string, waitMs: number) {
    super('SERVER_BUSY', message, { at: { url } })
    this.waitMs = waitMs
  }
}

/** Why an answer is of no use; undefined where it is. Reads the body of a bucket's refusal, which says more. */
export async function refusalOf(
  answer: Answer,
  body: AsyncIterable<Uint8Array>,
  { settings, s3 }: { readonly settings: TransferSettings; readonly s3: S3Access },
): Promise<Error | undefined> {
  const isBucket = answer.status >= 300 && s3PlaceOf(new URL(answer.url), s3) !== undefined
  const ofBucket = isBucket ? bucketRefusalOf(answer, await s3Code(body), s3) : undefined
  return ofBucket ?? plainRefusalOf(answer, settings)
}

function plainRefusalOf({ url, status, headers }: Answer, { userAgent }: TransferSettings): Error | undefined {
  const encoding = headers.get('content-encoding') ?? 'identity'
  if ([200, 206, 416].includes(status) && (encoding === 'identity' || status === 416)) return undefined
  const at = { url: shown(url) }
  if (status === 429 || status === 503) {
    return new BusyError(`the server answers ${status}`, at.url, retryAfterMs(headers))
  }
  if (status === 408 || status === 425 || status >= 500) {
    return new RetryableError('HTTP_STATUS', `the server answers ${status}`, { at })
  }
  if (status === 404 || status === 410) {
    return new FatalError('HTTP_NOT_FOUND', `the server answers ${status}`, {
      at,
      hint: 'Check the address in a browser; old dumps are removed after some months.',
    })
  }
  if (status === 401 || status === 403) {
    return new FatalError('HTTP_REFUSED', `the server answers ${status}`, {
      at,
      hint: `Give userAgent (now "${userAgent}") an address to write to, or take another mirror.`,
    })
  }
  const message = status < 300 ? `the answer has the encoding ${encoding}` : `the server answers ${status}`
  return new FatalError('HTTP_STATUS', message, { at, hint: 'Take another mirror.' })
}

const longestRefusal = 16 * 1024

/** The code that S3 gives with a refusal; a body that has none, or goes on for ever, is let be. */
async function s3Code(body: AsyncIterable<Uint8Array>): Promise<string | undefined> {
  let text = ''
  for await (const part of body) {
    text += Buffer.from(part).toString('latin1')
    if (text.length > longestRefusal) break
  }
  return s3CodeOf(text)
}

/** What S3 says more plainly than its status does. */
function bucketRefusalOf({ url, status, headers }: Answer, code: string | undefined, s3: S3Access): Error | undefined {
  const at = { url: shown(url) }
  if (code !== undefined && credentialFaults.has(code)) {
    return new FatalError('S3_CREDENTIALS', `the bucket's server answers ${code}`, {
      at,
      hint: `Check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_REGION (now ${s3.region}) and this machine's clock.`,
    })
  }
  if (status === 301 || code === 'PermanentRedirect') {
    const region = headers.get('x-amz-bucket-region')
    return new FatalError('S3_REGION', 'the bucket lies in another region', {
      at,
      hint: `Set AWS_REGION to ${region ?? "the bucket's region"} (now ${s3.region}).`,
    })
  }
  if (code === 'AccessDenied') {
    return new FatalError('HTTP_REFUSED', 'the bucket does not allow this', {
      at,
      hint:
        s3.credentials === undefined
          ? 'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or take another mirror.'
          : `The key ${s3.credentials.accessKeyId} may not read this: ask for s3:GetObject and s3:ListBucket.`,
    })
  }
  return undefined
}

/** Retry-After in milliseconds, ≥ 0; 0 where absent. A date is taken relative to the server's own clock. */
export function retryAfterMs(headers: Headers): number {
  const value = headers.get('retry-after')?.trim() ?? ''
  if (/^\d+$/.test(value)) return Number(value) * 1000
  const until = Date.parse(value)
  const now = Date.parse(headers.get('date') ?? '')
  return Number.isNaN(until) ? 0 : Math.max(0, until - (Number.isNaN(now) ? Date.now() : now))
}
