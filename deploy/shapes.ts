/** How a service runs in containers: what compose and Helm are told of it, as it follows from the topology. */
import { loadService } from '../runtime/load.ts'
import { sealsOf } from '../runtime/seal.ts'
import { type ServiceId, specOf, type TopicName, topics } from '../topology.ts'

/** Cores and memory that a container asks for; a limit on memory alone, for a core that is free is better used. */
export interface Size {
  readonly cpu: number
  readonly memoryMi: number
}

export interface Shape {
  readonly id: ServiceId
  readonly reads: readonly TopicName[]
  /** How many can be at work at once; one more waits to take over. */
  readonly replicasAtMost: number
  /** Whether none need run while there is nothing to read. */
  readonly startsOnInput: boolean
  readonly usesRedis: boolean
  readonly usesGpu: boolean
  readonly size: Size
}

const ordinary: Size = { cpu: 0.25, memoryMi: 1024 }
/** Those that keep cores busy, gather tables, or hold a model. Measured on the sample; docs/deploy.md says how to fit them. */
const sizes: Readonly<Partial<Record<ServiceId, Size>>> = {
  'article-extractor': { cpu: 2, memoryMi: 2048 },
  'name-finder': { cpu: 1, memoryMi: 2048 },
  'entity-matcher': { cpu: 1, memoryMi: 4096 },
  'example-assembler': { cpu: 1, memoryMi: 4096 },
  trainer: { cpu: 4, memoryMi: 16_384 },
  exporter: { cpu: 2, memoryMi: 8192 },
  evaluator: { cpu: 2, memoryMi: 8192 },
}

export async function shapeOf(id: ServiceId): Promise<Shape> {
  const { kind, reads } = specOf(id)
  const { ports } = await loadService(id)
  const alone = kind === 'source' || kind === 'topic-stream'
  return {
    id,
    reads,
    replicasAtMost: alone ? 1 : Math.max(...reads.map((topic) => topics[topic].partitions)),
    startsOnInput: id === 'trainer',
    usesRedis: ports.includes('claims'),
    usesGpu: id === 'trainer',
    size: sizes[id] ?? ordinary,
  }
}

/**
 * Records that may look unread on the topics of a service that has read everything: the mark that ends a transaction takes an
 * offset of its own, and those of all the seals of a partition may lie behind the last of them. test/integration/containers
 * measures it.
 */
export function marksAtMost(reads: readonly TopicName[]): number {
  return reads.reduce((sum, topic) => sum + topics[topic].partitions * sealsOf(topic).length, 0)
}
