/** Stands between naru and a node: with TLS and a login, which the node of the tests has not, and with faults at will. */
import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { TlsOptions } from 'node:tls'

/**
 * A status: the answer, and the node is not asked. reset: the connection ends before the node is asked; lost: after it has done
 * what it was asked for; cut: in the middle of its answer.
 */
export type Fault = number | 'reset' | 'lost' | 'cut'

export interface ProxyOptions {
  readonly upstream: string
  readonly tls?: TlsOptions
  /** `user:password`. */
  readonly login?: string
  /** What goes wrong with the request of this number, from 0, among those to this path; nothing where undefined. */
  readonly fault?: (path: string, number: number) => Fault | undefined
  /** Awaited before a request goes on. */
  readonly hold?: (path: string) => Promise<void>
}

export interface OpenProxy {
  readonly url: string
  close(): Promise<void>
}

export async function openProxy(options: ProxyOptions): Promise<OpenProxy> {
  const counts = new Map<string, number>()
  const answer = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    const path = new URL(incoming.url ?? '/', options.upstream).pathname
    const number = counts.get(path) ?? 0
    counts.set(path, number + 1)
    pass(incoming, outgoing, options, path, options.fault?.(path, number)).catch(() => outgoing.destroy())
  }
  const server = options.tls ? createTlsServer(options.tls, answer) : createServer(answer)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const close = async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
  return { url: `${options.tls ? 'https' : 'http'}://127.0.0.1:${port}`, close }
}

async function pass(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { upstream, login, hold }: ProxyOptions,
  path: string,
  fault: Fault | undefined,
): Promise<void> {
  const body = Buffer.concat(await incoming.toArray())
  await hold?.(path)
  if (login !== undefined && incoming.headers.authorization !== `Basic ${Buffer.from(login).toString('base64')}`) {
    outgoing.writeHead(401, { 'content-type': 'text/plain' }).end('Unauthorized')
    return
  }
  if (typeof fault === 'number') {
    const error = { error: { type: 'made_by_the_proxy', reason: 'too much at once' }, status: fault }
    outgoing.writeHead(fault, { 'content-type': 'application/json' }).end(JSON.stringify(error))
    return
  }
  if (fault === 'reset') {
    incoming.socket.destroy()
    return
  }
  const { status, headers, bytes } = await ask(upstream, incoming, body)
  if (fault === 'lost') {
    incoming.socket.destroy()
    return
  }
  outgoing.writeHead(status, headers)
  if (fault === 'cut') {
    outgoing.write(bytes.subarray(0, bytes.length / 2), () => incoming.socket.destroy())
    return
  }
  outgoing.end(bytes)
}

async function ask(upstream: string, { method, url, headers }: IncomingMessage, body: Buffer) {
  const { authorization, connection, ...passed } = headers
  const onward = request(new URL(url ?? '/', upstream), { method: method ?? 'GET', headers: passed, agent: false })
  onward.end(body)
  const [answer] = (await once(onward, 'response')) as [IncomingMessage]
  const { 'transfer-encoding': _, connection: __, ...answerHeaders } = answer.headers
  const bytes = Buffer.concat(await answer.toArray())
  return { status: answer.statusCode ?? 502, headers: { ...answerHeaders, 'content-length': bytes.length }, bytes }
}
