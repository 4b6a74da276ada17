import assert from 'node:assert/strict'
import { test } from 'node:test'
import { TrainingState } from '../../model/training-state.ts'
import { parameterGroups } from '../../model/training-step.ts'
import { trainingReference } from './reference/reference.ts'

const { config, parameters } = trainingReference
const name = 'bert.embeddings.word_embeddings.weight'
const stored = () => new Map(Object.entries(parameters).map(([key, { data }]) => [key, Float32Array.from(data)]))

test('weights that were read are in memory once: the state lies where they do', () => {
  const weights = stored()
  const state = new TrainingState(config, weights)
  assert.equal(state.tensors().get(name)!.data.buffer, weights.get(name)!.buffer)
})

test('weights that lie in memory with others, or that share a buffer, are copied', () => {
  const weights = stored()
  const values = weights.get(name)!
  const room = new Float32Array(values.length + 1)
  room.set(values, 1)
  const inside = new TrainingState(config, new Map(weights).set(name, room.subarray(1)))
  const packed = new TrainingState(config, weights, { groups: parameterGroups(config, 1e9) })
  for (const state of [inside, packed]) {
    const { data } = state.tensors().get(name)!
    assert.deepEqual(data, values)
    assert.notEqual(data.buffer, values.buffer)
    assert.notEqual(data.buffer, room.buffer)
  }
})
