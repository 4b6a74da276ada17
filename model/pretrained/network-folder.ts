/** A sparse encoder by others: weights as transformers saves them, run by our graph. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Tokenizer } from '../../language/tokenizer.ts'
import { ConfigError } from '../../runtime/errors.ts'
import { dynamicSize, encoderGraph } from '../encoder.ts'
import { GraphSession } from '../graph/session.ts'
import { readIdf, type SparseEncoder, type SparseEncoderSettings, sparseEncoder } from '../sparse-encoder.ts'
import { type BaseModel, encoderOf, readBaseModel } from './base-model.ts'
import type { SparseLayout } from './sparse-layout.ts'
import { readWeights, weightFilesOf } from './weight-files.ts'

/** Throws ConfigError MODEL_UNSUPPORTED for a network without a masked-language-model head, and the errors of `readBaseModel`. */
export async function loadNetworkFolder(
  layout: SparseLayout,
  { threads = 1 }: SparseEncoderSettings,
): Promise<SparseEncoder> {
  const base = await readBaseModel(layout.network)
  if (!base.hasHead) {
    throw new ConfigError('MODEL_UNSUPPORTED', 'the network has no head over the vocabulary', {
      at: { file: layout.network },
      hint: 'a sparse encoder is a masked language model: its weights hold cls.predictions or lm_head',
    })
  }
  const tokenizer = Tokenizer.parse(base.tokenizerJson)
  const config = {
    ...encoderOf(base.config),
    activation: layout.activation,
    specialTokenIds: layout.specialTokensAreNoTerms ? Object.values(tokenizer.special) : [],
  }
  const { vectors } = encoderGraph(config, dynamicSize)
  const session = await GraphSession.open({ outputs: { output: vectors }, initialisers: base.weights }, { threads })
  const { vocabularySize } = config
  const maxLength = Math.min(config.maxLength, tokenizer.maxLength, layout.maxLength ?? config.maxLength)
  return sparseEncoder({ session, tokenizer, vocabularySize, maxLength, ...(await queriesOf(layout, base)) })
}

async function queriesOf(
  { queries }: SparseLayout,
  { tokenizerJson }: BaseModel,
): Promise<{ idf: Float32Array | undefined; queryTokenizer?: Tokenizer }> {
  if (queries.kind === 'network') return { idf: undefined }
  if (queries.kind === 'idf') return { idf: await readIdf(queries.file, tokenizerJson) }
  const weights = await readWeights(await weightFilesOf(queries.folder), (name) => name === 'weight')
  const table = weights.get('weight')
  if (!table) {
    throw new ConfigError('MODEL_INVALID', 'the table of query weights is missing', {
      at: { file: queries.folder },
      hint: 'its model.safetensors should hold one tensor named weight',
    })
  }
  return {
    idf: table.data,
    queryTokenizer: Tokenizer.parse(await readFile(join(queries.folder, 'tokenizer.json'), 'utf8')),
  }
}
