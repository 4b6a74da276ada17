import { open } from 'node:fs/promises'
import { lossScaleState } from './graph/loss-scale.ts'
import { readSafetensors, type StoredTensor, safetensorsParts } from './weights.ts'

/** The state of several workers becomes their mean, by way of files: what one has is too large for a message. */

type State = ReadonlyMap<string, StoredTensor>

export async function writeState(file: string, state: State): Promise<void> {
  const handle = await open(file, 'w')
  try {
    for (const part of safetensorsParts(state)) await handle.writeFile(part)
  } finally {
    await handle.close()
  }
}

/**
 * Puts the mean of the files' states in the place of `state`: every worker that does so, with the files in one order, ends with the
 * same bits. Moments and averages of weights are averaged like the weights. Of a loss scale the smallest counts, for a mean of
 * powers of two is none. One file is in memory at a time.
 */
export async function takeAverage(state: State, files: readonly string[]): Promise<void> {
  const isScaler = (name: string) => name === lossScaleState.scale || name === lossScaleState.goodSteps
  for (const [number, file] of files.entries()) {
    const other = await readSafetensors(file)
    for (const [name, { data }] of state) {
      const values = other.get(name)!.data
      if (number === 0) data.set(values)
      else if (isScaler(name)) data[0] = Math.min(data[0]!, values[0]!)
      else for (let i = 0; i < data.length; i++) data[i]! += values[i]!
    }
  }
  for (const [name, { data }] of state) {
    if (!isScaler(name)) for (let i = 0; i < data.length; i++) data[i]! /= files.length
  }
}
