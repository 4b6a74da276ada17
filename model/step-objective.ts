/** What a step minimises: the losses of a batch as nodes of its graph, and the figures beside them. */
import type { StepShape } from './batch.ts'
import { klDivergence, marginMse, ownScores } from './distillation.ts'
import type { Graph, Tensor } from './graph/graph.ts'
import { add, concat, multiply, split } from './graph/ops.ts'
import { sizeAt } from './graph/tensor.ts'
import { activeTerms, alignment, contrast, proportionalAlignment, ranking, tokenActivation } from './losses.ts'
import type { LossSettings } from './settings.ts'
import { flops, termCosts } from './sparsity.ts'
import { type Encodings, encodings, idfOf } from './step-encodings.ts'
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
  const crossLingual = texts.search?.linked
    ? add(pairs.crossLingual, multiply(search.leadAlignment, weights.leadAlignmentShare))
    : pairs.crossLingual
  const sparsityWeight = graph.input(sparsityWeightInput, 'f32', [])
  const losses = add(
    add(multiply(search.ranking, weights.alphaRanking), multiply(crossLingual, weights.betaCrossLingual)),
    multiply(search.sparsity, sparsityWeight),
  )
  const isTaught = texts.search !== undefined && weights.deltaDistillation > 0
  const loss = isTaught ? add(losses, multiply(search.distillation, weights.deltaDistillation)) : losses
  return { loss, parts: { ...pairs, ...search, crossLingual } }
}

type PairParts = Pick<LossParts, 'crossLingual' | 'alignment' | 'contrast' | 'activation'>

/** What brings the two names of a thing together; crossLingual is of names alone. */
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

/** Ranking of the documents, the teacher's view of it, alignment of linked leads, and sparsity of all texts. */
function searchParts(
  graph: Graph,
  { queries, documents, long, linked, short }: NonNullable<Encodings['search']> & { short: Tensor },
  { shape, settings, pairsTwice }: Surroundings & { shape: StepShape },
): SearchParts {
  const weights = settings.losses
  const [n, m] = [shape.examples, shape.examples * (1 + shape.negatives)]
  const queryPresent = graph.input('query_present', 'f32', [n])
  const longPresent = graph.input('document_present', 'f32', [m + shape.leads])
  // Queries by a table of IDFs are not among the texts that are encoded.
  const shortPresent = weights.queryEncoding === 'idf' ? pairsTwice : concat([queryPresent, pairsTwice], 0)
  const exclusion = graph.input('ranking_exclusion', 'f32', [n, m])
  const costs = pricesOf(graph, settings)
  return {
    ranking: ranking(queries, documents, { exclusion, present: queryPresent, temperature: weights.temperature }),
    sparsity: add(
      flops(short, shortPresent, costs),
      flops(long, longPresent, { ...costs, activeTarget: weights.activeTarget }),
    ),
    distillation: distilled(graph, queries, documents, weights),
    leadAlignment: linked
      ? proportionalAlignment(linked.leads, linked.mates, split(longPresent, 0, [m, shape.leads])[1]!)
      : graph.scalar(0),
    activeTerms: activeTerms(concat([short, long], 0), concat([shortPresent, longPresent], 0)),
    activeTermsShort: activeTerms(short, shortPresent),
    activeTermsLong: activeTerms(long, longPresent),
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
    leadAlignment: none,
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
