import type { ScratchTable } from '../../runtime/ports.ts'
import { stream } from '../../runtime/service.ts'
import type { TrainingExample } from '../../schemas/types.ts'
import { settings } from './settings.ts'

export default stream('example-writer', { settings, ports: ['files', 'scratch'] }, async function* (events, deps) {
  const { files, scratch, log } = deps
  const examples = scratch.table<TrainingExample>('examples')
  for await (const { value } of events) examples.put(value.exampleId, value)

  const { folder } = deps.settings
  const pairs = await files.write(`${folder}/qd_pairs.jsonl`, lines(examples, pairLines))
  const negatives = await files.write(`${folder}/negative_samples.jsonl`, lines(examples, negativeLines))
  log.info({ pairs, negatives, examples: examples.size }, 'training examples written')
  yield* []
})

async function* lines(
  examples: ScratchTable<TrainingExample>,
  linesOf: (example: TrainingExample) => readonly object[],
): AsyncIterable<string> {
  for (const { value } of examples.entries()) for (const line of linesOf(value)) yield `${JSON.stringify(line)}\n`
}

function pairLines(example: TrainingExample): object[] {
  return [
    {
      id: example.exampleId,
      kind: example.kind,
      split: example.split,
      languages: [example.queryLanguage, example.documentLanguage],
      query: example.query,
      positive_doc: example.positiveDoc,
      negative_docs: example.negativeDocs,
      synonym_pairs: example.synonymPairs.map(({ left, right }) => [left, right]),
      ...(example.teacherScores.length > 0 && { teacher_scores: example.teacherScores }),
    },
  ]
}

/** One line a negative, as triplet trainers take them: query, positive, negative, with the rank that BM25 gave it. */
function negativeLines(example: TrainingExample): object[] {
  return example.negativeDocs.map((negative, index) => ({
    id: example.exampleId,
    query: example.query,
    positive_doc: example.positiveDoc,
    negative_doc: negative,
    rank: index + 1,
  }))
}
