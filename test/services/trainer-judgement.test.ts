import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { Tokenizer } from '../../language/tokenizer.ts'
import { diagnose } from '../../model/collapse.ts'
import type { SparseVector } from '../../model/sparse-vector.ts'
import type { Trainer } from '../../model/trainer.ts'
import { createLog } from '../../runtime/log.ts'
import { CollapseGuard } from '../../services/10-trainer/guard.ts'
import { ProgressJudge, scoreOf } from '../../services/10-trainer/progress-judge.ts'
import { Publications } from '../../services/10-trainer/publications.ts'
import trainer from '../../services/10-trainer/service.ts'
import { settings } from '../../services/10-trainer/settings.ts'
import { toyTokenizerJson } from '../model/toy.ts'
import { drive, incoming, temporaryFolder } from './drive.ts'
import { exampleOf } from './events.ts'

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

test('the score is that of held-out pairs, of training pairs where there are none', () => {
  assert.equal(scoreOf({ valLeftToRightHitAt1: 0.25, valRightToLeftHitAt1: 0.75, trainLeftToRightHitAt1: 1 }), 0.5)
  assert.equal(scoreOf({ trainLeftToRightHitAt1: 0.5, activeTerms: 9 }), 0.5)
  assert.equal(scoreOf({ activeTerms: 9 }), undefined)
})

const at = (step: number, hit: number) => ({ step, metrics: { valLeftToRightHitAt1: hit } })

test('so many validations without a better one end the run; equal ones are not better', () => {
  const judge = new ProgressJudge([at(1, 0.5), at(2, 0.7)])
  assert.deepEqual([judge.take(at(3, 0.7)), judge.take(at(4, 0.6))], [false, false])
  assert.deepEqual(
    [judge.best?.step, judge.shouldStop(2), judge.shouldStop(3), judge.shouldStop(0)],
    [2, true, false, false],
  )
  assert.equal(judge.take(at(5, 0.8)), true)
  assert.equal(judge.shouldStop(2), false)
})

test('a new best is handed on at once, the best of a few steps together, and no second time after a restart', () => {
  const validations = [at(1, 0.1), at(2, 0.2), at(3, 0.3), at(4, 0.3), at(5, 0.2), at(6, 0.4), at(9, 0.4)]
  const handedOn = (steps: number, past: number) => {
    const publications = new Publications(steps, validations.slice(0, past))
    const judge = new ProgressJudge(validations.slice(0, past))
    return validations.slice(past).flatMap((judged) => {
      judge.take(judged)
      return publications.isDue(judged.step, judge.best) ? [[judged.step, judge.best.step]] : []
    })
  }
  const every = [
    [2, 2],
    [4, 3],
    [6, 6],
  ]
  assert.deepEqual(handedOn(2, 0), every)
  for (const past of [1, 2, 3, 4, 5, 6, 7]) {
    const later = every.filter(([step]) => step! > validations[past - 1]!.step)
    assert.deepEqual(handedOn(2, past), later, `after ${past} validations`)
  }
  assert.deepEqual(handedOn(0, 0), [])
})

const words = ['물 water', '불 fire', '산 mountain', '강 river', '달 moon', '별 star', '말 horse', '해 sun']
const examples = words.map((pair, i) => {
  const [left = '', right = ''] = pair.split(' ')
  const set = { query: left, positiveDoc: `the ${right}`, negativeDocs: ['the sea'], synonymPairs: [{ left, right }] }
  return exampleOf(`c${i}`, { ...set, split: i < 6 ? 'train' : 'val' })
})

async function train(t: TestContext, of: object, folder?: string) {
  const where = folder ?? (await temporaryFolder(t))
  const sizes = { vocab_size: 200, hidden_size: 8, layers: 1, heads: 1, feed_forward_size: 8, max_length: 8 }
  const lengths = { query_lengths: [8], document_lengths: [8], threads: 1, batch_size: 2 }
  const driven = await drive(
    where,
    trainer,
    examples.map((example) => incoming('training-examples', example)),
    { settings: { model: { name: 'tiny', ...sizes }, training: { ...lengths, log_steps: 3, ...of } } },
  )
  const [checkpoint] = driven.events('checkpoints')
  const run = join(where, checkpoint?.address ?? '', '..')
  const log = (await readFile(join(where, 'models/checkpoints/tiny/training.jsonl'), 'utf8')).trimEnd().split('\n')
  const lines = log.map((line) => JSON.parse(line))
  return { where, checkpoint, interims: driven.interims, kept: (await readdir(run)).sort(), lines }
}

test('early stopping ends with the best checkpoint, and a second start changes nothing', async (t) => {
  // Rates that move nothing: no validation can be better than the first.
  const of = { epochs: 20, learning_rate: 1e-12, validation_steps: 3, early_stop: 2, keep_checkpoints: 1 }
  const { where, checkpoint, kept, lines } = await train(t, of)
  assert.equal(checkpoint?.step, 3)
  assert.deepEqual(kept, ['step-00000003', 'step-00000009'])
  assert.deepEqual(
    lines.filter(({ validation }) => validation).map(({ step }) => step),
    [3, 6, 9],
  )
  const again = await train(t, of, where)
  assert.deepEqual([again.checkpoint, again.lines.length], [checkpoint, lines.length])
})

test('the best checkpoint is kept beside the newest', async (t) => {
  const { checkpoint, kept } = await train(t, {
    epochs: 5,
    learning_rate: 1e-12,
    validation_steps: 3,
    keep_checkpoints: 1,
  })
  assert.equal(checkpoint?.step, 15)
  assert.deepEqual(kept, ['step-00000003', 'step-00000015'])
})

test('the log says what share of the time was spent waiting for batches', async (t) => {
  const { where, lines } = await train(t, { epochs: 4 })
  const shares = lines.flatMap(({ waitingShare }) => waitingShare ?? [])
  assert.equal(shares.length, 4)
  assert.ok(shares.every((share) => share >= 0 && share <= 1))
  assert.ok(existsSync(join(where, 'models/checkpoints/tiny/tensorboard')))
})

test('new bests are handed on while training goes on, each once, and stand as checkpoints until a better one comes', async (t) => {
  const of = { epochs: 20, learning_rate: 3e-2, validation_steps: 3, keep_checkpoints: 1, publish_steps: 3 }
  const { interims, checkpoint, lines } = await train(t, of)
  const bests: number[] = []
  let most = -1
  for (const { validation, step } of lines) {
    const score = validation && scoreOf(validation)
    if (!validation || step === 60 || !(score! > most)) continue
    most = score!
    bests.push(step)
  }
  assert.ok(bests.length > 0)
  assert.deepEqual(
    interims.map(({ emission }) => emission.topic === 'checkpoints' && [emission.value.step, emission.value.final]),
    bests.map((step) => [step, false]),
  )
  assert.deepEqual([checkpoint?.step, checkpoint?.final], [60, true])
  const { interims: none } = await train(t, { ...of, publish_steps: 0 })
  assert.deepEqual(none, [])
})
