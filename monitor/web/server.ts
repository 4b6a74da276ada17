/** The monitor's server. */
import type { AddressInfo } from 'node:net'
import fastifyStatic from '@fastify/static'
import Fastify, { type FastifyInstance } from 'fastify'
import { ConfigError, NaruError } from '../../runtime/errors.ts'
import type { LogView } from '../../runtime/log-view.ts'
import type { History } from '../history/history.ts'
import type { Sampler } from '../sampling/sampler.ts'
import { Access, cookieName, isLoopback } from './access.ts'
import { streamLooks } from './live.ts'
import { contentSecurityPolicy, indexPage, pagesFolder, vendorFile } from './pages.ts'
import { pipelineRoutes } from './pipeline-routes.ts'
import { type Sources, sourceRoutes } from './source-routes.ts'

export interface MonitorOptions {
  readonly host: string
  /** 0 takes any that is free. */
  readonly port: number
  readonly token: string | undefined
  readonly sampler: Sampler
  readonly history: History
  readonly log: LogView
  readonly sources: Sources
}

export interface MonitorServer {
  /** Address of the page. */
  readonly url: string
  close(): Promise<void>
}

/** Throws ConfigError MONITOR_OPEN and MONITOR_PORT. */
export async function serveMonitor(options: MonitorOptions): Promise<MonitorServer> {
  const { host, port, token } = options
  if (token === undefined && !isLoopback(host)) {
    throw new ConfigError('MONITOR_OPEN', `the monitor would be open to everybody who reaches ${host}`, {
      hint: 'Give it a token: --token-env NAME names the variable that holds one.',
    })
  }
  const server = Fastify({ forceCloseConnections: true })
  guard(server, new Access(token, host))
  await servePages(server)
  server.get('/api/live', (_, reply) => {
    reply.hijack()
    streamLooks(reply.raw, options.sampler)
  })
  pipelineRoutes(server, options)
  sourceRoutes(server, options.sources)
  try {
    await server.listen({ host, port })
  } catch (cause) {
    throw new ConfigError('MONITOR_PORT', `the monitor cannot listen on port ${port} of ${host}`, {
      hint: 'Give another --port; 0 takes any that is free.',
      cause,
    })
  }
  const { port: taken } = server.server.address() as AddressInfo
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}/`, close: () => server.close() }
}

/** Paths that are there before the token is given: the page that asks for it, and what probes ask. */
const openPaths = /^\/($|assets\/|vendor\/|health$|api\/session$)/
const actingMethods = ['POST', 'PUT', 'PATCH', 'DELETE']

function guard(server: FastifyInstance, access: Access): void {
  server.addHook('onRequest', async (request, reply) => {
    reply.headers({
      'content-security-policy': contentSecurityPolicy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
    })
    if (!access.isKnownHost(request)) return reply.code(421).send({ code: 'HOST_UNKNOWN' })
    const path = request.url.split('?')[0]!
    if (openPaths.test(path)) return
    if (!access.mayLook(request)) return reply.code(401).send({ code: 'TOKEN_MISSING' })
    if (actingMethods.includes(request.method) && !access.mayAct(request)) {
      return reply.code(403).send({ code: access.needsToken ? 'TOKEN_MISSING' : 'TOKEN_NOT_SET' })
    }
  })
  server.get('/health', () => ({ ok: true }))
  server.get('/api/session', (request) => ({
    needsToken: access.needsToken,
    mayLook: access.mayLook(request),
    mayAct: access.needsToken && access.mayLook(request),
  }))
  server.post<{ Body: { token?: unknown } | null }>('/api/session', (request, reply) => {
    const given = request.body?.token
    if (typeof given !== 'string' || !access.accepts(given)) return reply.code(401).send({ code: 'TOKEN_WRONG' })
    return reply
      .header('set-cookie', `${cookieName}=${access.session()}; Path=/; HttpOnly; SameSite=Strict`)
      .send({ needsToken: true, mayLook: true, mayAct: true })
  })
  server.setErrorHandler((error, _, reply) => {
    if (error instanceof NaruError) {
      const { code, message, hint } = error
      return reply.code(error instanceof ConfigError ? 404 : 500).send({ code, message, hint })
    }
    const { message, statusCode } = error as Error & { statusCode?: number }
    return reply.code(statusCode ?? 500).send({ code: 'UNEXPECTED', message })
  })
}

async function servePages(server: FastifyInstance): Promise<void> {
  await server.register(fastifyStatic, { root: pagesFolder, prefix: '/assets/', cacheControl: true, maxAge: 0 })
  server.get('/', (_, reply) =>
    reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(indexPage),
  )
  server.get<{ Params: { name: string } }>('/vendor/:name', (request, reply) => {
    const found = vendorFile(request.params.name)
    if (!found) return reply.code(404).send({ code: 'NOT_FOUND' })
    return reply.sendFile(found.file, found.folder)
  })
}
