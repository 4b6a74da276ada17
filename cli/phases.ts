import type { ServiceId } from '../topology.ts'

export interface Phase {
  readonly description: string
  /** The services that the phase is there for; what they need upstream runs too, where it has not. */
  readonly targets: readonly ServiceId[]
}

/** The phases of the plan, each a command of its own, in their order. */
export const phases = {
  download: { description: 'fetch and verify the dump files', targets: ['dump-downloader', 'list-reader'] },
  extract: { description: 'take the articles apart', targets: ['article-writer'] },
  synonyms: { description: 'find, merge and split the synonym pairs', targets: ['synonym-writer'] },
  examples: { description: 'build the training examples', targets: ['example-writer'] },
  train: { description: 'train the sparse encoder', targets: ['trainer'] },
  export: {
    description: 'publish the model in every format',
    targets: ['exporter'],
  },
  evaluate: { description: 'judge the model beside the baselines', targets: ['evaluator'] },
} as const satisfies Record<string, Phase>

export type PhaseName = keyof typeof phases
export const phaseNames = Object.keys(phases) as PhaseName[]
