/** A quick look while training runs: names to names, among the pairs looked at. The evaluator judges the export in full. */
import type { TrainingExample } from '../../model/batch.ts'
import type { CollapseFigures } from '../../model/collapse.ts'
import type { SparseVector } from '../../model/sparse-vector.ts'
import type { Trainer } from '../../model/trainer.ts'
import { rankOf, summarise } from '../../search/metrics.ts'
import { SparseIndex } from '../../search/sparse.ts'
import type { DataSet } from './examples.ts'
import type { CollapseGuard } from './guard.ts'

const pairsAtMost = 256

export interface Validation {
  readonly metrics: Readonly<Record<string, number>>
  /** Undefined for too few names. */
  readonly collapse: CollapseFigures | undefined
}

type Pairs = readonly (readonly [string, string])[]

/** Names that every validation of a run looks at, of training and held-out examples. */
export interface ValidationPairs {
  readonly train: Pairs
  readonly val: Pairs
}

export function validationPairs({ train, val }: Pick<DataSet, 'train' | 'val'>): ValidationPairs {
  return { train: pairsOf(train), val: pairsOf(val) }
}

/**
 * hit@1 in both directions for training and held-out pairs, the mean number of active terms of all names, and the signs of a
 * collapse.
 */
export async function validate(
  trainer: Trainer,
  { train, val }: ValidationPairs,
  guard: CollapseGuard,
): Promise<Validation> {
  const metrics: Record<string, number> = {}
  const vectors: SparseVector[] = []
  for (const [side, pairs] of [
    ['train', train],
    ['val', val],
  ] as const) {
    if (pairs.length === 0) continue
    const lefts = await trainer.encode(pairs.map(([left]) => left))
    const rights = await trainer.encode(pairs.map(([, right]) => right))
    metrics[`${side}LeftToRightHitAt1`] = hitAt1(lefts, rights)
    metrics[`${side}RightToLeftHitAt1`] = hitAt1(rights, lefts)
    vectors.push(...lefts, ...rights)
  }
  const active = vectors.reduce((sum, { terms }) => sum + terms.length, 0)
  const collapse = guard.figuresOf(vectors)
  const { mostFrequentTerm: _, languageShares: [leftWeightShare] = [], ...signs } = collapse ?? {}
  return {
    metrics: {
      ...metrics,
      activeTerms: vectors.length === 0 ? 0 : active / vectors.length,
      ...signs,
      ...(leftWeightShare === undefined ? {} : { leftWeightShare }),
    },
    collapse,
  }
}

/** The first pair of each example, distinct on both sides, evenly spread over the examples. */
function pairsOf(examples: Iterable<TrainingExample>): Pairs {
  const pairs = new Map<string, readonly [string, string]>()
  const rights = new Set<string>()
  for (const { synonym_pairs } of examples) {
    const [pair] = synonym_pairs
    if (!pair || pairs.has(pair[0]) || rights.has(pair[1])) continue
    pairs.set(pair[0], pair)
    rights.add(pair[1])
  }
  const all = [...pairs.values()]
  const stride = Math.max(1, Math.ceil(all.length / pairsAtMost))
  return all.filter((_, index) => index % stride === 0)
}

function hitAt1(queries: readonly SparseVector[], documents: readonly SparseVector[]): number {
  const index = SparseIndex.of(documents)
  const ranked = queries.map((query, at) => rankOf(index.scores(query), new Set([at])))
  return summarise(ranked).hitAt1
}
