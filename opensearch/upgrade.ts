/** The step from one published model to the next while searches go on. */
import { moveAlias } from './alias.ts'
import type { Cluster } from './cluster.ts'
import { copyIndex, type Target, type Watch } from './indexing.ts'
import type { Published } from './publish.ts'

export interface Upgrade {
  readonly from: string
  readonly to: string
  /** Documents that were brought over. */
  readonly copied: number
}

/** Rounds after the first, each for what was written during the round before. */
const mostRounds = 5

/**
 * Fills the new index out of the one in use, moves the alias, then brings over what was written to the old index until the very
 * move. Undefined where the new index is in use already.
 */
export async function upgrade(
  cluster: Cluster,
  alias: string,
  published: Published,
  encoder: Target['encoder'],
  watch: Watch,
): Promise<Upgrade | undefined> {
  const { replaces: from, index: to, meta } = published
  if (from === undefined) return undefined
  const target: Target = { index: to, meta, ...(encoder ? { encoder } : {}) }
  let copied = 0
  for (let round = 0; round <= mostRounds; round++) {
    const { indexed } = await copyIndex(cluster, from, target, watch)
    copied += indexed
    if (indexed === 0) break
  }
  await moveAlias(cluster, alias, from, to)
  copied += (await copyIndex(cluster, from, target, watch)).indexed
  return { from, to, copied }
}
