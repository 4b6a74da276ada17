/** A run's place in its examples, and what becomes of a model when a dump update brings others. */
import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { readCheckpoint, readPosition } from '../../model/checkpoint.ts'
import type { TrainingExample } from '../../schemas/types.ts'
import trainer from '../../services/10-trainer/service.ts'
import { drive, incoming, temporaryFolder } from './drive.ts'
import { exampleOf } from './events.ts'

const exampleOfPair = (pair: string, i: number): TrainingExample => {
  const [left = '', right = ''] = pair.split(' ')
  const set = { query: left, positiveDoc: `the ${right}`, negativeDocs: ['the sea'], synonymPairs: [{ left, right }] }
  return exampleOf(`c${i}`, { ...set, split: 'train' })
}
const earlier = ['물 water', '불 fire', '산 mountain', '강 river', '달 moon', '별 star'].map(exampleOfPair)
const update = [...earlier, exampleOfPair('말 horse', 6), exampleOfPair('소 cow', 7)]

/** Two steps an epoch of six or eight examples. */
const settingsWith = (base: string, training: object = {}) => ({
  model: {
    ...{ name: 'tiny', base, vocab_size: 200, hidden_size: 8, layers: 1, heads: 1 },
    ...{ feed_forward_size: 8, max_length: 8 },
  },
  training: {
    ...{ epochs: 6, batch_size: 4, learning_rate: 5e-3, query_lengths: [8], document_lengths: [8], threads: 1 },
    ...{ log_steps: 1, validation_steps: 100, checkpoint_steps: 3, keep_checkpoints: 9 },
    ...training,
  },
})

async function train(
  folder: string,
  examples: readonly TrainingExample[],
  { base = 'last', signal, training }: { base?: string; signal?: AbortSignal; training?: object } = {},
) {
  const events = examples.map((example, i) =>
    incoming('training-examples', example, `training-examples-${i % 2}@${10 * i}`),
  )
  const settings = settingsWith(base, training)
  const driven = await drive(folder, trainer, events, { settings, ...(signal && { signal }) })
  const [checkpoint] = driven.events('checkpoints')
  const path = join(folder, checkpoint?.address ?? '')
  const log = (await readFile(join(folder, 'models/checkpoints/tiny/training.jsonl'), 'utf8')).trimEnd().split('\n')
  const losses: number[] = log.map((line) => JSON.parse(line).loss).filter((loss) => loss !== undefined)
  return { checkpoint, path, run: join(path, '..'), losses }
}

test('a checkpoint says which examples of the topic it knows, and where it stands in them', async (t) => {
  const { run } = await train(await temporaryFolder(t), earlier)
  const offsets = { 'training-examples-0': 41, 'training-examples-1': 51 }
  assert.deepEqual(await readPosition(join(run, 'step-00000003')), { offsets, epoch: 1, batch: 1 })
  assert.deepEqual(await readPosition(join(run, 'step-00000012')), { offsets, epoch: 6, batch: 0 })
})

test('the same examples at other offsets, as on another broker, make the same checkpoint', async (t) => {
  const [here, there] = [await temporaryFolder(t), await temporaryFolder(t)]
  const { checkpoint } = await train(here, earlier)
  assert.deepEqual((await train(there, earlier.toReversed())).checkpoint, checkpoint)
})

/** A run on the earlier examples, then one on those of the update. */
async function updated(t: TestContext, training?: object) {
  const folder = await temporaryFolder(t)
  const first = await train(folder, earlier, { ...(training && { training }) })
  const second = await train(folder, update, { ...(training && { training }) })
  return { folder, first, second }
}

test('where a dump update brings other examples, training goes on from the last checkpoint, moments included', async (t) => {
  const { first, second } = await updated(t)
  assert.notEqual(first.run, second.run)
  const [last, begun] = [await readCheckpoint(first.path), await readCheckpoint(join(second.run, 'step-00000000'))]
  assert.equal(begun.tokenizerJson, last.tokenizerJson)
  assert.deepEqual(begun.tensors, last.tensors)
  assert.ok([...begun.tensors.keys()].some((name) => name.startsWith('second_moment:')))
  assert.deepEqual(begun.progress, { ...last.progress, step: 0, updatesBefore: 12 })
  const fresh = await train(await temporaryFolder(t), update)
  assert.ok(
    second.losses[0]! < fresh.losses[0]!,
    `${second.losses[0]} after the first run, ${fresh.losses[0]} from scratch`,
  )
  // The third counts from the first.
  const third = await train(join(first.run, '../../../..'), [...update, exampleOfPair('닭 hen', 8)])
  assert.equal((await readCheckpoint(third.path)).progress.updatesBefore, 24)
})

test('an average of the weights goes on as well, beside the weights that are trained', async (t) => {
  const { first, second } = await updated(t, { average_decay: 0.9 })
  const begun = await readCheckpoint(join(second.run, 'step-00000000'))
  assert.deepEqual(begun.tensors, (await readCheckpoint(first.path)).tensors)
  assert.ok([...begun.tensors.keys()].some((name) => name.startsWith('trained:')))
})

test('a continued run that is stopped goes on to the same bytes', async (t) => {
  const expected = (await updated(t)).second.checkpoint
  const folder = await temporaryFolder(t)
  await train(folder, earlier)
  for (const look of [1, 3, 5]) {
    const controller = new AbortController()
    let looks = 0
    const signal = Object.assign(controller.signal, {
      throwIfAborted: () => {
        if (++looks === look) controller.abort()
        AbortSignal.prototype.throwIfAborted.call(controller.signal)
      },
    })
    await assert.rejects(train(folder, update, { signal }), { name: 'AbortError' })
  }
  assert.deepEqual((await train(folder, update)).checkpoint, expected)
  assert.equal((await readdir(join(folder, 'models/checkpoints/tiny'))).filter((name) => name.length === 16).length, 2)
})

test('a model that was never trained begins from scratch, and the same examples once more change nothing', async (t) => {
  const folder = await temporaryFolder(t)
  const { checkpoint, losses } = await train(folder, earlier)
  assert.deepEqual((await train(folder, earlier)).checkpoint, checkpoint)
  const scratch = await train(await temporaryFolder(t), earlier, { base: 'scratch' })
  assert.deepEqual(losses, scratch.losses)
})
