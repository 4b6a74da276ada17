import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { ProgressJudge, scoreOf } from '../../services/10-trainer/progress-judge.ts'
import { Publications } from '../../services/10-trainer/publications.ts'
import { trainTiny } from './tiny-training.ts'

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

test('early stopping ends with the best checkpoint, and a second start changes nothing', async (t) => {
  // Rates that move nothing: no validation can be better than the first.
  const of = { epochs: 20, learning_rate: 1e-12, validation_steps: 3, early_stop: 2, keep_checkpoints: 1 }
  const { where, checkpoint, kept, lines } = await trainTiny(t, of)
  assert.equal(checkpoint?.step, 3)
  assert.deepEqual(kept, ['step-00000003', 'step-00000009'])
  assert.deepEqual(
    lines.filter(({ validation }) => validation).map(({ step }) => step),
    [3, 6, 9],
  )
  const again = await trainTiny(t, of, { where })
  assert.deepEqual([again.checkpoint, again.lines.length], [checkpoint, lines.length])
})

test('the best checkpoint is kept beside the newest', async (t) => {
  const { checkpoint, kept } = await trainTiny(t, {
    epochs: 5,
    learning_rate: 1e-12,
    validation_steps: 3,
    keep_checkpoints: 1,
  })
  assert.equal(checkpoint?.step, 15)
  assert.deepEqual(kept, ['step-00000003', 'step-00000015'])
})

test('the log says what share of the time was spent waiting for batches', async (t) => {
  const { where, lines } = await trainTiny(t, { epochs: 4 })
  const shares = lines.flatMap(({ waitingShare }) => waitingShare ?? [])
  assert.equal(shares.length, 4)
  assert.ok(shares.every((share) => share >= 0 && share <= 1))
  assert.ok(existsSync(join(where, 'models/checkpoints/tiny/tensorboard')))
})

test('new bests are handed on while training goes on, each once, and stand as checkpoints until a better one comes', async (t) => {
  const of = { epochs: 20, learning_rate: 3e-2, validation_steps: 3, keep_checkpoints: 1, publish_steps: 3 }
  const { interims, checkpoint, lines } = await trainTiny(t, of)
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
  const { interims: none } = await trainTiny(t, { ...of, publish_steps: 0 })
  assert.deepEqual(none, [])
})
