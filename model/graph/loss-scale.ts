import type { Graph, Tensor } from './graph.ts'
import { add, divide, greater, maximum, minimum, multiply, where } from './ops.ts'

/**
 * Dynamic loss scaling for fp16, inside the graph: the loss is multiplied by a scale so that small gradients do not vanish in
 * half precision. A step whose gradients overflow leaves weights and moments as they were and halves the scale; after
 * `growthSteps` good steps in a row it doubles. Values as in PyTorch's GradScaler. Source: Micikevicius et al. 2018, arXiv:1710.03740.
 */
export interface LossScale {
  /** f32 scalar ≥ 1: what the loss of this step is multiplied by. */
  readonly scale: Tensor
  /** f32 scalar: steps without overflow since the scale last changed. */
  readonly goodSteps: Tensor
}

/** Names of the graph inputs that hold the state. */
export const lossScaleState = { scale: 'scaler:loss_scale', goodSteps: 'scaler:good_steps' } as const

export const initialLossScale: Readonly<Record<string, number>> = {
  [lossScaleState.scale]: 2 ** 16,
  [lossScaleState.goodSteps]: 0,
}

const growthSteps = 2000
/** Above it fp16 gradients of any use overflow; below 1 it would help no more. */
const bounds = { least: 1, greatest: 2 ** 24 }

export function declareLossScale(graph: Graph): LossScale {
  return {
    scale: graph.input(lossScaleState.scale, 'f32', []),
    goodSteps: graph.input(lossScaleState.goodSteps, 'f32', []),
  }
}

/** State after a step. allFinite: bool scalar. */
export function nextLossScale({ scale, goodSteps }: LossScale, allFinite: Tensor): LossScale {
  const counted = add(goodSteps, 1)
  const grows = greater(counted, growthSteps - 0.5)
  const grown = minimum(multiply(scale, 2), bounds.greatest)
  const shrunk = maximum(divide(scale, 2), bounds.least)
  return {
    scale: where(allFinite, where(grows, grown, scale), shrunk),
    goodSteps: where(allFinite, where(grows, 0, counted), 0),
  }
}
