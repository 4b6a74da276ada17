/** The steps of a run, and what happens between them: log, validation, guard, checkpoints, early stop. */
import { runsOf, trainingBatches } from '../../model/batches.ts'
import type { DataPosition, WrittenCheckpoint } from '../../model/checkpoint.ts'
import type { Trainer } from '../../model/trainer.ts'
import type { StepReport } from '../../model/training-engine.ts'
import type { Deps } from '../../runtime/service.ts'
import { Checkpoints } from './checkpoints.ts'
import type { DataSet } from './examples.ts'
import { CollapseGuard } from './guard.ts'
import { ProgressJudge } from './progress-judge.ts'
import { Publications } from './publications.ts'
import { examplesPerStep, type TrainerSettings } from './settings.ts'
import { type Timing, TrainingLog } from './training-log.ts'
import { validate, validationPairs } from './validation.ts'

export interface Course {
  readonly data: Pick<DataSet, 'train' | 'val' | 'offsets' | 'digest'>
  readonly totalSteps: number
  /** Where the checkpoint stood that the run goes on from; undefined at a beginning. */
  readonly startPosition: DataPosition | undefined
  readonly tokenizerJson: string
  /** Absolute path of the folder of the checkpoints. */
  readonly folder: string
  /** Absolute path of training.jsonl. */
  readonly logFile: string
}

/** A checkpoint that is handed on. */
export interface Handed extends WrittenCheckpoint {
  readonly metrics: Readonly<Record<string, number>>
  /** Step after which it is handed on: that of the checkpoint, or later. */
  readonly after: number
  readonly final: boolean
}

/** New bests on the way, then the last checkpoint of the run, or the best where early stopping is on. */
export async function* trainToEnd(
  trainer: Trainer,
  { data, totalSteps, startPosition, tokenizerJson, folder, logFile }: Course,
  { settings, log, progress, signal }: Deps<TrainerSettings, never>,
): AsyncGenerator<Handed, void, undefined> {
  const { training } = settings
  const { startStep } = trainer
  const { epoch, batch } = startPosition ?? { epoch: 0, batch: startStep }
  const perEpoch = totalSteps / training.epochs
  const checkpoints = new Checkpoints(trainer, {
    folder,
    keep: training.keep_checkpoints,
    positionAt: (step) => ({
      offsets: data.offsets,
      epoch: Math.floor(step / perEpoch),
      batch: step % perEpoch,
    }),
  })
  const pairs = validationPairs(data)
  const startBatch = epoch * perEpoch + batch
  const trainingLog = await TrainingLog.open(logFile, { run: data.digest, startStep })
  const judge = new ProgressJudge(trainingLog.validations)
  const publications = new Publications(training.publish_steps, trainingLog.validations)
  const guard = new CollapseGuard(tokenizerJson, settings)
  const order = { seed: training.seed, batchSize: examplesPerStep(settings), epochs: training.epochs }
  let metrics: Readonly<Record<string, number>> | undefined
  let step = startStep
  if (!judge.shouldStop(training.early_stop)) {
    const runs = runsOf(trainingBatches(data.train, order, startBatch), {
      startStep,
      most: trainer.execution.stepsPerRun,
      stops: [training.validation_steps, training.checkpoint_steps],
    })
    for (const [run, next] of withNext(runs)) {
      signal.throwIfAborted()
      for (const [i, batch] of (next ?? []).entries()) trainer.prepare(step + run.length + 1 + i, batch)
      const reports = await trainer.steps(run)
      for (const batch of run) trainingLog.count(batch.length)
      for (const report of reports) {
        step = report.step
        if (step !== totalSteps && step % training.log_steps !== 0) continue
        const timing = await trainingLog.step(report, {
          epoch: step / perEpoch,
          stepsLeft: totalSteps - step,
          waitedSeconds: await trainer.waitedSeconds(),
        })
        progress.report({ done: step, total: totalSteps, unit: 'steps', ...told(report, timing) })
      }
      const last = step === totalSteps
      const isValidated = last || step % training.validation_steps === 0
      if (isValidated) {
        const validation = await validate(trainer, pairs, guard)
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
      const { best } = judge
      if (isValidated && !last && publications.isDue(step, best)) {
        const kept = await checkpoints.find(best.step)
        if (kept) yield { ...kept, metrics: best.metrics, after: step, final: false }
      }
    }
  }
  const best = training.early_stop > 0 ? judge.best : undefined
  const kept = best && (await checkpoints.find(best.step))
  if (best && kept) yield { ...kept, metrics: best.metrics, after: step, final: true }
  else {
    const end = await checkpoints.add(step, judge.best?.step)
    metrics ??= (await validate(trainer, pairs, guard)).metrics
    yield { ...end, metrics, after: step, final: true }
  }
}

/** A step for people, and for Prometheus. */
function told(report: StepReport, { samplesPerSecond, waitingShare, etaSeconds }: Timing) {
  const { loss, ranking, crossLingual, sparsity, alignment, activeTerms } = report
  const parts = `ranking ${ranking.toFixed(3)}, cross-lingual ${crossLingual.toFixed(3)}, sparsity ${sparsity.toFixed(2)}`
  const speed = `${samplesPerSecond.toFixed(0)} samples/s, ${(100 * waitingShare).toFixed(0)} % waiting`
  return {
    note: `loss ${loss.toFixed(3)} (${parts}), alignment ${alignment.toFixed(3)}, ${activeTerms.toFixed(0)} active terms, ${speed}`,
    figures: {
      ...{ loss, ranking, sparsity, alignment, cross_lingual: crossLingual },
      ...{ contrast: report.contrast, activation: report.activation, distillation: report.distillation },
      ...{ lead_alignment: report.leadAlignment },
      ...{ active_terms: activeTerms, gradient_norm: report.gradientNorm, learning_rate: report.learningRate },
      ...{ samples_per_second: samplesPerSecond, waiting_ratio: waitingShare, remaining_seconds: etaSeconds },
    },
  }
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
