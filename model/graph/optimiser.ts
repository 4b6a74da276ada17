import type { Tensor } from './graph.ts'
import { add, divide, greater, maximum, minimum, multiply, sqrt, square, subtract, sumOfSquares, where } from './ops.ts'
import { ShapeError } from './tensor.ts'

/**
 * AdamW (Loshchilov and Hutter 2019, arXiv:1711.05101) as nodes, as PyTorch computes it:
 *   p ← p·(1 − lr·decay);  m ← β₁m + (1−β₁)g;  v ← β₂v + (1−β₂)g²;  p ← p − lr·m̂ / (√v̂ + ε)
 * with m̂ = m/(1−β₁ᵗ), v̂ = v/(1−β₂ᵗ). What depends on the step t comes in as scalars, so one graph serves all steps.
 * Where the state lies in memory that this program can write, model/kernels/adamw-kernel.ts does the same in one pass.
 * Every node is a pass over memory, so factors are gathered into scalars first: with g′ = (1−β₁)·clip·g the update is
 *   m ← β₁m + g′;  v ← β₂v + g′²·(1−β₂)/(1−β₁)²;  p ← p·kept − m·(lr·c₁/c₂) / (√v + ε/c₂),   c₁ = 1/(1−β₁ᵗ), c₂ = 1/√(1−β₂ᵗ).
 */
export interface AdamWSettings {
  readonly beta1: number
  readonly beta2: number
  readonly epsilon: number
  /** Decay per unit of learning rate; applied where `decays` says so. */
  readonly weightDecay: number
  /** Gradients are scaled down to this global norm (L2 over all parameters). */
  readonly maxGradientNorm: number
}

export const defaultAdamW: AdamWSettings = {
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  weightDecay: 0.01,
  maxGradientNorm: 1,
}

/** Names of the step-dependent inputs of the graph; see `stepScalars`. */
const stepInputs = {
  learningRate: 'learning_rate',
  firstCorrection: 'first_correction',
  secondCorrection: 'second_correction',
} as const

/** Values of the step-dependent inputs. step: 1 for the first update. */
export function stepScalars(
  step: number,
  learningRate: number,
  { beta1, beta2 }: AdamWSettings,
): Record<string, number> {
  return {
    [stepInputs.learningRate]: learningRate,
    [stepInputs.firstCorrection]: 1 / (1 - beta1 ** step),
    [stepInputs.secondCorrection]: 1 / Math.sqrt(1 - beta2 ** step),
  }
}

export interface ParameterUpdate {
  readonly parameter: Tensor
  readonly firstMoment: Tensor
  readonly secondMoment: Tensor
}

export interface OptimiserStep {
  /** New values by the name of the parameter. */
  readonly updates: ReadonlyMap<string, ParameterUpdate>
  /** Global L2 norm before clipping, without the scale of the loss. */
  readonly gradientNorm: Tensor
  /** With a loss scale: bool scalar, false when the gradients overflowed and the step changed nothing. */
  readonly allFinite: Tensor | undefined
  /** Scalars of the update, for whoever updates outside of the graph. */
  readonly factors: Readonly<Record<StepFactor, Tensor>>
}

/** Factors that depend on the step and its gradients. */
export const stepFactors = ['share', 'kept', 'rate', 'floor'] as const
export type StepFactor = (typeof stepFactors)[number]

/** The factors of an update: with g′ = share·g, m ← firstKept·m + g′; v ← secondKept·v + squareShare·g′²; p ← kept·p − rate·m / (√v + floor). */
export type AdamWFactors = Readonly<Record<StepFactor | 'firstKept' | 'secondKept' | 'squareShare', number>>

/** The factors that are the same at every step. */
export function constantFactors({ beta1, beta2 }: AdamWSettings): Omit<AdamWFactors, StepFactor> {
  return { firstKept: beta1, secondKept: beta2, squareShare: (1 - beta2) / (1 - beta1) ** 2 }
}

/** Names of the graph inputs that hold a parameter's moments. */
export const firstMomentOf = (parameter: string) => `first_moment:${parameter}`
export const secondMomentOf = (parameter: string) => `second_moment:${parameter}`

export interface UpdateRules {
  /** Is the parameter decayed? All are when not given. */
  readonly decays?: (parameter: Tensor) => boolean
  /** The gradients are those of the loss times this; a step whose gradients are not finite then changes nothing. */
  readonly lossScale?: Tensor | undefined
}

/** Adds inputs for moments and step scalars, and one AdamW update of every parameter. */
export function adamW(
  parameters: readonly Tensor[],
  gradientsOf: readonly Tensor[],
  settings: AdamWSettings,
  { decays = () => true, lossScale }: UpdateRules = {},
): OptimiserStep {
  const graph = parameters[0]?.graph
  if (!graph) throw new ShapeError('an optimiser needs parameters')
  const { beta1, epsilon, weightDecay } = settings
  const constants = constantFactors(settings)
  const learningRate = graph.input(stepInputs.learningRate, 'f32', [])
  const firstCorrection = graph.input(stepInputs.firstCorrection, 'f32', [])
  const secondCorrection = graph.input(stepInputs.secondCorrection, 'f32', [])
  const scaledNorm = globalNorm(gradientsOf)
  const gradientNorm = lossScale ? divide(scaledNorm, lossScale) : scaledNorm
  const clip = minimum(divide(settings.maxGradientNorm, maximum(gradientNorm, 1e-6)), 1)
  // Every square is in the norm: it is finite only if all gradients are. NaN compares false.
  const allFinite = lossScale && greater(greatestFinite, scaledNorm)
  /** What a step that is skipped has in place of `usual`. */
  const unlessSkipped = <T extends Tensor | number>(usual: T, skipped: number): T | Tensor =>
    allFinite ? where(allFinite, usual, skipped) : usual
  const kept = unlessSkipped(subtract(1, multiply(learningRate, weightDecay)), 1)
  const rate = unlessSkipped(divide(multiply(learningRate, firstCorrection), secondCorrection), 0)
  const floor = divide(epsilon, secondCorrection)
  const [firstKept, secondKept] = [unlessSkipped(constants.firstKept, 1), unlessSkipped(constants.secondKept, 1)]
  const share = multiply(lossScale ? divide(clip, lossScale) : clip, 1 - beta1)
  const updates = new Map<string, ParameterUpdate>()
  for (const [i, parameter] of parameters.entries()) {
    const shared = multiply(gradientsOf[i]!, share)
    const gradient = allFinite ? where(allFinite, shared, 0) : shared
    const oldFirst = graph.input(firstMomentOf(parameter.name), 'f32', parameter.shape)
    const oldSecond = graph.input(secondMomentOf(parameter.name), 'f32', parameter.shape)
    const firstMoment = add(multiply(oldFirst, firstKept), gradient)
    const squared = multiply(square(gradient), constants.squareShare)
    const secondMoment = add(multiply(oldSecond, secondKept), squared)
    const change = divide(multiply(firstMoment, rate), add(sqrt(secondMoment), floor))
    const shrunk = decays(parameter) ? multiply(parameter, kept) : parameter
    updates.set(parameter.name, { parameter: subtract(shrunk, change), firstMoment, secondMoment })
  }
  return { updates, gradientNorm, allFinite, factors: { share, kept, rate, floor } }
}

/** The greatest f32. */
const greatestFinite = (2 - 2 ** -23) * 2 ** 127

function globalNorm(tensors: readonly Tensor[]): Tensor {
  return sqrt(tensors.map(sumOfSquares).reduce((a, b) => add(a, b)))
}
