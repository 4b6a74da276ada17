/** The alias that everybody searches: which index it points to, and its move from one to another in one step. */
import { z } from 'zod'
import { ConfigError } from '../runtime/errors.ts'
import type { IndexMeta } from './article-index.ts'
import type { Cluster } from './cluster.ts'

const aliasShape = z.record(z.string(), z.unknown())
const metaShape = z.looseObject({
  model: z.string(),
  sha256: z.string(),
  mode: z.enum(['bilingual', 'doc-only']),
  vectors: z.enum(['exact', 'ann']),
  pruneRatio: z.number(),
  // An index that was made before there was another pair says nothing of them.
  analyzers: z.tuple([z.string(), z.string()]).default(['cjk', 'english']),
  documentModel: z.string(),
  queryModel: z.string(),
  previous: z.string().nullable(),
})
/** Of any index: those that are none of ours say nothing of naru. */
export const mappingShape = z.record(
  z.string(),
  z.looseObject({ mappings: z.looseObject({ _meta: z.looseObject({ naru: metaShape.optional() }).optional() }) }),
)

/** The index behind an alias; undefined where there is no such alias. Throws ConfigError ALIAS_TAKEN for an index of that name. */
export async function aliasedIndex(cluster: Cluster, alias: string): Promise<string | undefined> {
  const found = await cluster.find(aliasShape, 'GET', `/_alias/${alias}`)
  const indices = Object.keys(found ?? {})
  if (indices.length === 1) return indices[0]
  if (indices.length > 1) throw taken(cluster, alias, `means ${indices.length} indices`)
  const index = await cluster.find(aliasShape, 'GET', `/${alias}`)
  if (index !== undefined) throw taken(cluster, alias, 'is an index')
  return undefined
}

function taken(cluster: Cluster, alias: string, how: string): ConfigError {
  return new ConfigError('ALIAS_TAKEN', `${alias} ${how}, no alias of one index`, {
    at: { url: cluster.url },
    hint: 'Give another --index.',
  })
}

/** The index that is searched under the alias. Throws ConfigError NOT_PUBLISHED. */
export async function publishedIndex(cluster: Cluster, alias: string): Promise<{ index: string; meta: IndexMeta }> {
  const index = await aliasedIndex(cluster, alias)
  const meta = index === undefined ? undefined : await metaOf(cluster, index)
  if (index !== undefined && meta !== undefined) return { index, meta }
  throw new ConfigError('NOT_PUBLISHED', `no model is published as ${alias}`, {
    at: { url: cluster.url },
    hint: 'naru opensearch publish does it.',
  })
}

/** What an index of ours says of itself; undefined where there is no such index, or it is none of ours. */
export async function metaOf(cluster: Cluster, index: string): Promise<IndexMeta | undefined> {
  const found = await cluster.find(mappingShape, 'GET', `/${index}/_mapping`)
  return found?.[index]?.mappings._meta?.naru
}

/** One step: whoever searches meets the old index or the new one, never none. */
export async function moveAlias(cluster: Cluster, alias: string, from: string | undefined, to: string): Promise<void> {
  const actions = [
    ...(from === undefined ? [] : [{ remove: { index: from, alias, must_exist: true } }]),
    { add: { index: to, alias, is_write_index: true } },
  ]
  await cluster.ask(z.unknown(), 'POST', '/_aliases', { body: { actions } })
}

/** Points the alias to what it pointed to before. Throws ConfigError NO_PREVIOUS where there is nothing, or it was removed. */
export async function rollBack(cluster: Cluster, alias: string): Promise<{ from: string; to: string }> {
  const { index: from, meta } = await publishedIndex(cluster, alias)
  const to = meta.previous
  if (to === null || (await metaOf(cluster, to)) === undefined) {
    throw new ConfigError('NO_PREVIOUS', `nothing was published as ${alias} before ${from}`, {
      at: { url: cluster.url },
      hint: 'naru opensearch status shows what is published; publish the model that is wanted.',
    })
  }
  await moveAlias(cluster, alias, from, to)
  return { from, to }
}
