import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { Tokenizer } from '../../language/tokenizer.ts'
import { readCheckpoint } from '../../model/checkpoint.ts'
import { diagnose } from '../../model/collapse.ts'
import type { SparseVector } from '../../model/sparse-vector.ts'
import type { Trainer } from '../../model/trainer.ts'
import { createLog } from '../../runtime/log.ts'
import { CollapseGuard } from '../../services/10-trainer/guard.ts'
import { settings } from '../../services/10-trainer/settings.ts'
import { toyTokenizerJson } from '../model/toy.ts'
import { examplesOf, trainTiny } from './tiny-training.ts'

const { training, languages } = settings.parse({})
const tokenizer = Tokenizer.parse(toyTokenizerJson)
const silent = createLog('test', 'silent', 2)

/** A hundred texts, each with the terms that `termsOf` gives for its number. */
const texts = (termsOf: (i: number) => readonly number[]): SparseVector[] =>
  Array.from({ length: 100 }, (_, i) => {
    const terms = Uint32Array.from([...new Set(termsOf(i))].sort((a, b) => a - b))
    return { terms, weights: new Float32Array(terms.length).fill(1) }
  })

/** Terms 5 … 28 of the toy vocabulary are Korean and English words in turn. */
const sound = texts((i) => [5 + (i % 24), 5 + ((i + 1) % 24)])

function judged(vectors: readonly SparseVector[], changed: object = {}): readonly string[] {
  const guard = new CollapseGuard(toyTokenizerJson, { training: { ...training, ...changed }, languages })
  const limits = { termShare: 0.5, pairCosine: 0.5, emptyShare: 0.2, languageShare: 0.01 }
  const names = { termOf: (term: number) => tokenizer.decodeToken(term), languages: ['Korean', 'English'] }
  return diagnose(guard.figuresOf(vectors)!, limits, names)
}

test('vectors that tell texts apart are let pass', () => {
  assert.deepEqual(judged(sound), [])
})

test('each way of collapsing is named', () => {
  const constant = texts((i) => [5 + (i % 24), 6])
  assert.match(judged(constant).join(), /the term "water" fires in 100 %/)
  assert.match(judged(texts(() => [5, 6, 7])).join(), /mean cosine of 1\.00/)
  assert.match(judged(texts((i) => (i < 30 ? [] : [5 + (i % 24)]))).join(), /30 % of the texts have no active term/)
  assert.match(judged(texts((i) => [6 + 2 * (i % 12)])).join(), /0 % of the weight lies on Korean terms/)
  assert.match(judged(texts((i) => [5 + 2 * (i % 12)])).join(), /0 % of the weight lies on English terms/)
})

test('ten names are no sample', () => {
  assert.equal(new CollapseGuard(toyTokenizerJson, { training, languages }).figuresOf(sound.slice(0, 10)), undefined)
})

test('a collapse halves the penalty, twice, then stops the run with a diagnosis', async () => {
  const guard = new CollapseGuard(toyTokenizerJson, { training, languages })
  let factor = 1
  const weakened = { weakenPenalty: async () => (factor /= 2) } as Partial<Trainer> as Trainer
  const collapsed = guard.figuresOf(texts(() => [5, 6, 7]))!
  await guard.act(guard.figuresOf(sound)!, weakened, 100, silent)
  assert.equal(factor, 1)
  await guard.act(collapsed, weakened, 200, silent)
  await guard.act(collapsed, weakened, 400, silent)
  assert.equal(factor, 1 / 4)
  await assert.rejects(guard.act(collapsed, weakened, 600, silent), {
    name: 'FatalError',
    code: 'COLLAPSED',
    message: /after step 600 .*mean cosine/,
    hint: /sparsity_warmup_share/,
  })
})

/** A hundred names: fewer are no sample. */
const fifty = Array.from({ length: 50 }, (_, i) => {
  const [first, second] = [i % 10, Math.floor(i / 10)]
  return `${'가나다라마바사아자차'[first]}${'거너더러머'[second]} ${'bcdfghjklm'[first]}a${'npqrs'[second]}o`
})
/** Two steps an epoch. Names share terms in any model: with no cosine let pass, every validation is a breach. */
const breached = {
  ...{ epochs: 2, batch_size: 25, validation_steps: 2, log_steps: 1 },
  ...{ collapse_pair_cosine: 0, gamma_sparsity: 0.1, sparsity_warmup_share: 0 },
}
const examples = examplesOf(fifty, () => 'train')

test('a run whose vectors collapse goes on with half the penalty, and its checkpoint knows', async (t) => {
  const { where, checkpoint, lines } = await trainTiny(t, breached, { examples })
  const weights = lines.flatMap(({ sparsityWeight }) => sparsityWeight ?? [])
  assert.deepEqual(weights, [0.1, 0.1, 0.05, 0.05])
  const { progress } = await readCheckpoint(join(where, checkpoint!.address))
  assert.equal(progress.penaltyFactor, 1 / 4)
})

test('a run whose vectors collapse again after the last halving stops with the diagnosis', async (t) => {
  await assert.rejects(trainTiny(t, { ...breached, collapse_halvings: 1 }, { examples }), {
    name: 'FatalError',
    code: 'COLLAPSED',
    message: /after step 4 .*random pairs have a mean cosine/,
  })
})
