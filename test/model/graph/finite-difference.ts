import assert from 'node:assert/strict'
import { gradients } from '../../../model/graph/gradient.ts'
import { Graph, type Tensor } from '../../../model/graph/graph.ts'
import { multiply, sum } from '../../../model/graph/ops.ts'
import { type Feed, GraphSession } from '../../../model/graph/session.ts'
import { elementCount } from '../../../model/graph/tensor.ts'
import { Randomness } from '../../../model/randomness.ts'

export interface Variable {
  readonly shape: readonly number[]
  readonly data: Float32Array
}

/**
 * Step of the central difference. In f32 the rounding of a loss of about 1 costs 1e-7/2h ≈ 1e-5, the curvature h²/6·f‴ ≈ 1e-5
 * for the well-behaved functions here: both far below the tolerance, which leaves room for losses and slopes of about 10.
 */
const h = 1 / 128
const tolerance = { relative: 5e-3, absolute: 2e-3 }

/** Asserts that the gradient of Σ c·y with random c is the slope of that sum, at every element of every variable. */
export async function assertSlopes(
  variables: readonly Variable[],
  build: (tensors: readonly Tensor[], graph: Graph) => Tensor,
  seed: number,
): Promise<void> {
  const graph = new Graph()
  const inputs = variables.map(({ shape }, i) => graph.input(`x${i}`, 'f32', shape))
  const y = build(inputs, graph)
  const randomness = new Randomness(seed ^ 0x5eed)
  const factors = Array.from({ length: elementCount(y.shape) }, () => 0.5 + randomness.uniform())
  const loss = sum(multiply(y, graph.constant(factors, y.shape)))
  const slopes = gradients(loss, inputs)
  const outputs = { loss, ...Object.fromEntries(slopes.map((slope, i) => [`d${i}`, slope])) }
  const session = await GraphSession.open({ outputs }, { threads: 1 })
  const lossAt = async (values: readonly Variable[]) =>
    session.run(Object.fromEntries(values.map((value, i): [string, Feed] => [`x${i}`, value])))
  const analytic = await lossAt(variables)
  for (const [i, { shape, data }] of variables.entries()) {
    for (let at = 0; at < data.length; at++) {
      const moved = async (by: number) => {
        const copy = data.slice()
        copy[at]! += by
        const result = await lossAt(variables.map((value, k) => (k === i ? { shape, data: copy } : value)))
        return Number(result.loss![0])
      }
      const numeric = ((await moved(h)) - (await moved(-h))) / (2 * h)
      const exact = Number(analytic[`d${i}`]![at])
      const allowed = tolerance.absolute + tolerance.relative * Math.abs(numeric)
      assert.ok(
        Math.abs(numeric - exact) <= allowed,
        `variable ${i} [${shape}], element ${at}: gradient ${exact}, slope ${numeric}`,
      )
    }
  }
  await session.close()
}

/** Values in random order, at least 4h apart and 2h from zero: no kink of max, ReLU or |x| lies inside a difference. */
export function spacedValues(randomness: Randomness, shape: readonly number[]): Variable {
  const size = elementCount(shape)
  const gap = Math.max(4 * h, 2 / size)
  const values = Array.from({ length: size }, (_, i) => (i - size / 2) * gap + gap / 2 + (i >= size / 2 ? h : -h))
  return { shape, data: Float32Array.from(randomness.shuffled(values)) }
}
