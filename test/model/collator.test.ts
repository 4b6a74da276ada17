import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { Tokenizer } from '../../language/tokenizer.ts'
import type { TrainingExample } from '../../model/batch.ts'
import { plainCollator } from '../../model/collator.ts'
import { PrefetchingCollator } from '../../model/prefetching-collator.ts'
import { toyExamples, toySettings, toyTokenizerJson } from './toy.ts'

const data = { settings: toySettings, tokenizerJson: toyTokenizerJson, seed: 7 }
const prefetching = new PrefetchingCollator(data)
after(() => prefetching.close())
const plain = plainCollator({ ...data, tokenizer: Tokenizer.parse(toyTokenizerJson) })

/** Each with several pairs, so that which is drawn shows. */
const examples = toyExamples.slice(0, 8).map(
  (example, i): TrainingExample => ({
    ...example,
    synonym_pairs: [0, 1, 2, 3].map((k) => toyExamples[(i + k) % 8]!.synonym_pairs[0]!),
  }),
)

test('batches made ahead on another thread are those made on the spot, in whatever order', async () => {
  for (const step of [3, 4, 5]) prefetching.prepare(step, examples)
  for (const step of [4, 3, 9, 5]) {
    assert.deepEqual(await prefetching.collate(step, examples), await plain.collate(step, examples))
  }
})

test('what is drawn differs from step to step and from seed to seed', async () => {
  const drawn = async (step: number, seed = 7) => {
    const { feeds } = await plainCollator({ ...data, seed, tokenizer: Tokenizer.parse(toyTokenizerJson) }).collate(
      step,
      examples,
    )
    return [...feeds.short_ids!.data].join()
  }
  assert.equal(await drawn(1), await drawn(1))
  assert.notEqual(await drawn(1), await drawn(2))
  assert.notEqual(await drawn(1), await drawn(1, 8))
})

test('a batch that is prepared is not waited for', async () => {
  prefetching.prepare(20, examples)
  await new Promise((resolve) => setTimeout(resolve, 300))
  const before = prefetching.waitedMs
  await prefetching.collate(20, examples)
  assert.ok(prefetching.waitedMs - before < 50, `${prefetching.waitedMs - before} ms`)
})

test('a batch that cannot be made is an error of its step', async () => {
  await assert.rejects(prefetching.collate(30, toyExamples.slice(0, 9)), {
    code: 'COLLATION_FAILED',
    message: /step 30/,
  })
})
