/** What is published in a cluster. */
import { z } from 'zod'
import { mappingShape } from './alias.ts'
import type { IndexMeta } from './article-index.ts'
import type { Cluster } from './cluster.ts'
import { type Features, featuresOf } from './features.ts'

export interface PublishedIndex {
  readonly index: string
  /** The names under which it is searched; of none where another took its place, and a roll-back may bring it back. */
  readonly aliases: readonly string[]
  readonly meta: IndexMeta
  readonly documents: number
  readonly bytes: number
}

export interface ClusterStatus extends Features {
  readonly url: string
  readonly health: string
  readonly published: readonly PublishedIndex[]
}

const healthShape = z.looseObject({ status: z.string() })
const aliasesShape = z.record(z.string(), z.looseObject({ aliases: z.record(z.string(), z.unknown()) }))
const sizesShape = z.array(
  z.looseObject({ index: z.string(), 'docs.count': z.string().nullable(), 'store.size': z.string().nullable() }),
)

/** Throws what `featuresOf` throws. */
export async function statusOf(cluster: Cluster): Promise<ClusterStatus> {
  const features = await featuresOf(cluster)
  const { status: health } = await cluster.ask(healthShape, 'GET', '/_cluster/health')
  const mappings = await cluster.ask(mappingShape, 'GET', '/_mapping')
  const aliases = await cluster.ask(aliasesShape, 'GET', '/_alias')
  const sizes = await cluster.ask(sizesShape, 'GET', '/_cat/indices', {
    query: { format: 'json', bytes: 'b', h: 'index,docs.count,store.size' },
  })
  const published = Object.entries(mappings).flatMap(([index, { mappings }]): PublishedIndex[] => {
    const meta = mappings._meta?.naru
    if (meta === undefined) return []
    const size = sizes.find((one) => one.index === index)
    const [documents, bytes] = [Number(size?.['docs.count'] ?? 0), Number(size?.['store.size'] ?? 0)]
    return [{ index, aliases: Object.keys(aliases[index]?.aliases ?? {}), meta, documents, bytes }]
  })
  return { ...features, url: cluster.url, health, published }
}
