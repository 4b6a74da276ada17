import assert from 'node:assert/strict'
import { test } from 'node:test'
import { constantFactors, defaultAdamW } from '../../../model/graph/optimiser.ts'
import { AdamWKernel, type UpdatedParameter } from '../../../model/kernels/adamw-kernel.ts'
import { AdamWThreads } from '../../../model/kernels/adamw-threads.ts'
import { trainReference } from '../reference-run.ts'

const factors = { ...constantFactors(defaultAdamW), share: 0.1, kept: 0.99, rate: 0.5, floor: 1e-6 }

function parameters(): UpdatedParameter[] {
  return [5, 40_000, 3, 1000, 70_000].map((length, i) => {
    const taken = (shift: number) => Float32Array.from({ length }, (_, at) => Math.sin(at + shift + i))
    const secondMoment = taken(2).map(Math.abs)
    return { values: taken(0), firstMoment: taken(1), secondMoment, gradient: taken(3), decays: i % 2 === 0 }
  })
}

test('parameters that several threads update have the bits of one, step after step, in their order', async (t) => {
  const alone = parameters()
  const kernel = new AdamWKernel()
  const threads = new AdamWThreads(3, { leastValues: 1 })
  t.after(() => threads.close())
  let updated: readonly UpdatedParameter[] = parameters()
  for (let step = 0; step < 2; step++) {
    for (const parameter of alone) kernel.update(parameter, factors)
    updated = await threads.update(updated, factors)
  }
  assert.deepEqual(updated, alone)
})

test('few values are updated without a thread, where they lie', async () => {
  const threads = new AdamWThreads(8)
  const given = parameters()
  const updated = await threads.update(given, factors)
  for (const [i, { values }] of updated.entries()) assert.equal(values, given[i]!.values)
})

test('an update whose thread ends is told of', async () => {
  const threads = new AdamWThreads(2, { leastValues: 1 })
  const update = threads.update(parameters(), factors)
  await Promise.all([assert.rejects(update, { code: 'WEIGHTS_LOST' }), threads.close()])
})

test('steps that three threads update give the losses and weights of one, to the bit', async () => {
  const [one, three] = [await trainReference(), await trainReference({ updateThreads: 3 })]
  assert.deepEqual(three.figures, one.figures)
  for (const [name, { data }] of one.state.tensors())
    assert.deepEqual(three.state.tensors().get(name)?.data, data, name)
})
