import { createHash } from 'node:crypto'
import type { TrainingExample } from '../../model/batch.ts'
import type { Scratch } from '../../runtime/ports.ts'
import type { Incoming } from '../../runtime/service.ts'
import type { TrainingExample as ExampleEvent } from '../../schemas/types.ts'

export interface DataSet {
  readonly train: readonly TrainingExample[]
  readonly val: readonly TrainingExample[]
  /** Names the examples and the settings together, 16 hexadecimal digits. */
  readonly digest: string
}

const digestDigits = 16

/** Examples in the order of their ids, whatever the order in which they arrived. */
export async function gatherExamples(
  events: AsyncIterable<Incoming<'training-examples'>>,
  scratch: Scratch,
  settings: object,
): Promise<DataSet> {
  const table = scratch.table<ExampleEvent>('examples')
  for await (const { value } of events) table.put(value.exampleId, value)

  const hash = createHash('sha256').update(JSON.stringify(settings))
  const train: TrainingExample[] = []
  const val: TrainingExample[] = []
  for (const { value } of table.entries()) {
    hash.update(JSON.stringify(value))
    const example = exampleOf(value)
    if (value.split === 'train') train.push(example)
    else val.push(example)
  }
  return { train, val, digest: hash.digest('hex').slice(0, digestDigits) }
}

function exampleOf({ query, positiveDoc, negativeDocs, synonymPairs, teacherScores }: ExampleEvent): TrainingExample {
  return {
    query,
    positive_doc: positiveDoc,
    negative_docs: negativeDocs,
    synonym_pairs: synonymPairs.map(({ left, right }) => [left, right] as const),
    ...(teacherScores.length > 0 && { teacher_scores: teacherScores }),
  }
}
