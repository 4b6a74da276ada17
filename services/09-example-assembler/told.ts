/** What is told of a cluster: its examples, and how many of its pairs no example tells. */
import type { DropReason } from '../../runtime/service.ts'
import type { TrainingExample } from '../../schemas/types.ts'
import type { Cluster } from './clusters.ts'
import { type ExampleSettings, type ExampleSources, examplesOf, unsaidIn } from './examples.ts'

export interface Told {
  readonly examples: readonly TrainingExample[]
  readonly untold: { readonly reason: DropReason; readonly count: number }
}

/** What is judged later leaves everything that the model is made from: queries, documents and negatives. */
export async function toldOf(cluster: Cluster, sources: ExampleSources, settings: ExampleSettings): Promise<Told> {
  if (cluster.split === 'test') return { examples: [], untold: { reason: 'held_out', count: cluster.synonyms.length } }
  const examples = await examplesOf(cluster, sources, settings)
  // A list alone names no pages, and without pages there is neither a query nor a document.
  const reason = examples.length === 0 ? 'no_pages' : 'over_limit'
  return { examples, untold: { reason, count: unsaidIn(examples, cluster) } }
}
