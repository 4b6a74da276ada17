import { createHash, type Hash } from 'node:crypto'
import { HeldOutNames } from '../../language/held-out-names.ts'
import type { TrainingExample } from '../../model/batch.ts'
import type { Examples } from '../../model/batches.ts'
import type { Scratch, ScratchTable } from '../../runtime/ports.ts'
import type { Incoming } from '../../runtime/service.ts'
import type { TrainingExample as ExampleEvent } from '../../schemas/types.ts'
import { withLinkedLeads } from './linked-leads.ts'

export interface DataSet {
  readonly train: Examples & Iterable<TrainingExample>
  readonly val: Examples & Iterable<TrainingExample>
  /** Events that are of no use to the training, by reason. */
  readonly unused: { readonly held_out: number; readonly no_names: number }
  readonly testNames: HeldOutNames
  /** Names the examples, the test names and the settings together, 16 hexadecimal digits. */
  readonly digest: string
  /** Next offset by topic-partition, after the last example that was read. */
  readonly offsets: Readonly<Record<string, number>>
}

const digestDigits = 16

export interface Gathering {
  /** What names the run beside the examples. */
  readonly decisive: object
  /** True: of the examples only their distinct synonym pairs count, each as an example of its own. */
  readonly pairsOnly: boolean
}

/**
 * Examples in the order of their ids, whatever the order in which they arrived; of an id that came twice the last, and none that was withdrawn. They lie on
 * disk and are sought there by number, epoch after epoch: see docs/decisions/0011.
 */
export async function gatherExamples(
  events: AsyncIterable<Incoming<'training-examples' | 'synonyms'>>,
  scratch: Scratch,
  { decisive, pairsOnly }: Gathering,
): Promise<DataSet> {
  const latest = scratch.table<ExampleEvent>('examples')
  const heldOut = scratch.table<readonly [left: string, right: string]>('test names')
  const offsets = new Map<string, number>()
  for await (const event of events) {
    if (event.topic === 'synonyms') {
      const { key, value } = event
      heldOut.put(key, value?.split === 'test' ? [value.left.surface, value.right.surface] : null)
      continue
    }
    latest.put(event.key, event.value)
    const [partition = '', offset = ''] = event.origin.split('@')
    offsets.set(partition, Number(offset) + 1)
  }
  const testNames = [...new Set([...heldOut.entries()].flatMap(({ value }) => value))].sort()
  const hash = createHash('sha256').update(JSON.stringify([decisive, testNames]))
  const [train, val] = [new SpooledExamples(scratch.table('train')), new SpooledExamples(scratch.table('val'))]
  const known = scratch.table<true>('pairs')
  const unused = { held_out: 0, no_names: 0 }
  for (const { event, linkedLead } of withLinkedLeads(hashed(latest, hash))) {
    const side = event.split === 'train' ? train : val
    const example = exampleOf(event, linkedLead)
    if (side === val) unused.held_out++
    else if (pairsOnly && example.synonym_pairs.length === 0) unused.no_names++
    if (!pairsOnly) side.add(example)
    else for (const pair of newPairs(example, known)) side.add(pair)
  }
  const digest = hash.digest('hex').slice(0, digestDigits)
  return {
    ...{ train, val, unused, digest, testNames: new HeldOutNames(testNames) },
    offsets: Object.fromEntries([...offsets].sort(([a], [b]) => (a < b ? -1 : 1))),
  }
}

/** Examples by number, in a table on disk. */
class SpooledExamples implements Examples, Iterable<TrainingExample> {
  readonly #table: ScratchTable<TrainingExample>
  #length = 0

  constructor(table: ScratchTable<TrainingExample>) {
    this.#table = table
  }

  get length(): number {
    return this.#length
  }

  add(example: TrainingExample): void {
    this.#table.put(keyOf(this.#length++), example)
  }

  at(index: number): TrainingExample | undefined {
    return this.#table.get(keyOf(index))
  }

  *[Symbol.iterator](): Iterator<TrainingExample> {
    for (const { value } of this.#table.entries()) yield value
  }
}

/** The pairs of an example that no example before it had. The examples of a cluster all bring the same ones. */
function* newPairs({ synonym_pairs }: TrainingExample, known: ScratchTable<true>): Iterable<TrainingExample> {
  for (const pair of synonym_pairs) {
    // Names are of any length, keys are not.
    const key = createHash('sha256').update(pair.join('\t')).digest('hex')
    if (known.get(key)) continue
    known.put(key, true)
    const [left, right] = pair
    yield { query: left, positive_doc: right, negative_docs: [], synonym_pairs: [pair] }
  }
}

/** In the order of the numbers. */
function keyOf(index: number): string {
  return String(index).padStart(12, '0')
}

/** The examples in the order of their ids. */
function* hashed(latest: ScratchTable<ExampleEvent>, hash: Hash): Iterable<ExampleEvent> {
  for (const { value } of latest.entries()) {
    hash.update(JSON.stringify(value))
    yield value
  }
}

function exampleOf(event: ExampleEvent, linkedLead: string | undefined): TrainingExample {
  const { query, positiveDoc, negativeDocs, synonymPairs, teacherScores } = event
  return {
    query,
    positive_doc: positiveDoc,
    negative_docs: negativeDocs,
    synonym_pairs: synonymPairs.map(({ left, right }) => [left, right] as const),
    ...(linkedLead !== undefined && { linked_lead: linkedLead }),
    ...(teacherScores.length > 0 && { teacher_scores: teacherScores }),
  }
}
