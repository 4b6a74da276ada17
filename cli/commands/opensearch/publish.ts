/** naru opensearch publish: the exported model becomes what the alias searches. */
import { loadSparseEncoder, type SparseEncoder } from '../../../model/sparse-encoder.ts'
import { rollBack } from '../../../opensearch/alias.ts'
import { readBundle } from '../../../opensearch/bundle.ts'
import type { Cluster } from '../../../opensearch/cluster.ts'
import { type Published, prepare } from '../../../opensearch/publish.ts'
import { type Upgrade, upgrade } from '../../../opensearch/upgrade.ts'
import { print, printJson, say } from '../../print.ts'
import { modelFolder } from '../../published-model.ts'
import { workspaceOf } from '../../workspace.ts'
import { type ClusterFlags, withCluster } from './cluster.ts'
import { deadLetters } from './dead-letters.ts'

export interface PublishFlags extends ClusterFlags {
  readonly out?: string
  readonly model?: string
  readonly mode: 'bilingual' | 'doc-only'
  readonly vectors: 'exact' | 'ann'
  readonly prune: number
  readonly encoder: 'naru' | 'cluster'
  readonly rollback?: boolean
  readonly json?: boolean
}

export async function publish(flags: PublishFlags): Promise<void> {
  await withCluster(flags, async (cluster) => {
    if (flags.rollback) await goBack(cluster, flags)
    else await publishModel(cluster, flags)
  })
}

async function goBack(cluster: Cluster, { index: alias, json }: PublishFlags): Promise<void> {
  const { from, to } = await rollBack(cluster, alias)
  if (json) printJson({ alias, from, to })
  else print(`${alias}: ${from} → ${to}`)
}

async function publishModel(cluster: Cluster, flags: PublishFlags): Promise<void> {
  const { index: alias, mode, vectors, prune: pruneRatio } = flags
  const { name, folder } = modelFolder(workspaceOf(flags.out), flags.model)
  const encoder = await readBundle(folder, 'encoder')
  const bundles = mode === 'doc-only' ? { encoder, tokenizer: await readBundle(folder, 'tokenizer') } : { encoder }
  const own = await loadSparseEncoder(folder)
  try {
    const published = await prepare(cluster, bundles, own, { alias, model: name, mode, vectors, pruneRatio }, say)
    const moved = published.replaces === undefined ? undefined : await fillAndMove(cluster, published, own, flags)
    tell(published, moved, flags)
  } finally {
    await own.close()
  }
}

function tell({ index, meta, unchanged }: Published, moved: Upgrade | undefined, flags: PublishFlags): void {
  const { index: alias, json } = flags
  if (json) printJson({ alias, index, ...meta, unchanged, upgrade: moved ?? null })
  else if (moved) print(`${alias}: ${moved.from} → ${index}, ${moved.copied} documents brought over`)
  else print(`${alias}: ${index}${unchanged ? ', as it was' : ''}`)
}

async function fillAndMove(cluster: Cluster, published: Published, own: SparseEncoder, flags: PublishFlags) {
  const dead = deadLetters(workspaceOf(flags.out), published.index)
  try {
    return await upgrade(cluster, flags.index, published, flags.encoder === 'naru' ? own : undefined, {
      refused: dead.add,
    })
  } finally {
    await dead.close()
  }
}
