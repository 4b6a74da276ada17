/** Training on a device that a process of its own finds, held against the same on this machine's CPU. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { StepFigures } from '../../model/training-step.ts'
import { trainReference, type Way } from '../model/reference-run.ts'

export interface TrainedElsewhere {
  readonly figures: readonly StepFigures[]
  readonly tensors: Readonly<Record<string, readonly number[]>>
}

/** The steps of the reference, or why the provider cannot compute here. */
export async function trainElsewhere(
  way: Way,
  environment: Readonly<Record<string, string>> = {},
): Promise<TrainedElsewhere | { readonly reason: string }> {
  const child = join(import.meta.dirname, 'provider-child.ts')
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', child, JSON.stringify(way)], {
    env: { ...process.env, ...environment },
    maxBuffer: 2 ** 26,
  })
  return JSON.parse(stdout)
}

export async function assertTrainedAsOnCpu({ figures, tensors }: TrainedElsewhere): Promise<void> {
  const onCpu = await trainReference()
  assert.equal(figures.length, onCpu.figures.length)
  for (const [i, { loss }] of onCpu.figures.entries()) {
    const theirs = figures[i]!.loss
    assert.ok(Math.abs(theirs - loss) <= 1e-5 * Math.max(1, loss), `step ${i + 1}: ${theirs}, on a CPU ${loss}`)
  }
  for (const [name, { data }] of onCpu.state.tensors()) {
    // A bias of the keys shifts all scores of a row alike: its gradient is nothing but rounding.
    if (name.includes('self.key.bias')) continue
    // Elsewhere too a gradient near zero leaves the sign of Adam's step to its rounding, but rarely.
    const apart = data.filter((value, i) => !(Math.abs(value - tensors[name]![i]!) <= 2e-5)).length
    assert.ok(apart <= 0.01 * data.length, `${name}: ${apart} of ${data.length} values lie apart`)
  }
}
