/** What the page asks of topics, groups, dead letters and history. */
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { ConfigError } from '../../runtime/errors.ts'
import type { LogView } from '../../runtime/log-view.ts'
import { type ServiceId, serviceIds, type TopicName, topicNames } from '../../topology.ts'
import { deadLettersOf } from '../browse/dead-letters.ts'
import { searchEvents } from '../browse/event-search.ts'
import { groupsOf } from '../browse/groups.ts'
import { eventsOf, topicPage } from '../browse/topics.ts'
import type { History } from '../history/history.ts'
import type { Sampler } from '../sampling/sampler.ts'

interface Watched {
  readonly sampler: Sampler
  readonly history: History
  readonly log: LogView
}

const historyQuery = z.object({
  series: z.string().min(1),
  seconds: z.coerce.number().int().min(1).max(86_400),
  points: z.coerce.number().int().min(2).max(2_000).default(300),
})
const eventsQuery = z.object({
  partition: z.coerce.number().int().min(0),
  /** Negative: so many before the end. */
  offset: z.coerce.number().int().default(-20),
  count: z.coerce.number().int().min(1).max(100).default(20),
})
const searchQuery = z.object({
  text: z.string().trim().min(1).max(200),
  partition: z.coerce.number().int().min(0).default(0),
  offset: z.coerce.number().int().min(0).default(0),
  hits: z.coerce.number().int().min(1).max(100).default(100),
})

export function pipelineRoutes(server: FastifyInstance, { sampler, history, log }: Watched): void {
  server.get('/api/history', async (request) => {
    const { series, seconds, points } = parsed(historyQuery, request.query)
    const toMs = sampler.seen.view?.atMs ?? Date.now()
    const names = series.split(',')
    const samples = await history.read(names, toMs - seconds * 1000, toMs, points)
    return { names, samples: samples.map(({ atMs, values }) => [atMs, ...names.map((name) => values[name] ?? null)]) }
  })
  server.get<{ Params: { topic: string } }>('/api/topics/:topic', (request) =>
    topicPage(log, topicNamed(request.params.topic)),
  )
  server.get<{ Params: { topic: string } }>('/api/topics/:topic/events', (request) =>
    eventsOf(log, topicNamed(request.params.topic), parsed(eventsQuery, request.query)),
  )
  server.get<{ Params: { topic: string } }>('/api/topics/:topic/search', (request) => {
    const { text, partition, offset, hits } = parsed(searchQuery, request.query)
    return searchEvents(log, topicNamed(request.params.topic), { text, from: { partition, offset }, hits })
  })
  server.get('/api/groups', () => groupsOf(log))
  server.get<{ Params: { service: string } }>('/api/dead/:service', (request) =>
    deadLettersOf(log, serviceNamed(request.params.service)),
  )
}

export function parsed<Shape extends z.ZodType>(shape: Shape, value: unknown): z.output<Shape> {
  const result = shape.safeParse(value)
  if (result.success) return result.data
  const reasons = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  throw Object.assign(new Error(reasons.join('; ')), { statusCode: 400 })
}

function topicNamed(name: string): TopicName {
  const found = topicNames.find((known) => known === name)
  if (found) return found
  throw new ConfigError('TOPIC_UNKNOWN', `there is no topic ${name}`)
}

export function serviceNamed(name: string): ServiceId {
  const found = serviceIds.find((known) => known === name)
  if (found) return found
  throw new ConfigError('SERVICE_UNKNOWN', `there is no service ${name}`)
}
