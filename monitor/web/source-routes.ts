/** What the page asks beside the pipeline: the dictionary, trainings, the search; and the actions. */
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { ServiceId } from '../../topology.ts'
import { Course, evaluationsIn } from '../training/evaluations.ts'
import { gpusHere } from '../training/gpu.ts'
import { curvesOf, runsIn } from '../training/runs.ts'
import { parsed, serviceNamed } from './pipeline-routes.ts'

export interface ReviewQueue {
  readonly open: readonly {
    readonly left: string
    readonly right: string
    /** Codes, such as ko and en. */
    readonly languages: readonly [left: string, right: string]
    readonly confidence: number
    readonly sources: readonly string[]
    readonly pages: readonly string[]
  }[]
  readonly judged: number
}

export interface Judgement {
  readonly left: string
  readonly right: string
  readonly verdict: 'right' | 'wrong' | 'unsure'
}

/** What the monitor is given of the rest of naru. */
export interface Sources {
  /** Root of the addresses under models/. */
  readonly models: string
  /** Throws ConfigError DICTIONARY_MISSING. */
  explain(term: string): Promise<unknown>
  sourceCounts(): Promise<unknown>
  reviewQueue(): Promise<ReviewQueue>
  judge(judgement: Judgement): Promise<void>
  /** Throws ConfigError MODEL_MISSING and INDEX_MISSING. */
  search(text: string, hits: number): Promise<unknown>
  /** Puts a dead letter back on its way; undefined where that cannot be done from here. */
  readonly retry: ((service: ServiceId, at: number) => Promise<unknown>) | undefined
}

const termQuery = z.object({ term: z.string().trim().min(1).max(200) })
const searchQuery = z.object({
  text: z.string().trim().min(1).max(500),
  hits: z.coerce.number().int().min(1).max(20).default(8),
})
const judgement = z.strictObject({
  left: z.string().min(1),
  right: z.string().min(1),
  verdict: z.enum(['right', 'wrong', 'unsure']),
})
const letter = z.strictObject({ at: z.int().min(0) })

export function sourceRoutes(server: FastifyInstance, sources: Sources): void {
  server.get('/api/synonyms', (request) => sources.explain(parsed(termQuery, request.query).term))
  server.get('/api/synonyms/sources', () => sources.sourceCounts())
  server.get('/api/synonyms/review', () => sources.reviewQueue())
  server.post('/api/synonyms/review', async (request) => {
    await sources.judge(parsed(judgement, request.body))
    return { judged: true }
  })
  server.get('/api/training', async () => {
    const [evaluations, gpus] = await Promise.all([evaluationsIn(sources.models), gpusHere()])
    return { runs: runsIn(sources.models), evaluations, gpus }
  })
  const course = new Course(sources.models)
  server.get('/api/evaluations', () => course.points())
  server.get<{ Params: { model: string; run: string } }>('/api/training/:model/:run', async (request, reply) => {
    const curves = await curvesOf(sources.models, request.params.model, request.params.run)
    return curves ?? reply.code(404).send({ code: 'RUN_UNKNOWN' })
  })
  server.get('/api/search', (request) => {
    const { text, hits } = parsed(searchQuery, request.query)
    return sources.search(text, hits)
  })
  server.get('/api/actions', () => ({ retry: sources.retry !== undefined }))
  server.post<{ Params: { service: string } }>('/api/dead/:service/retry', async (request, reply) => {
    const service = serviceNamed(request.params.service)
    if (!sources.retry) return reply.code(501).send({ code: 'RETRY_MISSING' })
    return sources.retry(service, parsed(letter, request.body).at)
  })
}
