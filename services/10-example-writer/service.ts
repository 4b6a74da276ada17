import type { Deps } from '../../runtime/service.ts'
import { stream } from '../../runtime/service.ts'
import { amended, asLines, type Change, type Piece, PieceFile, pieceOf } from '../../runtime/update/piece-file.ts'
import type { TrainingExample } from '../../schemas/types.ts'
import { settings } from './settings.ts'

type WriterDeps = Pick<Deps<{ readonly folder: string }, 'files' | 'scratch'>, 'settings' | 'files' | 'scratch' | 'log'>
type LinesOf = (example: TrainingExample) => readonly object[]

const ports = ['files', 'scratch'] as const
/** What a withdrawal leaves of an example. */
const gone = 'gone'

export default stream(
  'example-writer',
  { settings, ports },
  async function* (events, deps) {
    const examples = deps.scratch.table<TrainingExample>('examples')
    for await (const { key, value } of events) examples.put(key, value)
    await writeFiles(deps, function* (_, linesOf) {
      for (const { key, value } of examples.entries()) {
        const lines = linesOf(value)
        if (lines.length > 0) yield pieceOf(key, textOf(lines))
      }
    })
    yield* []
  },
  async function* ({ events }, deps) {
    const changed = deps.scratch.table<TrainingExample | typeof gone>('changed examples')
    for await (const { key, value } of events) changed.put(key, value ?? gone)
    await writeFiles(deps, (file, linesOf) => {
      const changes = function* (): Iterable<Change> {
        for (const { key, value } of changed.entries()) {
          const lines = value === gone ? [] : linesOf(value)
          yield lines.length > 0 ? pieceOf(key, textOf(lines)) : { key: Buffer.from(key), bytes: null }
        }
      }
      return amended(file.pieces(), changes())
    })
    yield* []
  },
)

async function writeFiles(
  deps: WriterDeps,
  piecesOf: (file: PieceFile, linesOf: LinesOf) => Iterable<Piece>,
): Promise<void> {
  const write = (name: string, linesOf: LinesOf) => {
    const file = new PieceFile(`${deps.settings.folder}/${name}.jsonl`, asLines, deps)
    return file.write(piecesOf(file, linesOf))
  }
  const pairs = await write('qd_pairs', pairLines)
  const negatives = await write('negative_samples', negativeLines)
  deps.log.info({ pairs, negatives, examples: pairs.pieces }, 'training examples written')
}

function textOf(lines: readonly object[]): string {
  return lines.map((line) => JSON.stringify(line)).join('\n')
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
