/**
 * How sure a pair is: the logistic function of what its independent voices weigh together. Each adds its weight of evidence in
 * natural log-odds (Good 1950); `bias` is where a pair stands before anyone has spoken. docs/explain/confidence.md.
 */
import type { Voice } from './voices.ts'

export interface Weights {
  readonly bias: number
  readonly voices: Readonly<Record<Voice, number>>
}

/** σ(bias + Σ weights), 0 to 1. @param spoken as `voicesOf` gives them; a voice counts as often as it is there. */
export function confidenceOf(spoken: readonly Voice[], { bias, voices }: Weights): number {
  return logistic(spoken.reduce((sum, voice) => sum + voices[voice], bias))
}

export function logistic(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds))
}

/** Natural log-odds of a probability strictly between 0 and 1. */
export function logOddsOf(probability: number): number {
  return Math.log(probability / (1 - probability))
}
