import type { StepShape } from './batch.ts'
import { decays, declareParameters, type EncoderConfig, encode } from './encoder.ts'
import { gradients } from './graph/gradient.ts'
import { Graph, type Tensor } from './graph/graph.ts'
import type { OnnxOptions } from './graph/onnx.ts'
import { add, concat, multiply, split } from './graph/ops.ts'
import { type AdamWSettings, adamW, firstMomentOf, secondMomentOf } from './graph/optimiser.ts'
import { activeTerms, alignment, contrast, flops, ranking, tokenActivation } from './losses.ts'
import type { LossSettings } from './settings.ts'

/**
 * One step of the optimiser as one graph of static shapes: encode, losses, gradients, clipping, AdamW. Inputs: the arrays
 * of `collate`, the state (parameters and moments), the scalars of the schedule. Outputs: the losses, and the new state
 * under the names of the old with `next:` before them.
 */

/** Input with the weight of the sparsity penalty at this step. */
export const sparsityWeightInput = 'sparsity_weight'

export const nextName = (name: string) => `next:${name}`

/** What the graph of a step reports; every value is a mean over the batch, computed before the update. */
export interface StepFigures {
  /** alpha·ranking + beta·crossLingual + weight·sparsity. */
  readonly loss: number
  readonly ranking: number
  /** Shares times alignment, contrast and activation, summed. */
  readonly crossLingual: number
  /** FLOPS of queries, synonyms and documents, unweighted. */
  readonly sparsity: number
  readonly alignment: number
  readonly contrast: number
  readonly activation: number
  /** Mean active terms of all texts of the batch. */
  readonly activeTerms: number
  /** Mean active terms of queries and synonyms. */
  readonly activeTermsShort: number
  /** Mean active terms of documents. */
  readonly activeTermsLong: number
  /** Global L2 norm of the gradients before clipping. */
  readonly gradientNorm: number
}

export interface StepSettings {
  readonly encoder: EncoderConfig
  readonly losses: LossSettings
  readonly optimiser: AdamWSettings
}

/** The graph of a step of this shape, ready for the ONNX target. */
export function trainingStep(shape: StepShape, settings: StepSettings): OnnxOptions {
  const graph = new Graph()
  const parameters = declareParameters(graph, settings.encoder)
  const trained = [...parameters.values()]
  const { loss, parts } = losses(graph, parameters, shape, settings)
  const { updates, gradientNorm } = adamW(trained, gradients(loss, trained), settings.optimiser, decays)
  const outputs: Record<string, Tensor> = { loss, ...parts, gradientNorm }
  for (const [name, { parameter, firstMoment, secondMoment }] of updates) {
    outputs[nextName(name)] = parameter
    outputs[nextName(firstMomentOf(name))] = firstMoment
    outputs[nextName(secondMomentOf(name))] = secondMoment
  }
  return { outputs }
}

type LossParts = Readonly<Record<Exclude<keyof StepFigures, 'loss' | 'gradientNorm'>, Tensor>>

function losses(
  graph: Graph,
  parameters: ReadonlyMap<string, Tensor>,
  shape: StepShape,
  settings: StepSettings,
): { loss: Tensor; parts: LossParts } {
  const n = shape.examples
  const weights = settings.losses
  const { pairs, search } = encodings(graph, parameters, shape, settings.encoder)
  const { left, right, pairLogits } = pairs
  const pairPresent = graph.input('pair_present', 'f32', [n])
  const pairsTwice = concat([pairPresent, pairPresent], 0)
  const alignmentLoss = alignment(left, right, pairPresent)
  const contrastLoss = contrast(left, right, {
    exclusion: graph.input('pair_exclusion', 'f32', [n, n]),
    present: pairPresent,
    temperature: weights.temperature,
  })
  const activationLoss = tokenActivation(pairLogits, {
    tokens: graph.input('target_tokens', 'i64', [2 * n, shape.synonymTargets]),
    tokenWeights: graph.input('target_weights', 'f32', [2 * n, shape.synonymTargets]),
    present: pairsTwice,
    margin: weights.activationMargin,
  })
  const crossLingual = add(
    add(multiply(alignmentLoss, weights.alignmentShare), multiply(contrastLoss, weights.contrastShare)),
    multiply(activationLoss, weights.activationShare),
  )
  const searching = search
    ? searchParts(graph, search, { shape, pairsTwice, temperature: weights.temperature })
    : pairsAlone(graph, pairs, pairsTwice)
  const sparsityWeight = graph.input(sparsityWeightInput, 'f32', [])
  const loss = add(
    add(multiply(searching.ranking, weights.alphaRanking), multiply(crossLingual, weights.betaCrossLingual)),
    multiply(searching.sparsity, sparsityWeight),
  )
  return {
    loss,
    parts: {
      ...searching,
      crossLingual,
      alignment: alignmentLoss,
      contrast: contrastLoss,
      activation: activationLoss,
    },
  }
}

type SearchParts = Pick<LossParts, 'ranking' | 'sparsity' | 'activeTerms' | 'activeTermsShort' | 'activeTermsLong'>

/** Ranking of the documents, and sparsity of all texts. */
function searchParts(
  graph: Graph,
  { queries, documents, short }: { queries: Tensor; documents: Tensor; short: Tensor },
  { shape, pairsTwice, temperature }: { shape: StepShape; pairsTwice: Tensor; temperature: number },
): SearchParts {
  const [n, m] = [shape.examples, shape.examples * (1 + shape.negatives)]
  const queryPresent = graph.input('query_present', 'f32', [n])
  const documentPresent = graph.input('document_present', 'f32', [m])
  const shortPresent = concat([queryPresent, pairsTwice], 0)
  const exclusion = graph.input('ranking_exclusion', 'f32', [n, m])
  return {
    ranking: ranking(queries, documents, { exclusion, present: queryPresent, temperature }),
    sparsity: add(flops(short, shortPresent), flops(documents, documentPresent)),
    activeTerms: activeTerms(concat([short, documents], 0), concat([shortPresent, documentPresent], 0)),
    activeTermsShort: activeTerms(short, shortPresent),
    activeTermsLong: activeTerms(documents, documentPresent),
  }
}

/** The same where synonym pairs are all there is. */
function pairsAlone(graph: Graph, { short }: { short: Tensor }, pairsTwice: Tensor): SearchParts {
  const active = activeTerms(short, pairsTwice)
  const none = graph.scalar(0)
  return {
    ranking: none,
    sparsity: flops(short, pairsTwice),
    activeTerms: active,
    activeTermsShort: active,
    activeTermsLong: none,
  }
}

/** Queries and synonyms are encoded together, documents apart: two lengths, one set of parameters. */
function encodings(graph: Graph, parameters: ReadonlyMap<string, Tensor>, shape: StepShape, encoder: EncoderConfig) {
  const n = shape.examples
  const texts = (name: string, rows: number, length: number) =>
    encode(
      parameters,
      encoder,
      graph.input(`${name}_ids`, 'i64', [rows, length]),
      graph.input(`${name}_mask`, 'i64', [rows, length]),
    )
  if (shape.documentLength === 0) {
    const short = texts('short', 2 * n, shape.queryLength)
    const [left, right] = split(short.vectors, 0, [n, n])
    return { pairs: { left: left!, right: right!, pairLogits: short.logits, short: short.vectors } }
  }
  const short = texts('short', 3 * n, shape.queryLength)
  const long = texts('long', n * (1 + shape.negatives), shape.documentLength)
  const [queries, left, right] = split(short.vectors, 0, [n, n, n])
  const [, pairLogits] = split(short.logits, 0, [n, 2 * n])
  return {
    pairs: { left: left!, right: right!, pairLogits: pairLogits!, short: short.vectors },
    search: { queries: queries!, documents: long.vectors, short: short.vectors },
  }
}
