import { z } from 'zod'
import { Tokenizer } from '../../language/tokenizer.ts'
import { FatalError } from '../../runtime/errors.ts'
import { tokenRows } from '../batch.ts'
import { checkpointHash, readCheckpoint } from '../checkpoint.ts'
import { type EncoderConfig, encoderGraph, parameterShapes } from '../encoder.ts'
import { GraphSession } from '../graph/session.ts'
import { ShapeError } from '../graph/tensor.ts'
import { encoderConfig, type TrainingSettings, vocabularyOf } from '../settings.ts'
import { type SparseVector, sparseRows } from '../sparse-vector.ts'
import type { StoredTensor } from '../weights.ts'

/** The encoder of a checkpoint, as the forms of an export are made from it. */
export interface TrainedEncoder {
  readonly config: EncoderConfig
  readonly settings: TrainingSettings
  /** By the names of `parameterShapes`. */
  readonly weights: ReadonlyMap<string, Float32Array>
  readonly tokenizer: Tokenizer
  /** With the position table's size as the longest text. */
  readonly tokenizerJson: string
  readonly idf?: Float32Array
  readonly step: number
  /** SHA-256 of the checkpoint's state. */
  readonly checkpoint: string
}

/** Throws FatalError CHECKPOINT_INVALID. */
export async function readTrainedEncoder(checkpointDir: string): Promise<TrainedEncoder> {
  const { settings, progress, tokenizerJson, tensors, idf } = await readCheckpoint(checkpointDir)
  const tokenizer = Tokenizer.parse(tokenizerJson)
  const config = encoderConfig(settings, vocabularyOf(tokenizer))
  return {
    config,
    settings,
    weights: weightsOf(checkpointDir, config, tensors),
    tokenizer,
    tokenizerJson: withMaxLength(tokenizerJson, config.maxLength),
    step: progress.step,
    checkpoint: (await checkpointHash(checkpointDir))!,
    ...(idf && { idf }),
  }
}

function weightsOf(
  checkpointDir: string,
  config: EncoderConfig,
  tensors: ReadonlyMap<string, StoredTensor>,
): TrainedEncoder['weights'] {
  const weights = new Map<string, Float32Array>()
  for (const [name, shape] of parameterShapes(config)) {
    const tensor = tensors.get(name)
    if (tensor?.shape.join() !== shape.join()) {
      throw new FatalError(
        'CHECKPOINT_INVALID',
        `${name} is ${tensor ? `[${tensor.shape}]` : 'missing'}, not [${shape}]`,
        {
          at: { file: checkpointDir },
          hint: 'its settings and its weights do not belong together: use another checkpoint',
        },
      )
    }
    weights.set(name, tensor.data)
  }
  return weights
}

/**
 * One text a run through the static graph of the training step: another lowering than an export's, and no padding. Each length
 * has a session of its own, and one is open at a time.
 */
export async function encodeAsTrained(
  trained: TrainedEncoder,
  texts: readonly string[],
  threads: number,
): Promise<SparseVector[]> {
  const { config, tokenizer } = trained
  const lengths = texts.map((text) => tokenizer.encode(text, config.maxLength).length)
  const encoded: SparseVector[] = new Array(texts.length)
  for (const length of new Set(lengths)) {
    const places = [...texts.keys()].filter((place) => lengths[place] === length)
    const vectors = await encodeOfLength(
      trained,
      places.map((place) => texts[place]!),
      length,
      threads,
    )
    for (const [i, place] of places.entries()) encoded[place] = vectors[i]!
  }
  return encoded
}

async function encodeOfLength(
  { config, weights, tokenizer }: TrainedEncoder,
  texts: readonly string[],
  length: number,
  threads: number,
): Promise<SparseVector[]> {
  const { vectors } = encoderGraph(config, { batch: 1, length })
  const session = await GraphSession.open({ outputs: { output: vectors } }, { threads })
  // As in training the weights are fed: a session of its own for each length need not hold them too.
  const parameters = Object.fromEntries(
    [...parameterShapes(config)].map(([name, shape]) => [name, { data: weights.get(name)!, shape }]),
  )
  const shape = [1, length]
  const encoded: SparseVector[] = []
  try {
    for (const text of texts) {
      const { ids, mask } = tokenRows([text], tokenizer, [length])
      const { output } = await session.run({
        ...parameters,
        input_ids: { data: ids, shape },
        attention_mask: { data: mask, shape },
      })
      if (!(output instanceof Float32Array)) throw new ShapeError('an encoder gives f32 vectors under the name output')
      encoded.push(...sparseRows(output, config.vocabularySize))
    }
  } finally {
    await session.close()
  }
  return encoded
}

/** The tokenizer file with the position table's size as its limit: OpenSearch cuts by this file alone. */
function withMaxLength(tokenizerJson: string, maxLength: number): string {
  const { truncation, ...file } = tokenizerFileShape.parse(JSON.parse(tokenizerJson))
  if (truncation?.max_length !== undefined && truncation.max_length <= maxLength) return tokenizerJson
  const cut = { direction: 'Right', strategy: 'LongestFirst', stride: 0, ...truncation, max_length: maxLength }
  return `${JSON.stringify({ ...file, truncation: cut }, null, 1)}\n`
}

const tokenizerFileShape = z.looseObject({ truncation: z.looseObject({ max_length: z.int().optional() }).nullish() })
