import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Activation, type BatchSize, dynamicSize, encoderGraph } from '../../model/encoder.ts'
import { type Feed, GraphSession } from '../../model/graph/session.ts'
import { ShapeError } from '../../model/graph/tensor.ts'
import { greatestDifference, i64, trainingReference } from './reference/reference.ts'

const { config, parameters, encoded } = trainingReference
const vocabulary = config.vocabularySize

async function encode(
  size: BatchSize,
  ids: Feed,
  mask: Feed,
  { portable = false, activation = 'log1p' }: { portable?: boolean; activation?: Activation } = {},
): Promise<Float32Array> {
  const { vectors } = encoderGraph({ ...config, activation }, size)
  const initialisers = new Map(Object.entries(parameters).map(([name, { data }]) => [name, Float32Array.from(data)]))
  const session = await GraphSession.open({ outputs: { vectors }, initialisers, portable }, { threads: 1 })
  const values = await session.run({ input_ids: ids, attention_mask: mask })
  await session.close()
  assert.ok(values.vectors instanceof Float32Array)
  return values.vectors
}

const [batch, length] = encoded.ids.shape as readonly [number, number]

for (const [what, size] of Object.entries({ static: { batch, length }, dynamic: dynamicSize })) {
  test(`the encoder of ${what} size gives PyTorch's vectors for a padded batch`, async () => {
    const vectors = await encode(size, i64(encoded.ids), i64(encoded.mask))
    assert.ok(greatestDifference(vectors, encoded.vectors.data) <= 1e-5)
  })
}

test('standard operators alone give the same vectors', async () => {
  const vectors = await encode(dynamicSize, i64(encoded.ids), i64(encoded.mask), { portable: true })
  assert.ok(greatestDifference(vectors, encoded.vectors.data) <= 1e-5)
})

test("with the double logarithm the vectors are PyTorch's log1p of the others", async () => {
  const vectors = await encode(dynamicSize, i64(encoded.ids), i64(encoded.mask), { activation: 'log1p-twice' })
  assert.ok(greatestDifference(vectors, encoded.twice.data) <= 1e-5)
})

test('padding changes nothing beyond rounding, and what stands in it nothing at all', async () => {
  const tokens = [7, 21, 33, 50]
  const padded = (fill: number, longer: number) => {
    const ids = BigInt64Array.from({ length: longer }, (_, i) => BigInt(tokens[i] ?? fill))
    const mask = BigInt64Array.from({ length: longer }, (_, i) => (i < tokens.length ? 1n : 0n))
    return encode(dynamicSize, { data: ids, shape: [1, longer] }, { data: mask, shape: [1, longer] })
  }
  const bare = await padded(0, tokens.length)
  const long = await padded(0, 12)
  // Sums over other lengths may be rounded in another order: a few units in the last place of weights near 1.
  assert.ok(greatestDifference(bare, [...long]) <= 1e-6)
  assert.deepEqual(await padded(17, 12), long)
})

test('special tokens are no terms', async () => {
  const vectors = await encode(dynamicSize, i64(encoded.ids), i64(encoded.mask))
  for (let text = 0; text < batch; text++) {
    for (const id of config.specialTokenIds) assert.equal(vectors[text * vocabulary + id], 0)
  }
})

test('a row without tokens gives the zero vector', async () => {
  const ids = { data: new BigInt64Array(3), shape: [1, 3] }
  const vectors = await encode(dynamicSize, ids, ids)
  assert.deepEqual(new Set(vectors), new Set([0]))
})

test('texts longer than the position table are refused when the graph is built', () => {
  assert.throws(() => encoderGraph(config, { batch: 1, length: config.maxLength + 1 }), ShapeError)
})

test('heads that do not divide the width are refused', () => {
  assert.throws(() => encoderGraph({ ...config, heads: 3 }, dynamicSize), ShapeError)
})
