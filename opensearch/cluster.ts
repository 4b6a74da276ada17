/** A cluster of OpenSearch as the rest of this folder asks it: JSON over its REST interface, answers checked, failures named. */
import { X509Certificate } from 'node:crypto'
import { createSecureContext } from 'node:tls'
import { Client } from '@opensearch-project/opensearch'
import type { z } from 'zod'
import { type Environment, tlsFilesFrom } from '../runtime/credentials.ts'
import { ConfigError, NaruError } from '../runtime/errors.ts'
import { ClusterAnswer, opensearchFailure } from './failures.ts'

export type Method = 'GET' | 'PUT' | 'POST' | 'DELETE' | 'HEAD'

export interface Ask {
  readonly body?: object | string | Buffer
  readonly query?: Readonly<Record<string, string | number | boolean>>
  /** Longest wait for the answer; the cluster's own default is a minute. */
  readonly timeoutMs?: number
}

export interface Cluster {
  /** Without user and password, for logs and messages. */
  readonly url: string
  /** The answer, checked. Throws RetryableError, ConfigError and FatalError OPENSEARCH_…, with the cluster's own reason. */
  ask<S extends z.ZodType>(shape: S, method: Method, path: string, ask?: Ask): Promise<z.output<S>>
  /** The same where what is asked for may not be there. */
  find<S extends z.ZodType>(shape: S, method: Method, path: string, ask?: Ask): Promise<z.output<S> | undefined>
  /** Like `ask` for newline-delimited bodies. */
  askLines<S extends z.ZodType>(shape: S, path: string, lines: string, ask?: Omit<Ask, 'body'>): Promise<z.output<S>>
  close(): Promise<void>
}

export const defaultUrl = 'http://127.0.0.1:9200'
const requestTimeoutMs = 60_000

/**
 * Where and as whom: `url` < NARU_OPENSEARCH_URL < the node that `naru opensearch up` starts. Credentials come from the
 * environment only (NARU_OPENSEARCH_USERNAME, _PASSWORD), so that no shell history and no process list has them, and so does
 * what TLS needs (_CA, _CERT, _KEY: files of PEM; _INSECURE=1 takes any certificate). Nothing is asked of the cluster yet.
 */
export function openCluster(url: string | undefined, environment: Environment): Cluster {
  const { node, auth } = addressOf(url ?? environment.NARU_OPENSEARCH_URL ?? defaultUrl, environment)
  const client = new Client({
    node: node.href,
    ...(auth ? { auth } : {}),
    ...(node.protocol === 'https:' ? { ssl: tlsOf(environment) } : {}),
    requestTimeout: requestTimeoutMs,
    // Who asks decides what is tried again: a bulk request, for one, only in its failed parts.
    maxRetries: 0,
  })
  const shown = node.origin + node.pathname.replace(/\/$/, '')
  const send = async (method: Method, path: string, { query, timeoutMs }: Ask, body: object): Promise<unknown> => {
    try {
      const answer = await client.transport.request(
        { method, path, ...(query ? { querystring: { ...query } } : {}), ...body },
        { requestTimeout: timeoutMs ?? requestTimeoutMs },
      )
      return answer.body
    } catch (error) {
      throw opensearchFailure(error, shown, `${method} ${path.split('?')[0]}`)
    }
  }
  const checked = <S extends z.ZodType>(shape: S, path: string, answer: unknown): z.output<S> => {
    const read = shape.safeParse(answer)
    if (read.success) return read.data
    throw opensearchFailure(new Error(`an answer that is not understood: ${read.error.message}`), shown, path)
  }
  const ask: Cluster['ask'] = async (shape, method, path, ask = {}) =>
    checked(shape, path, await send(method, path, ask, ask.body === undefined ? {} : { body: ask.body }))
  return {
    url: shown,
    ask,
    find: async (shape, method, path, request) => {
      try {
        return await ask(shape, method, path, request)
      } catch (error) {
        if (isMissing(error)) return undefined
        throw error
      }
    },
    askLines: async (shape, path, lines, request = {}) =>
      checked(shape, path, await send('POST', path, request, { bulkBody: lines })),
    close: () => client.close(),
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof NaruError && error.cause instanceof ClusterAnswer && error.cause.status === 404
}

function addressOf(text: string, environment: Environment) {
  let node: URL
  try {
    node = new URL(text)
  } catch (cause) {
    throw new ConfigError('OPENSEARCH_URL', 'the address of the cluster is no URL', {
      hint: `Such as ${defaultUrl}.`,
      cause,
    })
  }
  if (!/^https?:$/.test(node.protocol) || node.username !== '' || node.password !== '') {
    throw new ConfigError('OPENSEARCH_URL', 'the address of the cluster must be http:// or https://, without a user', {
      hint: 'Credentials go into NARU_OPENSEARCH_USERNAME and NARU_OPENSEARCH_PASSWORD.',
    })
  }
  const { NARU_OPENSEARCH_USERNAME: username, NARU_OPENSEARCH_PASSWORD: password } = environment
  if (username === undefined) return { node }
  if (password === undefined) {
    throw new ConfigError('OPENSEARCH_CREDENTIALS', 'NARU_OPENSEARCH_USERNAME is set, NARU_OPENSEARCH_PASSWORD is not')
  }
  return { node, auth: { username, password } }
}

function tlsOf(environment: Environment) {
  const files = tlsFilesFrom(environment, 'NARU_OPENSEARCH')
  try {
    for (const certificate of [files.ca, files.cert]) if (certificate) new X509Certificate(certificate)
    createSecureContext(files)
  } catch (cause) {
    throw new ConfigError(
      'OPENSEARCH_CREDENTIALS',
      'what NARU_OPENSEARCH_CA, _CERT and _KEY name does not fit together',
      {
        hint: 'Each is a file of PEM, and the key is that of the certificate, without a passphrase.',
        cause,
      },
    )
  }
  return { ...files, rejectUnauthorized: environment.NARU_OPENSEARCH_INSECURE !== '1' }
}
