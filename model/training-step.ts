import type { StepShape } from './batch.ts'
import { klDivergence, marginMse, ownScores } from './distillation.ts'
import { decays, type EncoderConfig, encode, parameterShapes } from './encoder.ts'
import { gradients } from './graph/gradient.ts'
import { Graph, type Tensor } from './graph/graph.ts'
import { declareLossScale, lossScaleState, nextLossScale } from './graph/loss-scale.ts'
import type { LoopOptions } from './graph/onnx-loop.ts'
import { add, concat, multiply, split } from './graph/ops.ts'
import { type AdamWSettings, adamW, firstMomentOf, secondMomentOf } from './graph/optimiser.ts'
import { declareGroups, groupParameters, type ParameterGroup } from './graph/parameter-groups.ts'
import { fullPrecision, type Precision } from './graph/precision.ts'
import { ShapeError, sizeAt } from './graph/tensor.ts'
import { idfVectors } from './idf.ts'
import { activeTerms, alignment, contrast, ranking, tokenActivation } from './losses.ts'
import type { LossSettings } from './settings.ts'
import { flops, termCosts } from './sparsity.ts'

/**
 * One step of the optimiser as one graph of static shapes: encode, losses, gradients, clipping, AdamW. Inputs: the arrays
 * of `collate`, the state (parameters and moments; with fp16 the loss scale), the scalars of the schedule. Outputs: the losses,
 * and the new state under the names of the old with `next:` before them.
 */

/** Input with the weight of the sparsity penalty at this step. */
export const sparsityWeightInput = 'sparsity_weight'

export const nextName = (name: string) => `next:${name}`

/** What the graph of a step reports; every value is a mean over the batch, computed before the update. */
export interface StepFigures {
  /** alpha·ranking + beta·crossLingual + weight·sparsity + delta·distillation. */
  readonly loss: number
  readonly ranking: number
  /** Shares times alignment, contrast and activation, summed. */
  readonly crossLingual: number
  /** FLOPS of what is encoded: synonyms, documents, and queries unless a table of IDFs encodes them. Unweighted. */
  readonly sparsity: number
  readonly alignment: number
  readonly contrast: number
  readonly activation: number
  /** Distance from the teacher's scores; 0 where there is no teacher. */
  readonly distillation: number
  /** Mean active terms of all texts of the batch. */
  readonly activeTerms: number
  /** Mean active terms of queries and synonyms. */
  readonly activeTermsShort: number
  /** Mean active terms of documents. */
  readonly activeTermsLong: number
  /** Global L2 norm of the gradients before clipping; not finite where a step with a loss scale was skipped. */
  readonly gradientNorm: number
  /** What the loss was multiplied by before the gradients; 1 except with fp16. */
  readonly lossScale: number
}

export interface StepSettings {
  readonly encoder: EncoderConfig
  readonly losses: LossSettings
  readonly optimiser: AdamWSettings
  /** f32 [vocabulary]: for idfPenalty and queryEncoding idf. */
  readonly idf?: Float32Array
  /** Of the encoder's matrix products. The scores of the losses are always f32. Default fp32. */
  readonly precision?: Precision
  /** How parameters are packed; default: each alone. */
  readonly groups?: readonly ParameterGroup[]
}

/** Parameters of an encoder in groups of at most `limit` values; 0: each alone. */
export function parameterGroups(config: EncoderConfig, limit = 0): readonly ParameterGroup[] {
  const facts = [...parameterShapes(config)].map(([name, shape]) => [name, { shape, decays: decays(shape) }] as const)
  return groupParameters(new Map(facts), limit)
}

/** The graph of a step of this shape, ready for the ONNX target, alone or in a loop. */
export function trainingStep(shape: StepShape, settings: StepSettings): LoopOptions {
  const graph = new Graph()
  const groups = settings.groups ?? parameterGroups(settings.encoder)
  const { buffers, parameters } = declareGroups(graph, groups)
  const { loss, parts } = losses(graph, parameters, shape, settings)
  const lossScale = settings.precision === 'fp16' ? declareLossScale(graph) : undefined
  const slopes = gradients(lossScale ? multiply(loss, lossScale.scale) : loss, buffers)
  const decayed = new Set(groups.filter((group) => group.decays).map(({ name }) => name))
  const { updates, gradientNorm, allFinite } = adamW(buffers, slopes, settings.optimiser, {
    decays: ({ name }) => decayed.has(name),
    lossScale: lossScale?.scale,
  })
  const outputs: Record<string, Tensor> = { loss, ...parts, gradientNorm }
  outputs.lossScale = lossScale?.scale ?? graph.scalar(1)
  const carried = new Map<string, string>()
  const carry = (name: string, next: Tensor) => {
    outputs[nextName(name)] = next
    carried.set(name, nextName(name))
  }
  for (const [name, { parameter, firstMoment, secondMoment }] of updates) {
    carry(name, parameter)
    carry(firstMomentOf(name), firstMoment)
    carry(secondMomentOf(name), secondMoment)
  }
  if (lossScale && allFinite) {
    const { scale, goodSteps } = nextLossScale(lossScale, allFinite)
    carry(lossScaleState.scale, scale)
    carry(lossScaleState.goodSteps, goodSteps)
  }
  return { outputs, carried }
}

type LossParts = Readonly<Record<Exclude<keyof StepFigures, 'loss' | 'gradientNorm' | 'lossScale'>, Tensor>>

function losses(
  graph: Graph,
  parameters: ReadonlyMap<string, Tensor>,
  shape: StepShape,
  settings: StepSettings,
): { loss: Tensor; parts: LossParts } {
  const n = shape.examples
  const weights = settings.losses
  const { queries, left, right, documents, pairLogits, short } = encodings(graph, parameters, shape, settings)
  const present = {
    queries: graph.input('query_present', 'f32', [n]),
    documents: graph.input('document_present', 'f32', [n * (1 + shape.negatives)]),
    pairs: graph.input('pair_present', 'f32', [n]),
  }
  const pairsTwice = concat([present.pairs, present.pairs], 0)
  const shortPresent = weights.queryEncoding === 'idf' ? pairsTwice : concat([present.queries, pairsTwice], 0)
  const rankingLoss = ranking(queries, documents, {
    exclusion: graph.input('ranking_exclusion', 'f32', [n, n * (1 + shape.negatives)]),
    present: present.queries,
    temperature: weights.temperature,
  })
  const alignmentLoss = alignment(left, right, present.pairs)
  const contrastLoss = contrast(left, right, {
    exclusion: graph.input('pair_exclusion', 'f32', [n, n]),
    present: present.pairs,
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
  const costs = weights.idfPenalty > 0 && termCosts(idfOf(settings), weights.idfPenalty)
  const priced = costs ? { costs: graph.constant(costs, [costs.length]) } : {}
  const sparsity = add(
    flops(short, shortPresent, priced),
    flops(documents, present.documents, { ...priced, activeTarget: weights.activeTarget }),
  )
  const sparsityWeight = graph.input(sparsityWeightInput, 'f32', [])
  const distillationLoss = distilled(graph, queries, documents, weights)
  const objective = add(
    add(multiply(rankingLoss, weights.alphaRanking), multiply(crossLingual, weights.betaCrossLingual)),
    multiply(sparsity, sparsityWeight),
  )
  const loss = distillationLoss ? add(objective, multiply(distillationLoss, weights.deltaDistillation)) : objective
  return {
    loss,
    parts: {
      ranking: rankingLoss,
      crossLingual,
      sparsity,
      alignment: alignmentLoss,
      contrast: contrastLoss,
      activation: activationLoss,
      distillation: distillationLoss ?? graph.scalar(0),
      activeTerms: activeTerms(concat([short, documents], 0), concat([shortPresent, present.documents], 0)),
      activeTermsShort: activeTerms(short, shortPresent),
      activeTermsLong: activeTerms(documents, present.documents),
    },
  }
}

function distilled(graph: Graph, queries: Tensor, documents: Tensor, weights: LossSettings): Tensor | undefined {
  if (weights.deltaDistillation === 0) return undefined
  const scores = ownScores(queries, documents)
  const shape = [sizeAt(scores.shape, 0), sizeAt(scores.shape, 1)]
  const given = {
    teacher: graph.input('teacher_scores', 'f32', shape),
    scored: graph.input('teacher_scored', 'f32', shape),
  }
  if (weights.distillation === 'margin-mse') return marginMse(scores, given)
  return klDivergence(scores, given, weights.distillationTemperature)
}

function idfOf({ idf }: StepSettings): Float32Array {
  if (!idf) throw new ShapeError('a step with an IDF penalty or queries by IDF needs the table')
  return idf
}

/** Queries and synonyms are encoded together, documents apart: two lengths, one set of parameters. */
function encodings(graph: Graph, parameters: ReadonlyMap<string, Tensor>, shape: StepShape, settings: StepSettings) {
  const { encoder, losses: weights, precision = fullPrecision } = settings
  const n = shape.examples
  const tokens = (name: string, rows: number, length: number) => ({
    ids: graph.input(`${name}_ids`, 'i64', [rows, length]),
    mask: graph.input(`${name}_mask`, 'i64', [rows, length]),
  })
  const encoded = (texts: ReturnType<typeof tokens>) => encode(parameters, encoder, texts, precision)
  const shortTokens = tokens('short', 3 * n, shape.queryLength)
  const long = encoded(tokens('long', n * (1 + shape.negatives), shape.documentLength))
  if (weights.queryEncoding === 'idf') {
    const [queryIds, pairIds] = split(shortTokens.ids, 0, [n, 2 * n])
    const [, pairMask] = split(shortTokens.mask, 0, [n, 2 * n])
    const pairs = encoded({ ids: pairIds!, mask: pairMask! })
    const [left, right] = split(pairs.vectors, 0, [n, n])
    const first = graph.input('query_first', 'f32', [n, shape.queryLength])
    const table = idfOf(settings)
    const queries = idfVectors(queryIds!, first, graph.constant(table, [table.length]))
    return {
      queries,
      left: left!,
      right: right!,
      documents: long.vectors,
      pairLogits: pairs.logits,
      short: pairs.vectors,
    }
  }
  const short = encoded(shortTokens)
  const [queries, left, right] = split(short.vectors, 0, [n, n, n])
  const [, pairLogits] = split(short.logits, 0, [n, 2 * n])
  return {
    queries: queries!,
    left: left!,
    right: right!,
    documents: long.vectors,
    pairLogits: pairLogits!,
    short: short.vectors,
  }
}
