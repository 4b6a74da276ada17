/** Turns what the client throws into errors that say what to do. */
import { errors } from '@opensearch-project/opensearch'
import { z } from 'zod'
import { ConfigError, FatalError, NaruError, RetryableError } from '../runtime/errors.ts'

const reasonShape = z.looseObject({
  error: z.union([
    z.string(),
    z.looseObject({
      type: z.string().optional(),
      reason: z.string().nullish(),
      caused_by: z.looseObject({ reason: z.string().nullish() }).optional(),
    }),
  ]),
})

/** The cluster's own words for a refusal. */
export function reasonOf(body: unknown): string {
  const read = reasonShape.safeParse(body)
  if (!read.success) return typeof body === 'string' ? body.slice(0, 300) : 'no reason was given'
  const { error } = read.data
  if (typeof error === 'string') return error
  return [error.type, error.reason, error.caused_by?.reason].filter(Boolean).join(': ')
}

/** A refusal by its status. The client's own error is never passed on: it holds the request, and with it the password. */
export class ClusterAnswer extends Error {
  readonly status: number

  constructor(status: number, reason: string) {
    super(`${status}: ${reason}`)
    this.name = 'ClusterAnswer'
    this.status = status
  }
}

/** Answers that pass by themselves: too many requests, a node that is starting or full at the moment, a gateway between. */
export const passingStatuses: ReadonlySet<number> = new Set([429, 502, 503, 504])

/** What Node and OpenSSL say where TLS fails, which no further try will mend, and what to do about it. */
const tlsHints: readonly (readonly [RegExp, string])[] = [
  [
    /self.signed certificate|unable to (verify|get) .*(certificate|issuer)/i,
    'The authority of the certificate is not trusted here: NARU_OPENSEARCH_CA names a PEM file with it.',
  ],
  [/certificate (has expired|is not yet valid)/, "The cluster's certificate must be renewed, or a clock is wrong."],
  [/does not match certificate/, 'Ask by a name that the certificate has.'],
  [
    /alert (certificate required|bad certificate|unknown ca|handshake failure)/i,
    "The cluster wants a certificate of who asks: NARU_OPENSEARCH_CERT and NARU_OPENSEARCH_KEY name PEM files, which the cluster's authority has signed.",
  ],
  [
    /wrong version number|packet length too long|record layer failure/i,
    'Does the cluster speak TLS there? If not: http://.',
  ],
]

export function opensearchFailure(error: unknown, url: string, doing: string): NaruError {
  if (error instanceof NaruError) return error
  const at = { url }
  if (error instanceof errors.ResponseError) {
    const { statusCode, body } = error
    const reason = reasonOf(body)
    const cause = new ClusterAnswer(statusCode, reason)
    if (passingStatuses.has(statusCode)) {
      return new RetryableError('OPENSEARCH_BUSY', `${doing} was put off (${statusCode}): ${reason}`, { at, cause })
    }
    if (statusCode === 401 || statusCode === 403) {
      return new ConfigError('OPENSEARCH_DENIED', `${doing} was denied (${statusCode}): ${reason}`, {
        at,
        hint: 'NARU_OPENSEARCH_USERNAME and NARU_OPENSEARCH_PASSWORD say who asks; docs/opensearch.md lists the rights.',
        cause,
      })
    }
    return new FatalError('OPENSEARCH_REFUSED', `${doing} was refused (${statusCode}): ${reason}`, { at, cause })
  }
  if (error instanceof errors.ConnectionError) {
    const hint = tlsHints.find(([said]) => said.test(error.message))?.[1]
    if (hint !== undefined) {
      return new ConfigError('OPENSEARCH_TLS', `no connection for ${doing}: ${error.message.trim()}`, { at, hint })
    }
  }
  if (
    error instanceof errors.ConnectionError ||
    error instanceof errors.TimeoutError ||
    error instanceof errors.NoLivingConnectionsError
  ) {
    return new RetryableError('OPENSEARCH_UNREACHABLE', `the cluster did not answer ${doing}: ${error.message}`, {
      at,
      hint: 'naru opensearch up starts one here; --url or NARU_OPENSEARCH_URL names another, with https:// where it speaks TLS.',
    })
  }
  return new FatalError('OPENSEARCH_ANSWER', `${doing} got ${error instanceof Error ? error.message : String(error)}`, {
    at,
    hint: 'Is it an OpenSearch, 2.19 or newer?',
  })
}
