import { isDeepStrictEqual } from 'node:util'
import { Tokenizer } from '../language/tokenizer.ts'
import { ConfigError, FatalError } from '../runtime/errors.ts'
import { type CheckpointContent, readCheckpoint, writeCheckpoint } from './checkpoint.ts'
import { type Calls, faultOf, type Preparation, type Reply, type Request, type Start } from './compute-protocol.ts'
import { parameterCount } from './encoder.ts'
import { loadEngine } from './execution.ts'
import { PrefetchingCollator } from './prefetching-collator.ts'
import { drawingSeed } from './randomness.ts'
import type { TrainingSettings } from './settings.ts'
import { takeAverage, writeState } from './state-average.ts'
import { TrainingEngine } from './training-engine.ts'

/**
 * Main module of the process that computes. The engine holds its thread for a whole step; here that delays nothing but
 * the next request, while the service's own process keeps its Kafka heartbeats.
 */

interface Running {
  readonly engine: TrainingEngine
  readonly collator: PrefetchingCollator
  readonly settings: TrainingSettings
  readonly tokenizerJson: string
  readonly idf: Float32Array | undefined
}

let running: Running | undefined

async function start({
  settings,
  tokenizerJson,
  seed,
  checkpoint,
  idf,
  worker,
  engines,
}: Start): Promise<Calls['start']['answer']> {
  const tokenizer = Tokenizer.parse(tokenizerJson)
  const stored = checkpoint === undefined ? undefined : await readCheckpoint(checkpoint)
  if (stored) requireSameModel(stored, settings, tokenizerJson)
  const drawn = drawingSeed(stored?.progress.randomness ?? seed, worker)
  const collator = new PrefetchingCollator({ settings, tokenizerJson, seed: drawn })
  const loaded = await loadEngine(settings.execution, { engines, threads: settings.threads })
  const parts = { ...loaded, collator, ...(idf && { idf }) }
  const engine = stored
    ? new TrainingEngine(settings, tokenizer, valuesOf(stored.tensors), stored.progress, parts)
    : TrainingEngine.start(settings, tokenizer, seed, parts)
  running = { engine, collator, settings, tokenizerJson, idf }
  return { step: engine.progress.step, parameters: parameterCount(engine.config), execution: loaded.execution }
}

/** Batches, losses and rates may change between the runs; what the weights stand for may not. */
function requireSameModel(stored: CheckpointContent, settings: TrainingSettings, tokenizerJson: string): void {
  const sameNetwork = isDeepStrictEqual(stored.settings.network, settings.network)
  if (sameNetwork && stored.tokenizerJson === tokenizerJson) return
  const what = sameNetwork ? 'another vocabulary' : 'a network of other sizes'
  throw new ConfigError('CHECKPOINT_OF_OTHER_MODEL', `the checkpoint belongs to ${what}`, {
    hint: 'train into another folder, or leave --resume out to start anew',
  })
}

function valuesOf(tensors: ReadonlyMap<string, { readonly data: Float32Array }>): Map<string, Float32Array> {
  return new Map([...tensors].map(([name, { data }]) => [name, data]))
}

async function answer(request: Request): Promise<unknown> {
  if (request.kind === 'start') return start(request)
  if (!running) throw new FatalError('TRAINER_NOT_STARTED', `${request.kind} before start`)
  const { engine, collator, settings, tokenizerJson, idf } = running
  switch (request.kind) {
    case 'steps':
      return engine.steps(request.batches)
    case 'encode':
      return engine.encode(request.texts)
    case 'calibrate':
      return engine.calibrate(request.examples)
    case 'writeState':
      return writeState(request.file, engine.tensors())
    case 'takeAverage':
      return takeAverage(engine.tensors(), request.files)
    case 'weakenPenalty':
      return engine.weakenPenalty()
    case 'waited':
      return (collator.waitedMs + idleMs) / 1000
    case 'checkpoint': {
      const { progress } = engine
      const content = { settings, progress, tokenizerJson, tensors: engine.tensors(), idf }
      return writeCheckpoint(request.folder, content, request.position)
    }
    case 'close':
      await collator.close()
      return engine.close()
  }
}

async function reply(request: Request): Promise<Reply> {
  try {
    return { id: request.id, answer: await answer(request) }
  } catch (error) {
    return { id: request.id, fault: faultOf(error) }
  }
}

/** Requests wait for one another: each sees what the ones before it did. */
let last: Promise<void> = Promise.resolve()

/** Time in which a step could have been computed, had one been asked for. */
let idleMs = 0
let idleSince: number | undefined

process.on('message', (request: Request | Preparation) => {
  if (request.kind === 'prepare') {
    running?.collator.prepare(request.step, request.examples)
    return
  }
  last = last.then(async () => {
    if (request.kind === 'steps' && idleSince !== undefined) idleMs += performance.now() - idleSince
    const message = await reply(request)
    idleSince = request.kind === 'steps' ? performance.now() : undefined
    process.send?.(message)
  })
})

// The parent is gone: nobody will ask again. The state on disk is whole at any moment, so there is nothing to tidy.
process.on('disconnect', () => process.exit(0))

// Ctrl-C reaches every process of the terminal's group; the parent decides whether to save first.
process.on('SIGINT', () => undefined)
