import type { StepReport } from '../../model/training-engine.ts'

/** The figures of some step, for what only passes them on. */
export const stepReport: Omit<StepReport, 'step'> = {
  ...{ loss: 1, ranking: 1, crossLingual: 1, sparsity: 1, alignment: 1, contrast: 1, activation: 1 },
  ...{ leadAlignment: 0, distillation: 0, activeTerms: 1, activeTermsShort: 1, activeTermsLong: 1 },
  ...{ gradientNorm: 1, lossScale: 1, learningRate: 1e-3, sparsityWeight: 0, skipped: false },
}
