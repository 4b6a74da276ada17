import { Graph, type Tensor } from './graph/graph.ts'
import {
  add,
  cast,
  firstRows,
  gather,
  gelu,
  layerNorm,
  linear,
  log,
  matmul,
  maxLogits,
  multiply,
  relu,
  reshape,
  softmax,
  subtract,
  transpose,
} from './graph/ops.ts'
import { fullPrecision, type Precision } from './graph/precision.ts'
import { type Dim, dimAt, ShapeError } from './graph/tensor.ts'
import type { Randomness } from './randomness.ts'

/**
 * The neural sparse encoder: a BERT encoder with its masked-language-model head, whose logits over the vocabulary are
 * pooled to one vector a text,
 *   w[b, v] = log(1 + ReLU(max_s logit[b, s, v]))      (SPLADE-max; Formal et al. 2021, arXiv:2109.10086)
 * or a variant of it (`activations`), over the real positions s; max, ReLU and log commute, all being monotonic. Special tokens are no terms: their
 * coordinates are 0. Parameters carry the names and layouts of Hugging Face's BertForMaskedLM.
 */
export interface EncoderConfig {
  readonly vocabularySize: number
  readonly hiddenSize: number
  readonly layers: number
  readonly heads: number
  readonly feedForwardSize: number
  /** Rows of the position table: the longest text in tokens. */
  readonly maxLength: number
  /** Ids of [PAD], [UNK], [CLS] and the like. */
  readonly specialTokenIds: readonly number[]
  readonly layerNormEpsilon: number
  /** Default log1p. */
  readonly activation?: Activation
}

/**
 * What turns a pooled logit z into a weight. log1p: log(1 + ReLU(z)), as in SPLADE. log1p-twice: log(1 + log(1 + ReLU(z))),
 * which presses large weights down further (Shen et al. 2025, arXiv:2504.14839).
 */
export const activations = ['log1p', 'log1p-twice'] as const
export type Activation = (typeof activations)[number]

/** Added to logits and attention scores of what must not count. Finite, for −∞ − −∞ is not a number. */
const excluded = -1e9

const wordEmbeddings = 'bert.embeddings.word_embeddings.weight'

/** Name and shape of every parameter, in a fixed order. The decoder is tied to the word embeddings. */
export function parameterShapes(config: EncoderConfig): ReadonlyMap<string, readonly number[]> {
  const { vocabularySize, hiddenSize, feedForwardSize, maxLength, layers } = config
  const shapes = new Map<string, readonly number[]>()
  const dense = (name: string, out: number, inner: number) => {
    shapes.set(`${name}.weight`, [out, inner])
    shapes.set(`${name}.bias`, [out])
  }
  const norm = (name: string) => {
    shapes.set(`${name}.LayerNorm.weight`, [hiddenSize])
    shapes.set(`${name}.LayerNorm.bias`, [hiddenSize])
  }
  shapes.set(wordEmbeddings, [vocabularySize, hiddenSize])
  shapes.set('bert.embeddings.position_embeddings.weight', [maxLength, hiddenSize])
  norm('bert.embeddings')
  for (let i = 0; i < layers; i++) {
    const layer = `bert.encoder.layer.${i}`
    for (const part of ['query', 'key', 'value']) dense(`${layer}.attention.self.${part}`, hiddenSize, hiddenSize)
    dense(`${layer}.attention.output.dense`, hiddenSize, hiddenSize)
    norm(`${layer}.attention.output`)
    dense(`${layer}.intermediate.dense`, feedForwardSize, hiddenSize)
    dense(`${layer}.output.dense`, hiddenSize, feedForwardSize)
    norm(`${layer}.output`)
  }
  dense('cls.predictions.transform.dense', hiddenSize, hiddenSize)
  norm('cls.predictions.transform')
  shapes.set('cls.predictions.bias', [vocabularySize])
  return shapes
}

/** Weights by parameter name, in the order of `parameterShapes`. */
export type Weights = ReadonlyMap<string, Float32Array>

/** BERT's; word embeddings have a setting of their own. */
const initialDeviation = 0.02

/**
 * Fresh weights: normal with deviation 0.02 as in BERT, layer norms 1 and 0, biases 0. The transform of the head starts
 * as the identity instead, so that at first a text activates its own tokens: from there the losses have something to
 * pull on, whereas random vectors of two disjoint vocabularies share next to nothing.
 */
export function initialWeights(
  config: EncoderConfig,
  embeddingDeviation: number,
  randomness: Randomness,
): Map<string, Float32Array> {
  const made = [...parameterShapes(config)].map(([name, shape]): [string, Float32Array] => [
    name,
    initialValue(name, shape, { randomness, embeddingDeviation }),
  ])
  return new Map(made)
}

/** One of them. Those of the head draw nothing. */
export function initialValue(
  name: string,
  shape: readonly number[],
  { randomness, embeddingDeviation = initialDeviation }: { randomness: Randomness; embeddingDeviation?: number },
): Float32Array {
  const values = new Float32Array(shape.reduce((a, b) => a * b, 1))
  if (name === 'cls.predictions.transform.dense.weight') {
    const width = shape[1] ?? 0
    for (let i = 0; i < width; i++) values[i * width + i] = 1
  } else if (name.endsWith('LayerNorm.weight')) values.fill(1)
  else if (shape.length > 1) {
    const deviation = name === wordEmbeddings ? embeddingDeviation : initialDeviation
    for (let i = 0; i < values.length; i++) values[i] = deviation * randomness.normal()
  }
  return values
}

/** The parameters as inputs of a graph. */
export function declareParameters(graph: Graph, config: EncoderConfig): ReadonlyMap<string, Tensor> {
  return new Map([...parameterShapes(config)].map(([name, shape]) => [name, graph.input(name, 'f32', shape)]))
}

export interface Encoding {
  /** Greatest logit over the real positions, special tokens excluded: f32 [batch, vocabulary]. */
  readonly logits: Tensor
  /** The sparse vectors, ≥ 0: f32 [batch, vocabulary]. */
  readonly vectors: Tensor
}

/**
 * Encodes a batch. ids: i64 [batch, length]; mask: i64 [batch, length], 1 for tokens and 0 for padding. Padding changes no
 * bit of what the real tokens give. A row without any real token gives the zero vector.
 * `precision` is that of the matrix products. Throws ShapeError when the length exceeds config.maxLength or the heads do not
 * divide the hidden size.
 */
export function encode(
  parameters: ReadonlyMap<string, Tensor>,
  config: EncoderConfig,
  { ids, mask }: { readonly ids: Tensor; readonly mask: Tensor },
  precision: Precision = fullPrecision,
): Encoding {
  const layers = new Layers(parameters, config, precision)
  const [batch, length] = [dimAt(ids.shape, 0), dimAt(ids.shape, 1)]
  const penalty = paddingPenalty(mask)
  const states = encoderStates(parameters, config, { ids, mask }, precision)
  const transformed = gelu(layers.dense('cls.predictions.transform.dense', states))
  const head = layers.norm('cls.predictions.transform', transformed)
  const pooled = maxLogits(head, layers.parameter(wordEmbeddings), reshape(penalty, [batch, length, 1]), { precision })
  const bias = add(layers.parameter('cls.predictions.bias'), specialPenalty(ids.graph, config))
  const logits = add(pooled, bias)
  return { logits, vectors: activated(logits, config.activation ?? 'log1p') }
}

/** The states of the last layer, before the head: f32 [batch, length, hidden]. Those at padding mean nothing. */
export function encoderStates(
  parameters: ReadonlyMap<string, Tensor>,
  config: EncoderConfig,
  { ids, mask }: { readonly ids: Tensor; readonly mask: Tensor },
  precision: Precision = fullPrecision,
): Tensor {
  const layers = new Layers(parameters, config, precision)
  const [batch, length] = [dimAt(ids.shape, 0), dimAt(ids.shape, 1)]
  const penalty = reshape(paddingPenalty(mask), [batch, 1, 1, length])
  let states = layers.embed(ids)
  for (let i = 0; i < config.layers; i++) {
    const layer = `bert.encoder.layer.${i}`
    const attended = layers.attend(`${layer}.attention`, states, penalty)
    states = layers.norm(`${layer}.attention.output`, add(states, attended))
    const widened = gelu(layers.dense(`${layer}.intermediate.dense`, states))
    states = layers.norm(`${layer}.output`, add(states, layers.dense(`${layer}.output.dense`, widened)))
  }
  return states
}

/** 0 where the mask is 1, very negative where it is 0: f32 [batch, length]. */
function paddingPenalty(mask: Tensor): Tensor {
  return multiply(subtract(1, cast(mask, 'f32')), excluded)
}

function activated(logits: Tensor, activation: Activation): Tensor {
  const once = log(add(relu(logits), 1))
  return activation === 'log1p' ? once : log(add(once, 1))
}

/** The logit of a weight > 0: the activation's inverse. */
export function logitOf(weight: number, activation: Activation): number {
  return activation === 'log1p' ? Math.expm1(weight) : Math.expm1(Math.expm1(weight))
}

function specialPenalty(graph: Graph, { vocabularySize, specialTokenIds }: EncoderConfig): Tensor {
  const penalty = new Float32Array(vocabularySize)
  for (const id of specialTokenIds) penalty[id] = excluded
  return graph.constant(penalty, [vocabularySize])
}

/** The layers of BERT over named parameters. */
class Layers {
  readonly #parameters: ReadonlyMap<string, Tensor>
  readonly #config: EncoderConfig
  readonly #precision: Precision

  constructor(parameters: ReadonlyMap<string, Tensor>, config: EncoderConfig, precision: Precision) {
    if (config.hiddenSize % config.heads !== 0) {
      throw new ShapeError(`${config.heads} heads do not divide a hidden size of ${config.hiddenSize}`)
    }
    this.#parameters = parameters
    this.#config = config
    this.#precision = precision
  }

  parameter(name: string): Tensor {
    const tensor = this.#parameters.get(name)
    if (!tensor) throw new ShapeError(`no parameter ${name}`)
    return tensor
  }

  dense(name: string, x: Tensor): Tensor {
    const [w, b] = [this.parameter(`${name}.weight`), this.parameter(`${name}.bias`)]
    return linear(x, w, b, { precision: this.#precision })
  }

  norm(name: string, x: Tensor): Tensor {
    const [gain, bias] = [this.parameter(`${name}.LayerNorm.weight`), this.parameter(`${name}.LayerNorm.bias`)]
    return layerNorm(x, gain, bias, { epsilon: this.#config.layerNormEpsilon })
  }

  /** Words plus positions, normalised: [batch, length, hidden]. */
  embed(ids: Tensor): Tensor {
    const words = gather(this.parameter(wordEmbeddings), ids)
    const positions = firstRows(this.parameter('bert.embeddings.position_embeddings.weight'), ids)
    return this.norm('bert.embeddings', add(words, positions))
  }

  /** Multi-head self-attention with its output layer. penalty: [batch, 1, 1, length], added to the scores. */
  attend(name: string, states: Tensor, penalty: Tensor): Tensor {
    const { heads, hiddenSize } = this.#config
    const [batch, length]: readonly [Dim, Dim] = [dimAt(states.shape, 0), dimAt(states.shape, 1)]
    const perHead = hiddenSize / heads
    const byHead = (part: string) =>
      transpose(reshape(this.dense(`${name}.self.${part}`, states), [batch, length, heads, perHead]), [0, 2, 1, 3])
    const precision = this.#precision
    const scale = 1 / Math.sqrt(perHead)
    const scores = matmul(byHead('query'), byHead('key'), { transposeB: true, scale, precision })
    const mixed = matmul(softmax(add(scores, penalty)), byHead('value'), { precision })
    return this.dense(`${name}.output.dense`, reshape(transpose(mixed, [0, 2, 1, 3]), [batch, length, hiddenSize]))
  }
}

export interface BatchSize {
  readonly batch: Dim
  readonly length: Dim
}

/** Any number of texts of any length, decided when the graph runs. */
export const dynamicSize: BatchSize = { batch: 'batch', length: 'sequence' }

export interface EncoderGraph {
  readonly graph: Graph
  readonly parameters: ReadonlyMap<string, Tensor>
  /** f32 [batch, vocabulary]. */
  readonly vectors: Tensor
}

/** The encoder alone, for inference and export: inputs `input_ids` and `attention_mask`, and the parameters. */
export function encoderGraph(config: EncoderConfig, { batch, length }: BatchSize): EncoderGraph {
  const graph = new Graph()
  const parameters = declareParameters(graph, config)
  const ids = graph.input('input_ids', 'i64', [batch, length])
  const mask = graph.input('attention_mask', 'i64', [batch, length])
  const { vectors } = encode(parameters, config, { ids, mask })
  return { graph, parameters, vectors }
}

/** Number of trained values. */
export function parameterCount(config: EncoderConfig): number {
  return [...parameterShapes(config).values()].reduce((total, shape) => total + shape.reduce((a, b) => a * b, 1), 0)
}

/** Weight decay is for matrices; gains and biases are left alone, as in BERT. */
export function decays(shape: readonly number[]): boolean {
  return shape.length > 1 && shape[0]! > 1
}
