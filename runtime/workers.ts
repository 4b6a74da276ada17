/** Worker threads for the transforms that keep a core busy. A worker runs one event at a time. */
import type { Worker } from 'node:worker_threads'
import type { ServiceId } from '../topology.ts'
import type { Surroundings } from './deps.ts'
import { FatalError, RetryableError } from './errors.ts'
import type { Executed } from './execute.ts'
import { workerSeconds } from './metrics.ts'
import { moduleUrl, startWorker } from './package-root.ts'
import type { LogRecord } from './transport.ts'

export interface Job {
  readonly id: number
  readonly service: ServiceId
  readonly record: LogRecord
}

export type Answer =
  /** seconds: that the thread was at work on it. */
  | { readonly id: number; readonly executed: Executed; readonly seconds: number }
  | {
      readonly id: number
      readonly thrown: {
        readonly fatal: boolean
        readonly code: string
        readonly message: string
        readonly hint?: string
      }
    }

interface Waiting {
  readonly job: Job
  resolve(executed: Executed): void
  reject(error: unknown): void
}

/** CPU time of the process: some times what a thread takes to load a service and to get warm. By the clock a busy machine would start threads. */
const cpuMsBeforeThreads = 3_000

export class WorkerPool {
  private readonly around: Surroundings
  private readonly size: number
  private readonly idle: Worker[] = []
  private readonly busy = new Map<Worker, Waiting>()
  private readonly queue: Waiting[] = []
  private nextId = 0
  private closed = false
  private cpuAtFirst: NodeJS.CpuUsage | undefined

  /** Threads are started when the first work arrives. */
  constructor(size: number, around: Surroundings) {
    this.size = size
    this.around = around
  }

  /**
   * Whether work is better done where the caller is: of an update there is mostly less than threads take to start. True for a
   * while from the first time that it is asked.
   */
  get isBeforeThreads(): boolean {
    if ((this.around.update ?? 0) === 0) return false
    this.cpuAtFirst ??= process.cpuUsage()
    const { user, system } = process.cpuUsage(this.cpuAtFirst)
    return (user + system) / 1000 < cpuMsBeforeThreads
  }

  run(service: ServiceId, record: LogRecord): Promise<Executed> {
    return new Promise((resolve, reject) => {
      this.queue.push({ job: { id: this.nextId++, service, record }, resolve, reject })
      this.pump()
    })
  }

  async close(): Promise<void> {
    this.closed = true
    await Promise.all([...this.idle, ...this.busy.keys()].map((worker) => worker.terminate()))
  }

  private pump(): void {
    while (this.queue.length > 0 && !this.closed) {
      const worker = this.idle.pop() ?? (this.busy.size < this.size ? this.start() : undefined)
      if (!worker) return
      const waiting = this.queue.shift()!
      this.busy.set(worker, waiting)
      worker.postMessage(waiting.job)
    }
  }

  private start(): Worker {
    const worker = startWorker(moduleUrl(import.meta.url, './worker'), this.around)
    worker.on('message', (answer: Answer) => {
      const waiting = this.busy.get(worker)
      this.busy.delete(worker)
      this.idle.push(worker)
      if (waiting) {
        if ('seconds' in answer) workerSeconds.inc({ service: waiting.job.service }, answer.seconds)
        settle(waiting, answer)
      }
      this.pump()
    })
    worker.on('error', (cause) => this.lose(worker, cause))
    worker.on('exit', (code) => this.lose(worker, new Error(`worker thread ended with code ${code}`)))
    return worker
  }

  private lose(worker: Worker, cause: Error): void {
    const waiting = this.busy.get(worker)
    this.busy.delete(worker)
    const place = this.idle.indexOf(worker)
    if (place >= 0) this.idle.splice(place, 1)
    waiting?.reject(
      this.closed
        ? new RetryableError('STOPPED', 'the worker pool was closed')
        : new FatalError('WORKER_LOST', `a worker thread of ${waiting.job.service} died`, { cause }),
    )
    // What waits gets another thread, or dies with it and is told so: a job must not hang.
    this.pump()
  }
}

function settle(waiting: Waiting, answer: Answer): void {
  if ('executed' in answer) {
    waiting.resolve(answer.executed)
    return
  }
  const { fatal, code, message, hint } = answer.thrown
  const details = hint === undefined ? {} : { hint }
  waiting.reject(fatal ? new FatalError(code, message, details) : new RetryableError(code, message, details))
}
