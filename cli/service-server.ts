/** What a service answers over HTTP: Prometheus's figures, and to the probes of Docker and Kubernetes how it is. */
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { ConfigError } from '../runtime/errors.ts'
import { registry } from '../runtime/metrics.ts'

export interface ServiceServerOptions {
  /** 0 for any that is free. */
  readonly port: number
  /** Address to listen on. Containers listen on all of theirs; whoever runs naru by hand wants the loopback. */
  readonly host: string
  /** Whether the service is connected and has taken over what its group gave it. */
  readonly ready: () => boolean
}

interface Answer {
  readonly status: number
  readonly type: string
  readonly body: string
}

/**
 * GET /metrics, /health/live (the event loop still moves, or nobody answers) and /health/ready (200, otherwise 503).
 * Throws ConfigError METRICS_PORT where the port cannot be had.
 */
export async function serveService({ port, host, ready }: ServiceServerOptions): Promise<Server> {
  const text = (status: number, body: string): Answer => ({ status, type: 'text/plain', body: `${body}\n` })
  const answers = new Map<string, () => Answer | Promise<Answer>>([
    ['/metrics', async () => ({ status: 200, type: registry.contentType, body: await registry.metrics() })],
    ['/health/live', () => text(200, 'live')],
    ['/health/ready', () => (ready() ? text(200, 'ready') : text(503, 'not in its group yet'))],
  ])
  const answer = async (path = ''): Promise<Answer> =>
    (await answers.get(path)?.()) ?? text(404, `here are ${[...answers.keys()].join(', ')}`)
  const server = createServer((request, response) => {
    answer(request.url).then(
      ({ status, type, body }) => response.writeHead(status, { 'content-type': type }).end(body),
      (error: unknown) => response.writeHead(500).end(String(error)),
    )
  })
  const listening = once(server, 'listening')
  server.listen(port, host)
  try {
    await listening
  } catch (cause) {
    throw new ConfigError('METRICS_PORT', `metrics cannot be served on ${host}, port ${port}`, {
      hint: 'Give another --metrics-port; 0 takes any that is free.',
      cause,
    })
  }
  return server
}
