import type { StepShape } from './batch.ts'
import { decays, type EncoderConfig, parameterShapes } from './encoder.ts'
import { gradients } from './graph/gradient.ts'
import { Graph, type Tensor } from './graph/graph.ts'
import { declareLossScale, lossScaleState, nextLossScale } from './graph/loss-scale.ts'
import type { LoopOptions } from './graph/onnx-loop.ts'
import { multiply } from './graph/ops.ts'
import {
  type AdamWSettings,
  adamW,
  constantFactors,
  firstMomentOf,
  secondMomentOf,
  stepFactors,
} from './graph/optimiser.ts'
import { declareGroups, groupParameters, type ParameterGroup } from './graph/parameter-groups.ts'
import type { Precision } from './graph/precision.ts'
import type { LossSettings } from './settings.ts'
import { objective } from './step-objective.ts'

/**
 * One step of the optimiser as one graph of static shapes: encode, losses, gradients, clipping, AdamW. Inputs: the arrays
 * of `collate`, the state (parameters and moments; with fp16 the loss scale), the scalars of the schedule. Outputs: the losses,
 * and the new state under the names of the old with `next:` before them.
 */
export interface TrainingStep extends LoopOptions {
  /**
   * For state in memory that this program can write, in place of the new state: the losses, the gradients under the names of the
   * parameters with `gradient:` before them, and the factors of the update that they then go into. Absent with a loss scale.
   */
  readonly inPlace: GradientStep | undefined
}

export interface GradientStep {
  readonly outputs: Readonly<Record<string, Tensor>>
  readonly constantFactors: ReturnType<typeof constantFactors>
}

export const nextName = (name: string) => `next:${name}`
export const gradientName = (name: string) => `gradient:${name}`
export const factorName = (name: string) => `factor:${name}`

/** What the graph of a step reports; every value is a mean over the batch, computed before the update. */
export interface StepFigures {
  /** alpha·ranking + beta·crossLingual + weight·sparsity + delta·distillation. */
  readonly loss: number
  readonly ranking: number
  /** Shares times alignment, contrast, activation and lead alignment, summed. */
  readonly crossLingual: number
  /** FLOPS of what is encoded: synonyms, documents, and queries unless a table of IDFs encodes them. Unweighted. */
  readonly sparsity: number
  readonly alignment: number
  readonly contrast: number
  readonly activation: number
  /** Alignment of the leads of linked pages; 0 where the batch has none. */
  readonly leadAlignment: number
  /** Distance from the teacher's scores; 0 where there is no teacher. */
  readonly distillation: number
  /** Mean active terms of all texts of the batch. */
  readonly activeTerms: number
  /** Mean active terms of queries and synonyms. */
  readonly activeTermsShort: number
  /** Mean active terms of documents and leads. */
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
  /** Texts that are encoded at once; the gradients are those of the whole batch. Default 0: all. See graph/chunks.ts. */
  readonly chunkTexts?: number
}

/** Parameters of an encoder in groups of at most `limit` values; 0: each alone. */
export function parameterGroups(config: EncoderConfig, limit = 0): readonly ParameterGroup[] {
  const facts = [...parameterShapes(config)].map(([name, shape]) => [name, { shape, decays: decays(shape) }] as const)
  return groupParameters(new Map(facts), limit)
}

/** The graph of a step of this shape, ready for the ONNX target, alone or in a loop. */
export function trainingStep(shape: StepShape, settings: StepSettings): TrainingStep {
  const graph = new Graph()
  const groups = settings.groups ?? parameterGroups(settings.encoder)
  const { buffers, parameters } = declareGroups(graph, groups)
  const { loss, parts } = objective(graph, parameters, shape, settings)
  const lossScale = settings.precision === 'fp16' ? declareLossScale(graph) : undefined
  const slopes = gradients(lossScale ? multiply(loss, lossScale.scale) : loss, buffers)
  const decayed = new Set(groups.filter((group) => group.decays).map(({ name }) => name))
  const { updates, gradientNorm, allFinite, factors } = adamW(buffers, slopes, settings.optimiser, {
    decays: ({ name }) => decayed.has(name),
    lossScale: lossScale?.scale,
  })
  const figures = { loss, ...parts, gradientNorm, lossScale: lossScale?.scale ?? graph.scalar(1) }
  const outputs: Record<string, Tensor> = { ...figures }
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
  const gradientOutputs = {
    ...figures,
    ...Object.fromEntries(buffers.map(({ name }, i) => [gradientName(name), slopes[i]!])),
    ...Object.fromEntries(stepFactors.map((name) => [factorName(name), factors[name]])),
  }
  const inPlace = { outputs: gradientOutputs, constantFactors: constantFactors(settings.optimiser) }
  return { outputs, carried, inPlace: lossScale ? undefined : inPlace }
}
