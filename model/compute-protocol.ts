import { NaruError } from '../runtime/errors.ts'
import type { TrainingExample } from './batch.ts'
import type { DataPosition, WrittenCheckpoint } from './checkpoint.ts'
import type { Execution } from './execution.ts'
import type { TrainingSettings } from './settings.ts'
import type { SparseVector } from './sparse-vector.ts'
import type { StepReport } from './training-engine.ts'

/** What trainer and compute process say to one another. One answer to each request, in order. */

export interface Started {
  readonly step: number
  readonly parameters: number
  readonly execution: Execution
}

export interface Start {
  readonly settings: TrainingSettings
  readonly tokenizerJson: string
  readonly seed: number
  /** Folder of a checkpoint to go on from. */
  readonly checkpoint: string | undefined
  /** f32 [vocabulary], for settings that need inverse document frequencies. */
  readonly idf: Float32Array | undefined
  /** Number of this worker of several, from 0: each draws for itself. */
  readonly worker: number
  /** Folder of the engines that `naru engines add` made. */
  readonly engines: string | undefined
}

export interface Calls {
  start: { request: Start; answer: Started }
  steps: { request: { readonly batches: readonly (readonly TrainingExample[])[] }; answer: readonly StepReport[] }
  calibrate: { request: { readonly examples: readonly TrainingExample[] }; answer: undefined }
  writeState: { request: { readonly file: string }; answer: undefined }
  takeAverage: { request: { readonly files: readonly string[] }; answer: undefined }
  weakenPenalty: { request: Record<never, never>; answer: number }
  waited: { request: Record<never, never>; answer: number }
  checkpoint: {
    request: { readonly folder: string; readonly position: DataPosition | undefined }
    answer: WrittenCheckpoint
  }
  encode: { request: { readonly texts: readonly string[] }; answer: readonly SparseVector[] }
  close: { request: Record<never, never>; answer: undefined }
}

export type CallKind = keyof Calls

export type Request = { [K in CallKind]: { readonly id: number; readonly kind: K } & Calls[K]['request'] }[CallKind]

/** Said ahead of the request for that step, and not answered: its batch can be collated while another step is computed. */
export interface Preparation {
  readonly kind: 'prepare'
  readonly step: number
  readonly examples: readonly TrainingExample[]
}

export type Reply = { readonly id: number; readonly answer: unknown } | { readonly id: number; readonly fault: Fault }

/** An error that has crossed a process border: its class is lost, so it is told by name. */
export interface Fault {
  readonly kind: string
  readonly code: string
  readonly message: string
  readonly hint: string | undefined
  readonly stack: string | undefined
}

export function faultOf(error: unknown): Fault {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error))
  if (error instanceof NaruError) return { kind: name, code: error.code, message, hint: error.hint, stack }
  return { kind: name, code: 'COMPUTE_FAILED', message, hint: undefined, stack }
}
