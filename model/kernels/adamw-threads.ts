import type { Worker } from 'node:worker_threads'
import { FatalError } from '../../runtime/errors.ts'
import { moduleUrl, startWorker } from '../../runtime/package-root.ts'
import type { AdamWFactors } from '../graph/optimiser.ts'
import { AdamWKernel, type UpdatedParameter } from './adamw-kernel.ts'

export interface UpdateRequest {
  readonly factors: AdamWFactors
  readonly parameters: readonly UpdatedParameter[]
}

/** With less for each to do, a thread costs more than it saves. */
const valuesWorthAThread = 2 ** 20

/** What changes hands when parameters go to another thread, or come back. */
export function memoryOf(parameters: readonly UpdatedParameter[]): ArrayBuffer[] {
  return parameters.flatMap(({ values, firstMoment, secondMoment, gradient }) =>
    [values, firstMoment, secondMoment, gradient].map(({ buffer }) => buffer as ArrayBuffer),
  )
}

/**
 * AdamW of whole parameters side by side: this thread updates some, others the rest, each the bits that one would make. Memory is handed to
 * a thread and back, not copied and not shared: onnxruntime-node takes no tensors that lie in a SharedArrayBuffer.
 */
export class AdamWThreads {
  readonly #kernel = new AdamWKernel()
  readonly #threads: number
  readonly #leastValues: number
  readonly #others: UpdatingThread[] = []

  /** threads: at most so many, this one included; those that the size of an update calls for are started at the first one. */
  constructor(threads: number, { leastValues = valuesWorthAThread }: { readonly leastValues?: number } = {}) {
    this.#threads = threads
    this.#leastValues = leastValues
  }

  /**
   * Gives the updated parameters, in order. The arrays that are passed in may be empty from then on: what comes back is in their place.
   * Throws FatalError WEIGHTS_LOST when a thread ends, whose parameters are lost with it.
   */
  async update(parameters: readonly UpdatedParameter[], factors: AdamWFactors): Promise<readonly UpdatedParameter[]> {
    const [own = [], ...shares] = sharesOf(parameters, this.#threads, this.#leastValues)
    while (this.#others.length < shares.length) this.#others.push(new UpdatingThread())
    const away = shares.map((share, i) => {
      return this.#others[i]!.update({ factors, parameters: share.map((at) => parameters[at]!) })
    })
    const back = Promise.all(away)
    for (const at of own) this.#kernel.update(parameters[at]!, factors)
    const updated = [...parameters]
    for (const [i, share] of (await back).entries()) for (const [j, at] of shares[i]!.entries()) updated[at] = share[j]!
    return updated
  }

  async close(): Promise<void> {
    await Promise.all(this.#others.map((thread) => thread.close()))
  }
}

/** Places of the parameters that each thread takes: the largest first, each to whom has the least so far. */
function sharesOf(parameters: readonly UpdatedParameter[], threads: number, leastValues: number): number[][] {
  const sizeOf = (at: number) => parameters[at]!.values.length
  const places = [...parameters.keys()].sort((a, b) => sizeOf(b) - sizeOf(a))
  const total = places.reduce((sum, at) => sum + sizeOf(at), 0)
  const count = Math.max(1, Math.min(threads, Math.floor(total / leastValues)))
  const shares = Array.from({ length: count }, () => ({ places: [] as number[], values: 0 }))
  for (const at of places) {
    const least = shares.reduce((a, b) => (b.values < a.values ? b : a))
    least.places.push(at)
    least.values += sizeOf(at)
  }
  return shares.map((share) => share.places)
}

class UpdatingThread {
  readonly #worker: Worker
  #asked: { resolve(parameters: readonly UpdatedParameter[]): void; reject(error: Error): void } | undefined

  constructor() {
    this.#worker = startWorker(moduleUrl(import.meta.url, './adamw-thread'), undefined)
    this.#worker.on('message', (parameters: readonly UpdatedParameter[]) => {
      // The process may end while the thread idles, and only then.
      this.#worker.unref()
      this.#asked?.resolve(parameters)
      this.#asked = undefined
    })
    this.#worker.on('error', (error) => this.#fail(error.message, error))
    this.#worker.on('exit', () => this.#fail('it ended'))
    this.#worker.unref()
  }

  update(request: UpdateRequest): Promise<readonly UpdatedParameter[]> {
    this.#worker.ref()
    this.#worker.postMessage(request, memoryOf(request.parameters))
    return new Promise((resolve, reject) => {
      this.#asked = { resolve, reject }
    })
  }

  async close(): Promise<void> {
    await this.#worker.terminate()
  }

  #fail(why: string, cause?: Error): void {
    this.#asked?.reject(
      new FatalError('WEIGHTS_LOST', `a thread that updates parameters failed: ${why}`, {
        hint: 'resume: the run goes on from its last checkpoint',
        cause,
      }),
    )
    this.#asked = undefined
  }
}
