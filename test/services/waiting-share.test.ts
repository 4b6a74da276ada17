import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { TrainingExample } from '../../model/batch.ts'
import { PrefetchingCollator } from '../../model/prefetching-collator.ts'
import { TrainingLog } from '../../services/10-trainer/training-log.ts'
import { toyExamples, toySettings, toyTokenizerJson } from '../model/toy.ts'
import { temporaryFolder } from './drive.ts'
import { stepReport } from './step-report.ts'

const steps = 5

/** The share that the log states of a loop whose steps take so long, each batch being made during the step before it. */
async function waitingShare(t: TestContext, examples: readonly TrainingExample[], stepMs: number): Promise<number> {
  const collator = new PrefetchingCollator({ settings: toySettings, tokenizerJson: toyTokenizerJson, seed: 1 })
  t.after(() => collator.close())
  // The thread has started, and the first batch is there.
  collator.prepare(1, examples)
  await collator.collate(0, toyExamples.slice(0, 1))
  const log = await TrainingLog.open(join(await temporaryFolder(t), 'training.jsonl'), { run: 'r', startStep: 0 })
  const line = (step: number) =>
    log.step({ ...stepReport, step }, { epoch: 0, stepsLeft: 0, waitedSeconds: collator.waitedMs / 1000 })
  await line(0)
  for (let step = 1; step <= steps; step++) {
    await collator.collate(step, examples)
    collator.prepare(step + 1, examples)
    await sleep(stepMs)
    log.count(examples.length)
  }
  return (await line(steps)).waitingShare
}

test('a loop whose batches take longer to make than its steps to compute states that it waits most of the time', async (t) => {
  const long = 'the water is a thing '.repeat(300)
  const slow = toyExamples.slice(0, 8).map((example) => ({ ...example, positive_doc: long, negative_docs: [long] }))
  const share = await waitingShare(t, slow, 2)
  assert.ok(share > 0.5 && share <= 1, `${share}`)
})

test('a loop whose batches are there before it asks states that it hardly waits', async (t) => {
  const share = await waitingShare(t, toyExamples.slice(0, 8), 150)
  assert.ok(share < 0.2, `${share}`)
})
