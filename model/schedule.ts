import type { LossSettings, OptimiserSettings } from './settings.ts'

/** Learning rate of a step (1 is the first): rises linearly over the warm-up, then falls linearly to the floor. */
export function learningRateAt(step: number, settings: OptimiserSettings): number {
  const { learningRate, warmupSteps, totalSteps, floorShare } = settings
  if (step <= warmupSteps) return (learningRate * step) / warmupSteps
  const rest = Math.max(totalSteps - warmupSteps, 1)
  const done = Math.min((step - warmupSteps) / rest, 1)
  return learningRate * (1 - (1 - floorShare) * done)
}

/** Weight of the sparsity penalty at a step: γ · min(1, step/T)². Source: SPLADE, arXiv:2107.05720, section 3. */
export function sparsityWeightAt(step: number, { gammaSparsity, sparsityWarmupSteps }: LossSettings): number {
  return gammaSparsity * Math.min(1, step / sparsityWarmupSteps) ** 2
}
