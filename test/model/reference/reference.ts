import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Feed } from '../../../model/graph/session.ts'
import type { RandomGraph } from '../graph/random-graph.ts'

/** Figures written by make_reference.py and make_random_graphs.py. The shape of a file is what that script writes. */
export interface ReferenceTensor {
  readonly shape: readonly number[]
  readonly data: readonly number[]
}

export interface OpsReference {
  readonly indices: readonly number[][]
  readonly columns: readonly number[][]
  readonly cases: Readonly<
    Record<string, { readonly inputs: readonly ReferenceTensor[]; readonly output: ReferenceTensor }>
  >
}

export interface TrainingReference {
  readonly config: {
    readonly vocabularySize: number
    readonly hiddenSize: number
    readonly layers: number
    readonly heads: number
    readonly feedForwardSize: number
    readonly maxLength: number
    readonly specialTokenIds: readonly number[]
    readonly layerNormEpsilon: number
  }
  readonly losses: Readonly<Record<'alphaRanking' | 'betaCrossLingual' | 'alignmentShare' | 'contrastShare', number>> &
    Readonly<Record<'activationShare' | 'leadAlignmentShare' | 'activationMargin' | 'temperature', number>>
  readonly optimiser: Readonly<Record<'beta1' | 'beta2' | 'epsilon' | 'weightDecay' | 'maxGradientNorm', number>>
  readonly steps: readonly { readonly learningRate: number; readonly sparsityWeight: number }[]
  readonly shape: Readonly<
    Record<'examples' | 'negatives' | 'leads' | 'queryLength' | 'documentLength' | 'synonymTargets', number>
  >
  readonly parameters: Readonly<Record<string, ReferenceTensor>>
  readonly encoded: Readonly<Record<'ids' | 'mask' | 'vectors' | 'twice', ReferenceTensor>>
  readonly batch: Readonly<Record<string, ReferenceTensor>>
  readonly curve: readonly Readonly<Record<string, number>>[]
  readonly wordEmbeddingsAfter: ReferenceTensor
}

export interface WeightsReference {
  readonly fileHex: string
  readonly tensors: Readonly<Record<string, ReferenceTensor>>
}

type ObjectiveConstant = 'present' | 'exclusion' | 'pairExclusion' | 'teacher' | 'scored' | 'idf'

export interface ObjectivesReference extends Readonly<Record<ObjectiveConstant, ReferenceTensor>> {
  readonly costStrength: number
  readonly temperature: number
  readonly distillationTemperature: number
  readonly cases: Readonly<
    Record<
      string,
      {
        readonly inputs: readonly ReferenceTensor[]
        readonly loss: number
        readonly gradients: readonly ReferenceTensor[]
      }
    >
  >
}

export interface RandomGraphsReference {
  /** Of each the inputs x0, x1, …, and by name what `buildRandomGraph` gives. */
  readonly graphs: readonly (RandomGraph & {
    readonly inputs: readonly (readonly number[])[]
    readonly expected: Readonly<Record<string, readonly number[]>>
  })[]
}

/** Where the figures lie: beside this file, or where `npm run test:python` has just made them anew. */
export const referenceFolder = process.env.NARU_REFERENCE ?? fileURLToPath(new URL('.', import.meta.url))

function read(name: string) {
  return JSON.parse(readFileSync(join(referenceFolder, name), 'utf8'))
}

export const opsReference: OpsReference = read('./ops.json')
export const trainingReference: TrainingReference = read('./training.json')
export const objectivesReference: ObjectivesReference = read('./objectives.json')
export const randomGraphsReference: RandomGraphsReference = read('./random-graphs.json')
export const weightsReference: WeightsReference = read('./weights.json')

export function f32({ shape, data }: ReferenceTensor): Feed {
  return { shape, data: Float32Array.from(data) }
}

export function i64({ shape, data }: ReferenceTensor): Feed {
  return { shape, data: BigInt64Array.from(data, BigInt) }
}

/** Greatest |a − b|; infinite when the lengths differ or a value is missing. */
export function greatestDifference(a: ArrayLike<number | bigint>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY
  let greatest = 0
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(Number(a[i]) - b[i]!)
    if (!(difference <= greatest)) greatest = difference
  }
  return greatest
}
