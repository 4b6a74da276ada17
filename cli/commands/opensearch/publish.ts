/** naru opensearch publish: the exported model becomes what the alias searches. */
import { loadSparseEncoder, type SparseEncoder } from '../../../model/sparse-encoder.ts'
import { rollBack } from '../../../opensearch/alias.ts'
import type { Analyzers } from '../../../opensearch/analyzers.ts'
import { readBundle } from '../../../opensearch/bundle.ts'
import type { Cluster } from '../../../opensearch/cluster.ts'
import { documentsIn } from '../../../opensearch/indexing.ts'
import { type Published, prepare } from '../../../opensearch/publish.ts'
import { type Upgrade, upgrade } from '../../../opensearch/upgrade.ts'
import { print, printJson } from '../../print.ts'
import { modelFolder } from '../../published-model.ts'
import { languagesOf, readRecord } from '../../run-record.ts'
import { inSteps, type TellStep } from '../../steps.ts'
import { workspaceOf } from '../../workspace.ts'
import { type ClusterFlags, withCluster } from './cluster.ts'
import { deadLetters } from './dead-letters.ts'

export interface PublishFlags extends ClusterFlags {
  readonly out?: string
  readonly model?: string
  readonly mode: 'bilingual' | 'doc-only'
  readonly vectors: 'exact' | 'ann'
  readonly prune: number
  /** Of the two languages, where they are not to be those of the run. */
  readonly analyzers?: Analyzers
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
  const { index: alias, mode, vectors, prune: pruneRatio, analyzers } = flags
  const workspace = workspaceOf(flags.out)
  const { name, folder } = modelFolder(workspace, flags.model)
  const encoder = await readBundle(folder, 'encoder')
  const bundles = mode === 'doc-only' ? { encoder, tokenizer: await readBundle(folder, 'tokenizer') } : { encoder }
  const own = await loadSparseEncoder(folder)
  const languages = languagesOf(readRecord(workspace.runFile))
  const publication = { alias, model: name, mode, vectors, pruneRatio, languages, analyzers }
  try {
    const { published, moved } = await inSteps(async ({ tell, say }) => {
      const sent = (bundle: string, done: number, total: number) => tell(bundle, { done, total, unit: 'bytes' })
      const published = await prepare(cluster, bundles, own, publication, { say, sent })
      return { published, moved: await fillAndMove(cluster, published, own, flags, tell) }
    })
    present(published, moved, flags)
  } finally {
    await own.close()
  }
}

function present({ index, meta, unchanged }: Published, moved: Upgrade | undefined, flags: PublishFlags): void {
  const { index: alias, json } = flags
  if (json) printJson({ alias, index, ...meta, unchanged, upgrade: moved ?? null })
  else if (moved) print(`${alias}: ${moved.from} → ${index}, ${moved.copied} documents brought over`)
  else print(`${alias}: ${index}${unchanged ? ', as it was' : ''}`)
}

async function fillAndMove(
  cluster: Cluster,
  published: Published,
  own: SparseEncoder,
  flags: PublishFlags,
  tell: TellStep,
) {
  if (published.replaces === undefined) return undefined
  const total = await documentsIn(cluster, published.replaces)
  const dead = deadLetters(workspaceOf(flags.out), published.index)
  try {
    return await upgrade(cluster, flags.index, published, flags.encoder === 'naru' ? own : undefined, {
      refused: dead.add,
      progress: (done) => tell('bringing documents over', { done, total, unit: 'documents' }),
    })
  } finally {
    await dead.close()
  }
}
