/** naru opensearch index: articles into the published index. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { roundedOnnx } from '../../../model/export/layout.ts'
import type { WeightPrecision } from '../../../model/graph/onnx-weights.ts'
import { loadSparseEncoder } from '../../../model/sparse-encoder.ts'
import { publishedIndex } from '../../../opensearch/alias.ts'
import { readBundle } from '../../../opensearch/bundle.ts'
import { type ArticleLine, articlesIn } from '../../../opensearch/documents.ts'
import { type IndexFigures, indexArticles, refresh } from '../../../opensearch/indexing.ts'
import { indexTopic } from '../../../opensearch/topic.ts'
import { Codec } from '../../../runtime/codec.ts'
import { ConfigError } from '../../../runtime/errors.ts'
import { connect, type TransportFlags } from '../../connect.ts'
import { listenForInterrupts } from '../../interrupt.ts'
import { print, printJson } from '../../print.ts'
import { modelFolder } from '../../published-model.ts'
import { formatCount, formatDuration, formatRate } from '../../quantities.ts'
import { inSteps, type StepsAtWork } from '../../steps.ts'
import { type Workspace, workspaceOf } from '../../workspace.ts'
import { type ClusterFlags, withCluster } from './cluster.ts'
import { deadLetters } from './dead-letters.ts'

export interface IndexFlags extends ClusterFlags, TransportFlags {
  readonly out?: string
  readonly fromTopic?: boolean
  readonly model?: string
  readonly encoder: 'naru' | 'cluster'
  /** Which file of the export encodes here. */
  readonly precision: WeightPrecision
  readonly json?: boolean
}

export async function index(files: readonly string[], flags: IndexFlags): Promise<void> {
  const workspace = workspaceOf(flags.out)
  const inputs = flags.fromTopic ? [] : inputFiles(files, workspace)
  await inSteps((steps) => indexInto(workspace, inputs, flags, steps))
}

async function indexInto(
  workspace: Workspace,
  inputs: readonly string[],
  flags: IndexFlags,
  { tell: tellStep, say }: StepsAtWork,
): Promise<void> {
  const interrupts = listenForInterrupts(say)
  const progress = (done: number) => tellStep('indexing', { done, unit: 'documents' })
  await withCluster(flags, async (cluster) => {
    const { index, meta } = await publishedIndex(cluster, flags.index)
    const dead = deadLetters(workspace, index)
    const encoder = flags.encoder === 'naru' ? await publishedEncoder(workspace, flags, meta.sha256) : undefined
    const target = { index, meta, ...(encoder ? { encoder } : {}) }
    const watch = { refused: dead.add, progress, signal: interrupts.signal }
    const beganMs = performance.now()
    try {
      const figures = flags.fromTopic
        ? await fromTopic(workspace, flags, (transport) =>
            indexTopic(cluster, { transport, codec: new Codec() }, target, watch),
          )
        : await indexArticles(cluster, articlesOf(inputs), target, watch)
      await refresh(cluster, index)
      tell(figures, index, (performance.now() - beganMs) / 1000, dead, flags.json ?? false)
    } finally {
      await encoder?.close()
      await dead.close()
    }
  }).finally(() => interrupts.release())
}

function tell(
  { dropped, ...figures }: IndexFigures,
  index: string,
  seconds: number,
  dead: ReturnType<typeof deadLetters>,
  json: boolean,
): void {
  if (json) {
    printJson({ index, seconds, ...figures, dropped: Object.fromEntries(dropped), refusedBy: dead.reasons() })
    return
  }
  const { indexed, retried, refused } = figures
  print(
    `${formatCount(indexed)} documents in ${formatDuration(seconds)}, ${formatRate(indexed / seconds)}, in ${index}`,
  )
  for (const [reason, count] of dropped) print(`${formatCount(count)} articles left out: ${reason}`)
  if (retried > 0) print(`${formatCount(retried)} sent again`)
  if (refused > 0) print(`${formatCount(refused)} refused: ${JSON.stringify(dead.reasons())}, each in ${dead.file}`)
}

function inputFiles(files: readonly string[], { data }: Workspace): readonly string[] {
  if (files.length > 0) return files
  const folder = join(data, 'wikipedia')
  const found = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('_articles.jsonl')) : []
  if (found.length > 0) return found.sort().map((name) => join(folder, name))
  throw new ConfigError('INPUT_MISSING', 'there are no articles', {
    at: { file: folder },
    hint: 'Name files of naru extract, or make them with naru run.',
  })
}

async function* articlesOf(files: readonly string[]): AsyncIterable<ArticleLine> {
  for (const file of files) yield* articlesIn(file)
}

/** The model whose bundle is published: another one's weights would mean something else. */
async function publishedEncoder(workspace: Workspace, { model, precision }: IndexFlags, sha256: string) {
  const { folder } = modelFolder(workspace, model)
  if ((await readBundle(folder, 'encoder')).sha256 === sha256) {
    return loadSparseEncoder(folder, precision === 'fp32' ? {} : { form: roundedOnnx(precision) })
  }
  throw new ConfigError('MODEL_DIFFERS', 'the model is not the one that is published', {
    at: { file: folder },
    hint: 'Publish it first, name the published one by --model, or let the cluster encode: --encoder cluster.',
  })
}

async function fromTopic<T>(
  workspace: Workspace,
  flags: IndexFlags,
  use: (transport: Awaited<ReturnType<typeof connect>>['transport']) => Promise<T>,
): Promise<T> {
  const connection = await connect(workspace, flags, false)
  try {
    return await use(connection.transport)
  } finally {
    await connection.close()
  }
}
