import { z } from 'zod'
import { Tokenizer } from '../../language/tokenizer.ts'
import { tokenRows } from '../batch.ts'
import { checkpointHash, readCheckpoint } from '../checkpoint.ts'
import { type EncoderConfig, encoderGraph, parameterShapes } from '../encoder.ts'
import { GraphSession } from '../graph/session.ts'
import { encoderConfig, type TrainingSettings, vocabularyOf } from '../settings.ts'
import { type SparseVector, sparseRows } from '../sparse-vector.ts'

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
  const names = [...parameterShapes(config).keys()]
  return {
    config,
    settings,
    weights: new Map(names.flatMap((name) => (tensors.has(name) ? [[name, tensors.get(name)!.data] as const] : []))),
    tokenizer,
    tokenizerJson: withMaxLength(tokenizerJson, config.maxLength),
    step: progress.step,
    checkpoint: (await checkpointHash(checkpointDir))!,
    ...(idf && { idf }),
  }
}

/** One text a run through the static graph of the training step: another lowering than an export's, and no padding. */
export async function encodeAsTrained(
  { config, weights, tokenizer }: TrainedEncoder,
  texts: readonly string[],
  threads: number,
): Promise<SparseVector[]> {
  const sessions = new Map<number, GraphSession>()
  const encoded: SparseVector[] = []
  try {
    for (const text of texts) {
      const length = tokenizer.encode(text, config.maxLength).length
      let session = sessions.get(length)
      if (!session) {
        const { vectors } = encoderGraph(config, { batch: 1, length })
        session = await GraphSession.open({ outputs: { output: vectors }, initialisers: weights }, { threads })
        sessions.set(length, session)
      }
      const { ids, mask } = tokenRows([text], tokenizer, [length])
      const shape = [1, length]
      const { output } = await session.run({ input_ids: { data: ids, shape }, attention_mask: { data: mask, shape } })
      if (output instanceof Float32Array) encoded.push(...sparseRows(output, config.vocabularySize))
    }
  } finally {
    for (const session of sessions.values()) await session.close()
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
