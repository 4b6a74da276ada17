/** What a step minimises: the losses of a batch as nodes of its graph, and the figures beside them. */
import type { StepShape } from './batch.ts'
import { encodeInChunks } from './chunked-encoder.ts'
import { klDivergence, marginMse, ownScores } from './distillation.ts'
import type { Graph, Tensor } from './graph/graph.ts'
import { add, concat, multiply, split } from './graph/ops.ts'
import { fullPrecision } from './graph/precision.ts'
import { ShapeError, sizeAt } from './graph/tensor.ts'
import { idfVectors } from './idf.ts'
import { activeTerms, alignment, contrast, ranking, tokenActivation } from './losses.ts'
import type { LossSettings } from './settings.ts'
import { flops, termCosts } from './sparsity.ts'
import type { StepFigures, StepSettings } from './training-step.ts'

/** Input with the weight of the sparsity penalty at this step. */
export const sparsityWeightInput = 'sparsity_weight'

type LossParts = Readonly<Record<Exclude<keyof StepFigures, 'loss' | 'gradientNorm' | 'lossScale'>, Tensor>>

export function objective(
  graph: Graph,
  parameters: ReadonlyMap<string, Tensor>,
  shape: StepShape,
  settings: StepSettings,
): { loss: Tensor; parts: LossParts } {
  const weights = settings.losses
  const texts = encodings(graph, parameters, shape, settings)
  const pairPresent = graph.input('pair_present', 'f32', [shape.examples])
  const pairsTwice = concat([pairPresent, pairPresent], 0)
  const pairs = pairParts(graph, texts, { shape, weights, pairPresent, pairsTwice })
  const search = texts.search
    ? searchParts(graph, { ...texts.search, short: texts.short }, { shape, settings, pairsTwice })
    : pairsAlone(graph, texts.short, { settings, pairsTwice })
  const sparsityWeight = graph.input(sparsityWeightInput, 'f32', [])
  const losses = add(
    add(multiply(search.ranking, weights.alphaRanking), multiply(pairs.crossLingual, weights.betaCrossLingual)),
    multiply(search.sparsity, sparsityWeight),
  )
  const isTaught = texts.search !== undefined && weights.deltaDistillation > 0
  const loss = isTaught ? add(losses, multiply(search.distillation, weights.deltaDistillation)) : losses
  return { loss, parts: { ...pairs, ...search } }
}

type PairParts = Pick<LossParts, 'crossLingual' | 'alignment' | 'contrast' | 'activation'>

/** What brings the two names of a thing together. */
function pairParts(
  graph: Graph,
  { left, right, pairLogits }: Pick<Encodings, 'left' | 'right' | 'pairLogits'>,
  {
    shape,
    weights,
    pairPresent,
    pairsTwice,
  }: { shape: StepShape; weights: LossSettings; pairPresent: Tensor; pairsTwice: Tensor },
): PairParts {
  const n = shape.examples
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
  return { crossLingual, alignment: alignmentLoss, contrast: contrastLoss, activation: activationLoss }
}

type SearchParts = Omit<LossParts, keyof PairParts>

interface Surroundings {
  readonly settings: StepSettings
  readonly pairsTwice: Tensor
}

/** Ranking of the documents, the teacher's view of it, and sparsity of all texts. */
function searchParts(
  graph: Graph,
  { queries, documents, short }: { queries: Tensor; documents: Tensor; short: Tensor },
  { shape, settings, pairsTwice }: Surroundings & { shape: StepShape },
): SearchParts {
  const weights = settings.losses
  const [n, m] = [shape.examples, shape.examples * (1 + shape.negatives)]
  const queryPresent = graph.input('query_present', 'f32', [n])
  const documentPresent = graph.input('document_present', 'f32', [m])
  // Queries by a table of IDFs are not among the texts that are encoded.
  const shortPresent = weights.queryEncoding === 'idf' ? pairsTwice : concat([queryPresent, pairsTwice], 0)
  const exclusion = graph.input('ranking_exclusion', 'f32', [n, m])
  const costs = pricesOf(graph, settings)
  return {
    ranking: ranking(queries, documents, { exclusion, present: queryPresent, temperature: weights.temperature }),
    sparsity: add(
      flops(short, shortPresent, costs),
      flops(documents, documentPresent, { ...costs, activeTarget: weights.activeTarget }),
    ),
    distillation: distilled(graph, queries, documents, weights),
    activeTerms: activeTerms(concat([short, documents], 0), concat([shortPresent, documentPresent], 0)),
    activeTermsShort: activeTerms(short, shortPresent),
    activeTermsLong: activeTerms(documents, documentPresent),
  }
}

/** The same where synonym pairs are all there is. */
function pairsAlone(graph: Graph, short: Tensor, { settings, pairsTwice }: Surroundings): SearchParts {
  const active = activeTerms(short, pairsTwice)
  const none = graph.scalar(0)
  return {
    ranking: none,
    sparsity: flops(short, pairsTwice, pricesOf(graph, settings)),
    distillation: none,
    activeTerms: active,
    activeTermsShort: active,
    activeTermsLong: none,
  }
}

/** What a term costs by its IDF, where that is priced. */
function pricesOf(graph: Graph, settings: StepSettings): { readonly costs?: Tensor } {
  const { idfPenalty } = settings.losses
  if (idfPenalty === 0) return {}
  const costs = termCosts(idfOf(settings), idfPenalty)
  return { costs: graph.constant(costs, [costs.length]) }
}

function distilled(graph: Graph, queries: Tensor, documents: Tensor, weights: LossSettings): Tensor {
  if (weights.deltaDistillation === 0) return graph.scalar(0)
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

interface Encodings {
  readonly left: Tensor
  readonly right: Tensor
  /** Of both names, left ones first. */
  readonly pairLogits: Tensor
  /** All short texts that are encoded. */
  readonly short: Tensor
  /** Absent where synonym pairs are all there is. */
  readonly search?: { readonly queries: Tensor; readonly documents: Tensor }
}

/** Queries and synonyms are encoded together, documents apart: two lengths, one set of parameters. */
function encodings(
  graph: Graph,
  parameters: ReadonlyMap<string, Tensor>,
  shape: StepShape,
  settings: StepSettings,
): Encodings {
  const { encoder, losses: weights, precision = fullPrecision, chunkTexts = 0 } = settings
  const n = shape.examples
  const tokens = (name: string, rows: number, length: number) => ({
    ids: graph.input(`${name}_ids`, 'i64', [rows, length]),
    mask: graph.input(`${name}_mask`, 'i64', [rows, length]),
  })
  const own = { parameters, config: encoder, precision, chunkTexts }
  const encoded = (texts: ReturnType<typeof tokens>) => encodeInChunks(own, texts, ['logits', 'vectors'])
  const pairsOf = ({ vectors, logits }: ReturnType<typeof encoded>) => {
    const [left, right] = split(vectors, 0, [n, n])
    return { left: left!, right: right!, pairLogits: logits, short: vectors }
  }
  if (shape.documentLength === 0) return pairsOf(encoded(tokens('short', 2 * n, shape.queryLength)))
  const shortTokens = tokens('short', 3 * n, shape.queryLength)
  const long = encodeInChunks(own, tokens('long', n * (1 + shape.negatives), shape.documentLength), ['vectors'])
  if (weights.queryEncoding === 'idf') {
    const [queryIds, pairIds] = split(shortTokens.ids, 0, [n, 2 * n])
    const [, pairMask] = split(shortTokens.mask, 0, [n, 2 * n])
    const first = graph.input('query_first', 'f32', [n, shape.queryLength])
    const table = idfOf(settings)
    const queries = idfVectors(queryIds!, first, graph.constant(table, [table.length]))
    return { ...pairsOf(encoded({ ids: pairIds!, mask: pairMask! })), search: { queries, documents: long.vectors } }
  }
  const short = encoded(shortTokens)
  const [queries, left, right] = split(short.vectors, 0, [n, n, n])
  const [, pairLogits] = split(short.logits, 0, [n, 2 * n])
  return {
    left: left!,
    right: right!,
    pairLogits: pairLogits!,
    short: short.vectors,
    search: { queries: queries!, documents: long.vectors },
  }
}
