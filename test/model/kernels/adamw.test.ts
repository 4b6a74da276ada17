import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Graph } from '../../../model/graph/graph.ts'
import {
  adamW,
  constantFactors,
  defaultAdamW,
  firstMomentOf,
  secondMomentOf,
  stepScalars,
} from '../../../model/graph/optimiser.ts'
import { GraphSession } from '../../../model/graph/session.ts'
import { AdamWKernel } from '../../../model/kernels/adamw-kernel.ts'

/** More than two blocks of the kernel, and not a multiple of what it takes at once. */
const lengths = [1, 3, 4, 5, 1000, 2 ** 15, 2 ** 16 + 7]

for (const length of lengths) {
  test(`the update in place of ${length} values has the bits of the graph's`, async () => {
    const graph = new Graph()
    const parameter = graph.input('p', 'f32', [length])
    const slope = graph.input('g', 'f32', [length])
    const { updates, factors } = adamW([parameter], [slope], defaultAdamW)
    const { parameter: next, firstMoment, secondMoment } = updates.get('p')!
    const session = await GraphSession.open(
      { outputs: { next, firstMoment, secondMoment, ...factors } },
      { threads: 1 },
    )
    const [values] = fc.sample(fc.array(fc.float({ noNaN: true, min: -8, max: 8 }), { minLength: 64, maxLength: 64 }), {
      seed: length,
      numRuns: 1,
    })
    const taken = (shift: number) => Float32Array.from({ length }, (_, i) => values![(i * 7 + shift) % 64]!)
    const state = {
      values: taken(0),
      firstMoment: taken(1),
      secondMoment: taken(2).map(Math.abs),
      gradient: taken(3),
      decays: true,
    }
    const feed = (data: Float32Array) => ({ data, shape: [length] })
    const scalars = Object.entries(stepScalars(3, 1e-2, defaultAdamW))
    const expected = await session.run({
      p: feed(state.values),
      g: feed(state.gradient),
      [firstMomentOf('p')]: feed(state.firstMoment),
      [secondMomentOf('p')]: feed(state.secondMoment),
      ...Object.fromEntries(scalars.map(([name, value]) => [name, { data: Float32Array.of(value), shape: [] }])),
    })
    await session.close()
    const factorOf = (name: string) => Number(expected[name]![0])
    new AdamWKernel().update(state, {
      ...constantFactors(defaultAdamW),
      share: factorOf('share'),
      kept: factorOf('kept'),
      rate: factorOf('rate'),
      floor: factorOf('floor'),
    })
    assert.notDeepEqual(state.values, taken(0))
    assert.deepEqual(state.values, expected.next)
    assert.deepEqual(state.firstMoment, expected.firstMoment)
    assert.deepEqual(state.secondMoment, expected.secondMoment)
  })
}
