import { parentPort } from 'node:worker_threads'
import { AdamWKernel } from './adamw-kernel.ts'
import { memoryOf, type UpdateRequest } from './adamw-threads.ts'

/** Main module of a thread that updates parameters; see adamw-threads.ts. */

const kernel = new AdamWKernel()

parentPort?.on('message', ({ factors, parameters }: UpdateRequest) => {
  for (const parameter of parameters) kernel.update(parameter, factors)
  parentPort?.postMessage(parameters, memoryOf(parameters))
})
