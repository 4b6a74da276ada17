import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dynamicSize, encoderGraph } from '../../model/encoder.ts'
import { GraphSession } from '../../model/graph/session.ts'
import type { LossSettings } from '../../model/settings.ts'
import { openTinyStep, type TinyStep } from './tiny-step.ts'

type Rows = readonly (readonly number[])[]

const active = (row: readonly number[]) => row.filter((weight) => weight > 0).length

/** The vectors of the batch's texts, by the encoder alone. */
async function vectorsOf(
  { config, weights, feeds }: Pick<TinyStep, 'config' | 'weights' | 'feeds'>,
  texts: 'short' | 'long',
) {
  const { parameters, vectors } = encoderGraph(config, dynamicSize)
  const session = await GraphSession.open({ outputs: { vectors } }, { threads: 1 })
  const given = [...parameters].map(([name, { shape }]) => [
    name,
    { data: weights.get(name)!, shape: shape.map(Number) },
  ])
  const values = await session.run({
    ...Object.fromEntries(given),
    input_ids: feeds[`${texts}_ids`]!,
    attention_mask: feeds[`${texts}_mask`]!,
  })
  await session.close()
  const width = config.vocabularySize
  const flat = Array.from(values.vectors!, Number)
  return Array.from({ length: flat.length / width }, (_, row) => flat.slice(row * width, (row + 1) * width))
}

/** Σ_v (price_v · mean of w_v over the texts, where one with no more active terms than the target counts as 0)². */
function penaltyOf(rows: Rows, prices: readonly number[], target: number): number {
  const paying = rows.filter((row) => active(row) > target)
  const means = prices.map((price, v) => (price * paying.reduce((sum, row) => sum + row[v]!, 0)) / rows.length)
  return means.reduce((sum, mean) => sum + mean * mean, 0)
}

const sizes = { seed: 11, examples: 4, negatives: 2 }

async function figuresWith(losses: Partial<LossSettings>) {
  const step = await openTinyStep({ ...sizes, losses })
  const values = await step.at(step.weights)
  await step.close()
  const figure = (name: string) => Number(values[name]![0])
  return { ...step, sparsity: figure('sparsity'), loss: figure('loss') }
}

test('documents over the target pay, queries and synonyms always do, each term at the price of its IDF', async () => {
  const plain = await figuresWith({})
  const [short, documents] = [await vectorsOf(plain, 'short'), await vectorsOf(plain, 'long')]
  const counts = documents.map(active).sort((a, b) => a - b)
  const middle = counts[counts.length / 2 - 1]!
  assert.ok(counts[0]! <= middle && middle < counts.at(-1)!, 'the target parts the documents')
  assert.ok(
    short.some((row) => active(row) <= middle),
    'some short text would go free under the target',
  )
  const rarest = Math.max(...plain.idf)
  for (const activeTarget of [0, middle, counts.at(-1)!]) {
    for (const idfPenalty of [0, 1.5]) {
      const prices = Array.from(plain.idf, (idf) => 1 + idfPenalty * (1 - idf / rarest))
      for (const queryEncoding of ['model', 'idf'] as const) {
        // Queries by a table of IDFs are not encoded and pay nothing: the first of the short texts.
        const encoded = queryEncoding === 'idf' ? short.slice(sizes.examples) : short
        const expected = penaltyOf(encoded, prices, 0) + penaltyOf(documents, prices, activeTarget)
        const { sparsity } = await figuresWith({ activeTarget, idfPenalty, queryEncoding })
        const of = `target ${activeTarget}, IDF penalty ${idfPenalty}, queries by ${queryEncoding}`
        assert.ok(Math.abs(sparsity - expected) <= 1e-5 * expected, `${of}: ${sparsity}, by hand ${expected}`)
      }
    }
  }
})

test('what the penalty is with target and prices goes into the loss by its weight', async () => {
  const plain = await figuresWith({})
  const priced = await figuresWith({ activeTarget: 10, idfPenalty: 1.5 })
  const difference = plain.sparsityWeight * (priced.sparsity - plain.sparsity)
  assert.ok(Math.abs(difference) > 0.01)
  assert.ok(Math.abs(priced.loss - plain.loss - difference) <= 1e-5 * priced.loss)
})
