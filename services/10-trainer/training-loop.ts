/** The steps of a run, and what happens between them: log, validation, guard, checkpoints, early stop. */
import { runsOf, trainingBatches } from '../../model/batches.ts'
import type { WrittenCheckpoint } from '../../model/checkpoint.ts'
import type { Trainer } from '../../model/trainer.ts'
import type { Deps } from '../../runtime/service.ts'
import { Checkpoints } from './checkpoints.ts'
import type { DataSet } from './examples.ts'
import { CollapseGuard } from './guard.ts'
import { ProgressJudge } from './progress-judge.ts'
import type { TrainerSettings } from './settings.ts'
import { TrainingLog } from './training-log.ts'
import { validate } from './validation.ts'

export interface Course {
  readonly data: DataSet
  readonly totalSteps: number
  readonly tokenizerJson: string
  /** Absolute path of the folder of the checkpoints. */
  readonly folder: string
  /** Absolute path of training.jsonl. */
  readonly logFile: string
}

export interface TrainingEnd extends WrittenCheckpoint {
  readonly metrics: Readonly<Record<string, number>>
}

/** The last checkpoint of the run, or the best where early stopping is on. */
export async function trainToEnd(
  trainer: Trainer,
  { data, totalSteps, tokenizerJson, folder, logFile }: Course,
  { settings: { training }, log, progress, signal }: Deps<TrainerSettings, never>,
): Promise<TrainingEnd> {
  const { startStep } = trainer
  const checkpoints = new Checkpoints(trainer, folder, training.keep_checkpoints)
  const trainingLog = await TrainingLog.open(logFile, { run: data.digest, startStep })
  const judge = new ProgressJudge(trainingLog.validations)
  const guard = new CollapseGuard(tokenizerJson, training)
  const order = { seed: training.seed, batchSize: training.batch_size, epochs: training.epochs }
  let metrics: Readonly<Record<string, number>> | undefined
  let step = startStep
  if (!judge.shouldStop(training.early_stop)) {
    const runs = runsOf(trainingBatches(data.train, order, startStep), {
      startStep,
      most: trainer.execution.stepsPerRun,
      stops: [training.validation_steps, training.checkpoint_steps],
    })
    for (const [run, next] of withNext(runs)) {
      signal.throwIfAborted()
      for (const [i, batch] of (next ?? []).entries()) trainer.prepare(step + run.length + 1 + i, batch)
      const reports = await trainer.steps(run)
      trainingLog.count(run.reduce((examples, batch) => examples + batch.length, 0))
      for (const report of reports) {
        step = report.step
        if (step !== totalSteps && step % training.log_steps !== 0) continue
        const waiting = await trainingLog.step(
          report,
          (step * training.epochs) / totalSteps,
          await trainer.waitedSeconds(),
        )
        const note = `loss ${report.loss.toFixed(3)}, ${report.activeTerms.toFixed(0)} active terms, ${(100 * waiting).toFixed(0)} % waiting`
        progress.report({ done: step, total: totalSteps, unit: 'steps', note })
      }
      const last = step === totalSteps
      if (last || step % training.validation_steps === 0) {
        const validation = await validate(trainer, data, guard)
        metrics = validation.metrics
        await trainingLog.validation(step, metrics)
        log.info({ step, ...metrics }, 'validated')
        if (validation.collapse) await guard.act(validation.collapse, trainer, step, log)
        if (judge.take({ step, metrics })) await checkpoints.add(step, step)
      }
      const stops = judge.shouldStop(training.early_stop)
      if (last || stops || step % training.checkpoint_steps === 0) await checkpoints.add(step, judge.best?.step)
      if (stops) {
        log.info({ step, best: judge.best?.step }, 'stopped early: no validation was better than the best')
        break
      }
    }
  }
  const best = training.early_stop > 0 ? judge.best : undefined
  const kept = best && (await checkpoints.find(best.step))
  if (best && kept) return { ...kept, metrics: best.metrics }
  const end = await checkpoints.add(step, judge.best?.step)
  return { ...end, metrics: metrics ?? (await validate(trainer, data, guard)).metrics }
}

/** Each with the one after it. */
function* withNext<T>(items: Iterable<T>): Iterable<readonly [T, T?]> {
  let held: { readonly item: T } | undefined
  for (const item of items) {
    if (held) yield [held.item, item]
    held = { item }
  }
  if (held) yield [held.item]
}
