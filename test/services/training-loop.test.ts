import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { cpuExecution } from '../../model/execution.ts'
import type { Trainer } from '../../model/trainer.ts'
import { createLog } from '../../runtime/log.ts'
import { settings } from '../../services/10-trainer/settings.ts'
import { trainToEnd } from '../../services/10-trainer/training-loop.ts'
import { toyExamples, toyTokenizerJson } from '../model/toy.ts'
import { temporaryFolder } from './drive.ts'
import { stepReport } from './step-report.ts'

for (const stepsPerRun of [1, 2]) {
  test(`while ${stepsPerRun} steps are computed the batches of the next are already being made`, async (t) => {
    const folder = await temporaryFolder(t)
    const prepared = new Map<number, unknown>()
    const late: number[] = []
    let step = 0
    const trainer: Trainer = {
      ...{ startStep: 0, parameters: 0, processId: undefined, execution: { ...cpuExecution, stepsPerRun } },
      prepare: (of, examples) => void prepared.set(of, examples),
      step: () => assert.fail('the loop asks for runs'),
      steps: async (batches) =>
        batches.map((batch) => {
          step++
          // Nothing comes before the first run that its batches could be made in.
          if (step > stepsPerRun && prepared.get(step) !== batch) late.push(step)
          return { ...stepReport, step }
        }),
      checkpoint: async (dir) => {
        await mkdir(join(dir, 'step-00000006'), { recursive: true })
        return { path: join(dir, 'step-00000006'), sha256: '', step }
      },
      encode: async (texts) => texts.map(() => ({ terms: Uint32Array.of(5), weights: Float32Array.of(1) })),
      weakenPenalty: async () => 1,
      waitedSeconds: async () => 0,
      close: async () => undefined,
    }
    const data = { train: toyExamples, val: [], offsets: {}, digest: 'run' }
    const logFile = join(folder, 'training.jsonl')
    const course = { data, totalSteps: 6, startPosition: undefined, tokenizerJson: toyTokenizerJson, folder, logFile }
    const deps = {
      settings: settings.parse({ training: { batch_size: 8, epochs: 2, log_steps: 100 } }),
      log: createLog('test', 'silent', 2),
      progress: { report: () => undefined },
      tally: () => undefined,
      signal: new AbortController().signal,
    }
    const handed: number[] = []
    for await (const { step } of trainToEnd(trainer, course, deps)) handed.push(step)
    assert.deepEqual({ handed, late }, { handed: [6], late: [] })
  })
}
