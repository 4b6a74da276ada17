import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Weights } from '../../model/encoder.ts'
import { Randomness } from '../../model/randomness.ts'
import { gradientsIn, openTinyStep, type TinySizes } from './tiny-step.ts'

/** A step long enough that f32's rounding of a loss of some units, 1e-6/2h, is small, and short enough to cross few kinks. */
const h = 1 / 512

const ways: Readonly<Record<string, Omit<TinySizes, 'seed' | 'examples' | 'negatives'>>> = {
  'with the default losses': {},
  'encoded in chunks': { chunkTexts: 3, leads: 2 },
  'with leads of linked pages': { leads: 3, losses: { leadAlignmentShare: 2 } },
  'with the log taken twice': { activation: 'log1p-twice' },
  'with queries by IDF, an IDF penalty and a target of active terms': {
    losses: { queryEncoding: 'idf', idfPenalty: 1.5, activeTarget: 32 },
    leads: 2,
  },
}

const norm = (values: Float32Array) => Math.hypot(...values)

for (const [name, way] of Object.entries(ways)) {
  test(`the gradient of a whole step is the slope of its loss, ${name}`, async () => {
    const step = await openTinyStep({ seed: 11, examples: 4, negatives: 1, ...way })
    const { weights } = step
    const gradients = gradientsIn(await step.at(weights), weights.keys())
    const lossAt = async (direction: Weights, by: number) => {
      const moved = [...weights].map(([key, values]): [string, Float32Array] => {
        const change = direction.get(key)
        return [key, change ? values.map((value, i) => value + by * change[i]!) : values]
      })
      return Number((await step.at(new Map(moved))).loss![0])
    }
    const assertSlope = async (direction: Weights, of: string) => {
      const numeric = ((await lossAt(direction, h)) - (await lossAt(direction, -h))) / (2 * h)
      let exact = 0
      for (const [key, change] of direction) {
        for (const [i, value] of change.entries()) exact += value * gradients.get(key)![i]!
      }
      assert.ok(
        Math.abs(numeric - exact) <= 1e-3 + 1e-2 * Math.abs(exact),
        `${of}: slope ${numeric}, gradient ${exact}`,
      )
    }
    // Along its own gradient a parameter moves the loss the most, and no part that is wrong can hide behind the others.
    for (const [key, gradient] of gradients) {
      const length = norm(gradient)
      if (length > 0) await assertSlope(new Map([[key, gradient.map((value) => value / length)]]), key)
    }
    const randomness = new Randomness(3)
    const values = [...weights.values()].reduce((sum, { length }) => sum + length, 0)
    for (let round = 0; round < 5; round++) {
      const direction = [...weights].map(([key, { length }]): [string, Float32Array] => [
        key,
        Float32Array.from({ length }, () => randomness.normal() / Math.sqrt(values)),
      ])
      await assertSlope(new Map(direction), `random direction ${round}`)
    }
    await step.close()
  })
}
