/** Training on pairs of names alone, and on a vocabulary of letters. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { trainLetterVocabulary } from '../../language/letter-vocabulary.ts'
import { Tokenizer } from '../../language/tokenizer.ts'
import { readCheckpoint } from '../../model/checkpoint.ts'
import trainer from '../../services/10-trainer/service.ts'
import { drive, incoming, temporaryFolder } from './drive.ts'
import { exampleOf } from './events.ts'

const names = ['칸트 Kant', '칸딘스키 Kandinsky', '밀 Mill', '밀턴 Milton', '괴테 Goethe', '고골 Gogol'].map((pair) => {
  const [left = '', right = ''] = pair.split(' ')
  return { left, right }
})
/** Two examples a cluster, which bring the same pair, as the assembler makes them; one that brings none, and one held out. */
const examples = [
  ...names.flatMap((pair, i) => [
    exampleOf(`c${i}a`, { query: pair.left, positiveDoc: `${pair.right} was a man`, synonymPairs: [pair] }),
    exampleOf(`c${i}b`, { query: pair.right, positiveDoc: `${pair.left}는 사람`, synonymPairs: [pair] }),
  ]),
  exampleOf('bare', { synonymPairs: [] }),
  exampleOf('val', { split: 'val', synonymPairs: [{ left: '니체', right: 'Nietzsche' }] }),
]

async function train(t: TestContext, changes: object = {}) {
  const folder = await temporaryFolder(t)
  const events = examples.map((example) => incoming('training-examples', example))
  const settings = {
    model: {
      ...{ name: 'names', vocabulary: 'letters', letter_triples: 40, min_letter_count: 1, hidden_size: 8, layers: 1 },
      ...{ heads: 1, feed_forward_size: 8, max_length: 16 },
    },
    training: {
      ...{ pairs_only: true, hidden_share: 0.2, epochs: 2, batch_size: 4, query_lengths: [16], document_lengths: [16] },
      ...{ threads: 1, log_steps: 1, alpha_ranking: 0, hard_negatives: 0 },
      ...changes,
    },
  }
  const driven = await drive(folder, trainer, events, { settings })
  const [checkpoint] = driven.events('checkpoints')
  const log = (await readFile(join(folder, 'models/checkpoints/names/training.jsonl'), 'utf8')).trimEnd().split('\n')
  const steps: Record<string, number>[] = log.map((line) => JSON.parse(line)).filter(({ loss }) => loss !== undefined)
  return { driven, checkpoint, steps, stored: await readCheckpoint(join(folder, checkpoint?.address ?? '')) }
}

test('with pairs alone each distinct pair is an example once, and what brings none is counted', async (t) => {
  const { driven, checkpoint, steps } = await train(t)
  // Six pairs in batches of four are two steps an epoch.
  assert.equal(checkpoint?.step, 4)
  assert.deepEqual(driven.dropped, { held_out: 1, no_names: 1 })
  assert.ok(steps.every(({ ranking, activeTermsLong }) => ranking === 0 && activeTermsLong === 0))
  assert.ok(steps.every(({ contrast }) => contrast! > 0))
})

test('a vocabulary of letters is that of the names of the training pairs, each once', async (t) => {
  const { stored } = await train(t)
  const tokenizer = Tokenizer.parse(stored.tokenizerJson)
  const expected = trainLetterVocabulary(
    names.flatMap(({ left, right }) => [left, right]),
    { minLetterCount: 1, grams: 40 },
  )
  assert.deepEqual(
    expected.map((_, id) => tokenizer.decodeToken(id)),
    expected,
  )
  assert.ok(tokenizer.hasLetterGrams)
  // Nothing held out is in it.
  assert.equal(tokenizer.find('~nie'), undefined)
})

test('what is hidden changes the losses, and is drawn alike in every run', async (t) => {
  const losses = async (hidden_share: number) => (await train(t, { hidden_share })).steps.map(({ loss }) => loss)
  const [some, none] = [await losses(0.5), await losses(0)]
  assert.deepEqual(await losses(0.5), some)
  assert.notDeepEqual(none, some)
})
