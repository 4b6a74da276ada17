import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { BadEventError, ConfigError, FatalError, RetryableError } from '../runtime/errors.ts'
import { moduleUrl } from '../runtime/package-root.ts'
import type { TrainingExample } from './batch.ts'
import { type DataPosition, latestCheckpoint, type WrittenCheckpoint } from './checkpoint.ts'
import type { CallKind, Calls, Fault, Preparation, Reply } from './compute-protocol.ts'
import type { Execution } from './execution.ts'
import { LocalSgdTrainer, type Worker } from './local-sgd.ts'
import { parseTrainingSettings, type TrainingSettings } from './settings.ts'
import type { SparseVector } from './sparse-vector.ts'
import type { StepReport } from './training-engine.ts'

export interface TrainerOptions {
  readonly config: Partial<TrainingSettings>
  /** Text of the tokenizer.json whose vocabulary becomes the terms. */
  readonly tokenizerJson: string
  readonly seed: number
  /** Where checkpoints lie. */
  readonly stateDir: string
  /** True: go on from the checkpoint of the highest step in `stateDir`, where there is one. */
  readonly resume: boolean
  /** f32 [vocabulary]: inverse document frequencies, for settings that need them. */
  readonly idf?: Float32Array
  /** Folder of the engines that `naru engines add` made. */
  readonly engines?: string
}

/** A training run in a process of its own, or several. Calls are carried out in the order in which they were made. */
export interface Trainer {
  /** Steps done before this start: 0, or where the checkpoint stood. The caller skips as many batches. */
  readonly startStep: number
  /** Number of trained values. */
  readonly parameters: number
  /** The process that computes: its memory and its end are the run's. */
  readonly processId: number | undefined
  /** Says which examples a later step will be on, so that their batch is made while steps before it are computed. */
  prepare(step: number, examples: readonly TrainingExample[]): void
  /** With what it computes, and how many steps it does best at once. */
  readonly execution: Execution
  /** One optimiser step on at most `config.batch.examples` examples a worker. */
  step(examples: readonly TrainingExample[]): Promise<StepReport>
  /** A step a batch; the losses do not depend on how many batches are handed over at once. */
  steps(batches: readonly (readonly TrainingExample[])[]): Promise<readonly StepReport[]>
  /** Writes `<dir>/step-NNNNNNNN`; what it holds is the state after all steps asked for before, and the position that is given. */
  checkpoint(dir: string, position?: DataPosition): Promise<WrittenCheckpoint>
  encode(texts: readonly string[]): Promise<readonly SparseVector[]>
  /** Halves the sparsity penalty from the next step on; resolves to what it is multiplied by then. */
  weakenPenalty(): Promise<number>
  /** Seconds since the start in which the process that computes waited for a batch. */
  waitedSeconds(): Promise<number>
  close(): Promise<void>
}

/**
 * Starts the process, or as many as `localSgd.workers` says. Throws ConfigError for settings that fit neither the schema nor the
 * checkpoint.
 */
export async function createTrainer(options: TrainerOptions): Promise<Trainer> {
  const { config, stateDir, resume } = options
  const settings = parseTrainingSettings(config)
  const { workers: count, averageEvery } = settings.localSgd
  const checkpoint = resume ? await latestCheckpoint(stateDir) : undefined
  const starts = Array.from({ length: count }, (_, worker) => startWorker(options, { settings, checkpoint, worker }))
  const started = await Promise.allSettled(starts)
  const workers = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  try {
    const failed = started.find((one) => one.status === 'rejected')
    if (failed) throw failed.reason
    return count === 1 ? workers[0]! : new LocalSgdTrainer(workers, { averageEvery, folder: stateDir })
  } catch (error) {
    await Promise.all(workers.map((worker) => worker.close()))
    throw error
  }
}

interface WorkerStart {
  readonly settings: TrainingSettings
  readonly checkpoint: string | undefined
  readonly worker: number
}

async function startWorker(
  { tokenizerJson, seed, idf, engines }: TrainerOptions,
  { settings, checkpoint, worker }: WorkerStart,
): Promise<Worker> {
  const compute = new ComputeProcess(settings.localSgd.workers > 1 ? deviceOfWorker(worker) : undefined)
  try {
    const { step, parameters, execution } = await compute.call('start', {
      settings,
      tokenizerJson,
      seed,
      checkpoint,
      idf,
      worker,
      engines,
    })
    return {
      startStep: step,
      parameters,
      processId: compute.processId,
      prepare: (step, examples) => compute.prepare({ kind: 'prepare', step, examples }),
      execution,
      step: async (examples) => (await compute.call('steps', { batches: [examples] }))[0]!,
      steps: (batches) => compute.call('steps', { batches }),
      checkpoint: (folder, position) => compute.call('checkpoint', { folder, position }),
      encode: (texts) => compute.call('encode', { texts }),
      weakenPenalty: () => compute.call('weakenPenalty', {}),
      waitedSeconds: () => compute.call('waited', {}),
      calibrate: (examples) => compute.call('calibrate', { examples }),
      writeState: (file) => compute.call('writeState', { file }),
      takeAverage: (files) => compute.call('takeAverage', { files }),
      close: () => compute.close(),
    }
  } catch (error) {
    compute.kill()
    throw error
  }
}

/** The GPU of a worker: that of its number among those that this process may see. */
function deviceOfWorker(worker: number): string {
  const visible = (process.env.CUDA_VISIBLE_DEVICES ?? '').split(',').filter((device) => device !== '')
  return visible[worker % visible.length] ?? String(worker)
}

interface Waiting {
  resolve(answer: unknown): void
  reject(error: Error): void
}

/** The child process and the calls that wait for its answers. */
class ComputeProcess {
  readonly #child: ChildProcess
  readonly #waiting = new Map<number, Waiting>()
  readonly #ended: Promise<void>
  #nextId = 0
  #death: FatalError | undefined

  /** device: the only GPU that the process sees; default: all of this one's. */
  constructor(device?: string) {
    this.#child = fork(fileURLToPath(moduleUrl(import.meta.url, './compute-process')), {
      env: { ...process.env, ...(device !== undefined && { CUDA_VISIBLE_DEVICES: device }) },
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    this.#child.on('message', (reply: Reply) => this.#settle(reply))
    this.#ended = new Promise((resolve) => {
      this.#child.on('exit', (code, signal) => {
        this.#die(signal ? `signal ${signal}` : `exit code ${code}`)
        resolve()
      })
      this.#child.on('error', (error) => this.#die(error.message))
    })
  }

  get processId(): number | undefined {
    return this.#child.pid
  }

  /** The one place where an answer gets its type: both ends are compiled from the same `Calls`. */
  call<K extends CallKind>(kind: K, request: Calls[K]['request']): Promise<Calls[K]['answer']> {
    return new Promise<Calls[K]['answer']>((resolve, reject) => {
      if (this.#death) {
        reject(this.#death)
        return
      }
      const id = this.#nextId++
      this.#waiting.set(id, { resolve: (answer) => resolve(answer as Calls[K]['answer']), reject })
      this.#child.send({ id, kind, ...request })
    })
  }

  prepare(preparation: Preparation): void {
    if (!this.#death) this.#child.send(preparation)
  }

  async close(): Promise<void> {
    if (this.#death) return
    await this.call('close', {})
    this.#child.disconnect()
    await this.#ended
  }

  kill(): void {
    this.#child.kill('SIGKILL')
  }

  #settle(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id)
    this.#waiting.delete(reply.id)
    if ('fault' in reply) waiting?.reject(errorFrom(reply.fault))
    else waiting?.resolve(reply.answer)
  }

  #die(how: string): void {
    this.#death ??= new FatalError('TRAINER_DIED', `the compute process ended with ${how}`, {
      hint: 'it may have run out of memory: set training.chunk_texts, which changes no gradient, then run the same command with --resume',
    })
    for (const waiting of this.#waiting.values()) waiting.reject(this.#death)
    this.#waiting.clear()
  }
}

const errorClasses = { BadEventError, ConfigError, FatalError, RetryableError }

function errorFrom({ kind, code, message, hint, stack }: Fault): Error {
  const known = Object.entries(errorClasses).find(([name]) => name === kind)?.[1] ?? FatalError
  const cause = new Error(`in the compute process: ${stack ?? message}`)
  return new known(code, message, { cause, ...(hint !== undefined && { hint }) })
}
