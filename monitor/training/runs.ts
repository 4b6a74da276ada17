/** Trainings in a models folder: curves out of the event files, and checkpoints. */
import { readdirSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readEventFile, type Scalar } from './event-scalars.ts'
import { changedMs, foldersIn } from './models-folder.ts'

export interface RunView {
  readonly model: string
  /** Digest of data and settings. */
  readonly run: string
  readonly changedMs: number
  readonly checkpoints: readonly { readonly step: number; readonly bytes: number; readonly atMs: number }[]
}

/** The last one first. @param models root of the addresses under models/. */
export function runsIn(models: string): RunView[] {
  const checkpoints = join(models, 'checkpoints')
  return foldersIn(checkpoints)
    .flatMap((model) =>
      foldersIn(join(checkpoints, model, 'tensorboard')).map((run) => ({
        model,
        run,
        changedMs: Math.max(0, ...eventFiles(join(checkpoints, model, 'tensorboard', run)).map(changedMs)),
        checkpoints: checkpointsIn(join(checkpoints, model, run)),
      })),
    )
    .sort((a, b) => b.changedMs - a.changedMs)
}

function checkpointsIn(folder: string): RunView['checkpoints'] {
  return foldersIn(folder)
    .flatMap((name) => {
      const step = /^step-(\d+)$/.exec(name)?.[1]
      if (step === undefined) return []
      const files = readdirSync(join(folder, name)).map((file) => statSync(join(folder, name, file)))
      return [
        {
          step: Number(step),
          bytes: files.reduce((sum, { size }) => sum + size, 0),
          atMs: changedMs(join(folder, name)),
        },
      ]
    })
    .sort((a, b) => a.step - b.step)
}

export interface Curves {
  readonly model: string
  readonly run: string
  /** Steps and values by tag, such as train/loss; each in the order of the steps. */
  readonly tags: Readonly<Record<string, { readonly steps: readonly number[]; readonly values: readonly number[] }>>
}

/** Undefined where there is no such run. A run that went on from a checkpoint shows the later of two values for a step. */
export async function curvesOf(models: string, model: string, run: string): Promise<Curves | undefined> {
  if (!runsIn(models).some((known) => known.model === model && known.run === run)) return undefined
  const tags = new Map<string, Map<number, number>>()
  for (const file of eventFiles(join(models, 'checkpoints', model, 'tensorboard', run))) {
    const { scalars, startStep } = readEventFile(await readFile(file))
    if (startStep !== undefined) for (const steps of tags.values()) dropFrom(steps, startStep)
    for (const scalar of scalars) put(tags, scalar)
  }
  const sorted = [...tags].map(([tag, steps]) => {
    const points = [...steps].sort(([a], [b]) => a - b)
    return [tag, { steps: points.map(([step]) => step), values: points.map(([, value]) => value) }] as const
  })
  return { model, run, tags: Object.fromEntries(sorted) }
}

function put(tags: Map<string, Map<number, number>>, { tag, step, value }: Scalar): void {
  const steps = tags.get(tag) ?? new Map<number, number>()
  tags.set(tag, steps)
  steps.set(step, value)
}

function dropFrom(steps: Map<number, number>, from: number): void {
  for (const step of steps.keys()) if (step >= from) steps.delete(step)
}

/** TensorBoard reads the files of a run in the order of their names. */
function eventFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.includes('.tfevents.'))
    .sort()
    .map((name) => join(folder, name))
}
