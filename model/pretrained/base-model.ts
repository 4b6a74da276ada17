import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { ConfigError } from '../../runtime/errors.ts'
import { checkpointNetwork } from '../checkpoint.ts'
import { type EncoderConfig, parameterShapes } from '../encoder.ts'
import type { StoredTensor } from '../weights.ts'
import { type BaseConfig, parseBaseConfig } from './base-config.ts'
import { readWeights, weightFilesOf } from './weight-files.ts'
import { decoderWeight, ownName, tokenTypeEmbeddings } from './weight-names.ts'

/**
 * A pretrained encoder in a folder as transformers saves it: `config.json`, `tokenizer.json`, and weights as safetensors or
 * torch files, whole or in shards. A checkpoint of ours is one too.
 *
 * Its weights come under the names and in the form of `parameterShapes`. Two things are folded, which changes no state beyond
 * rounding: every text here is one segment, so the embedding of segment 0 is added to each position; and the rows of RoBERTa's
 * position table that stand before the first token (padding id + 1 of them) go.
 */
export interface BaseModel {
  readonly config: BaseConfig
  readonly tokenizerJson: string
  /** By the names of `parameterShapes`. Without those of the head where the base has none (sentence encoders). */
  readonly weights: ReadonlyMap<string, Float32Array>
  readonly hasHead: boolean
}

const wordEmbeddings = 'bert.embeddings.word_embeddings.weight'
const positionEmbeddings = 'bert.embeddings.position_embeddings.weight'
const isOfHead = (name: string) => name.startsWith('cls.')

/** What its config.json says, or the state of a checkpoint. */
export async function readBaseConfig(folder: string): Promise<BaseConfig> {
  const ours = await checkpointNetwork(folder)
  if (ours) {
    const { network, vocabularySize } = ours
    const { hiddenSize, layers, heads, feedForwardSize, maxLength, layerNormEpsilon } = network
    const sizes = { hiddenSize, layers, heads, feedForwardSize, maxLength, layerNormEpsilon }
    return { family: { kind: 'bert' }, vocabularySize, ...sizes, isSparse: true }
  }
  return parseBaseConfig(await textIn(folder, 'config.json'), join(folder, 'config.json'))
}

/** Throws ConfigError BASE_INVALID or BASE_UNSUPPORTED for a folder that cannot be used, FatalError for damaged weights. */
export async function readBaseModel(folder: string): Promise<BaseModel> {
  const config = await readBaseConfig(folder)
  const tokenizerJson = await textIn(folder, 'tokenizer.json')
  const stored = new Map<string, StoredTensor>()
  const files = await weightFilesOf(folder)
  for (const [name, tensor] of await readWeights(files, (name) => ownName(name, config.family) !== undefined)) {
    stored.set(ownName(name, config.family)!, tensor)
  }
  requireTiedHead(stored, folder)
  foldSegments(stored)
  dropUnusedPositions(stored, config)
  const hasHead = stored.has('cls.predictions.transform.dense.weight')
  const weights = new Map<string, Float32Array>()
  for (const [name, shape] of parameterShapes(encoderOf(config))) {
    if (isOfHead(name) && !hasHead) continue
    const tensor = stored.get(name)
    if (!tensor || tensor.shape.join() !== shape.join()) {
      throw new ConfigError('BASE_INVALID', `${name} is ${tensor ? `[${tensor.shape}]` : 'missing'}, not [${shape}]`, {
        at: { file: folder },
        hint: 'the weights do not belong to this config.json, or are of another architecture',
      })
    }
    weights.set(name, tensor.data)
  }
  return { config, tokenizerJson, weights, hasHead }
}

/** SHA-256 over all that `readBaseModel` reads of a folder: another base is another run. */
export async function baseFingerprint(folder: string): Promise<string> {
  const hash = createHash('sha256')
  const files = ['tokenizer.json', (await checkpointNetwork(folder)) ? 'state.json' : 'config.json'].map((name) =>
    join(folder, name),
  )
  for (const file of [...files, ...(await weightFilesOf(folder))]) {
    const ofFile = createHash('sha256')
    try {
      await pipeline(createReadStream(file), ofFile)
    } catch (cause) {
      throw unreadable(file, cause)
    }
    hash.update(ofFile.digest())
  }
  return hash.digest('hex')
}

/** The base as an encoder; special tokens are the tokenizer's affair. */
export function encoderOf(config: BaseConfig): EncoderConfig {
  const { family: _, isSparse: __, ...sizes } = config
  return { ...sizes, specialTokenIds: [] }
}

async function textIn(folder: string, name: string): Promise<string> {
  try {
    return await readFile(join(folder, name), 'utf8')
  } catch (cause) {
    throw unreadable(join(folder, name), cause)
  }
}

function unreadable(file: string, cause: unknown): ConfigError {
  const hint = file.endsWith('tokenizer.json')
    ? 'make it with transformers: AutoTokenizer.from_pretrained(folder).save_pretrained(folder)'
    : 'model.base wants a folder as transformers saves it: config.json, tokenizer.json and weights'
  return new ConfigError('BASE_INVALID', `the base has no ${basename(file)} that can be read`, {
    at: { file },
    hint,
    cause,
  })
}

/** Older files write the tied matrix twice. */
function requireTiedHead(stored: Map<string, StoredTensor>, folder: string): void {
  const [decoder, words] = [stored.get(decoderWeight), stored.get(wordEmbeddings)]
  stored.delete(decoderWeight)
  if (!decoder || !words || isSame(decoder.data, words.data)) return
  throw new ConfigError('BASE_UNSUPPORTED', 'the head has a matrix of its own', {
    at: { file: folder },
    hint: 'use a base whose head is tied to the word embeddings, as those of BERT and XLM-R are',
  })
}

function isSame(a: Float32Array, b: Float32Array): boolean {
  const bytes = (values: Float32Array) => Buffer.from(values.buffer, values.byteOffset, values.byteLength)
  return bytes(a).equals(bytes(b))
}

function foldSegments(stored: Map<string, StoredTensor>): void {
  const [segments, positions] = [stored.get(tokenTypeEmbeddings), stored.get(positionEmbeddings)]
  if (!segments || !positions) return
  const width = positions.shape[1] ?? 0
  for (let i = 0; i < positions.data.length; i++) positions.data[i]! += segments.data[i % width] ?? 0
}

function dropUnusedPositions(stored: Map<string, StoredTensor>, { family, hiddenSize, maxLength }: BaseConfig): void {
  const positions = stored.get(positionEmbeddings)
  if (!positions || family.kind !== 'roberta') return
  const data = positions.data.subarray(family.firstPosition * hiddenSize)
  stored.set(positionEmbeddings, { shape: [maxLength, hiddenSize], data })
}
