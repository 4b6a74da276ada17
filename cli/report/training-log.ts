/** The trainer's training.jsonl: one line a logged step, and one a validation. */
import { createReadStream, existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { FatalError } from '../../runtime/errors.ts'
import type { Workspace } from '../workspace.ts'
import type { Curve } from './charts.ts'

const validationShape = z.looseObject({ step: z.number(), validation: z.record(z.string(), z.number()) })
const stepShape = z.looseObject({ step: z.number() })

export interface TrainingLog {
  readonly model: string
  readonly steps: readonly Readonly<Record<string, number>>[]
  readonly validations: readonly { readonly step: number; readonly figures: Readonly<Record<string, number>> }[]
}

/** The log of a model, or of the one trained last; undefined where there is none. */
export async function readTrainingLog(
  workspace: Workspace,
  model: string | undefined,
): Promise<TrainingLog | undefined> {
  const found = findLog(join(workspace.models, 'checkpoints'), model)
  if (!found) return undefined
  // After a resume the log may hold steps that were taken twice: the later line counts.
  const steps = new Map<number, Record<string, number>>()
  const validations = new Map<number, Record<string, number>>()
  let line = 0
  for await (const text of createInterface({ input: createReadStream(found.file) })) {
    line++
    if (text.trim() === '') continue
    try {
      const value: unknown = JSON.parse(text)
      const validation = validationShape.safeParse(value)
      if (validation.success) validations.set(validation.data.step, validation.data.validation)
      else {
        const fields = stepShape.parse(value)
        steps.set(fields.step, numbersOf(fields))
      }
    } catch (cause) {
      throw new FatalError('TRAINING_LOG', 'this line is no step of a training', {
        at: { file: found.file, line },
        cause,
      })
    }
  }
  const inOrder = <T>(map: ReadonlyMap<number, T>) => [...map].sort(([a], [b]) => a - b)
  return {
    model: found.model,
    steps: inOrder(steps).map(([, fields]) => fields),
    validations: inOrder(validations).map(([step, figures]) => ({ step, figures })),
  }
}

function findLog(checkpoints: string, model: string | undefined): { model: string; file: string } | undefined {
  if (!existsSync(checkpoints)) return undefined
  return readdirSync(checkpoints)
    .filter((name) => model === undefined || name === model)
    .map((name) => ({ model: name, file: join(checkpoints, name, 'training.jsonl') }))
    .filter(({ file }) => existsSync(file))
    .sort((a, b) => statSync(b.file).mtimeMs - statSync(a.file).mtimeMs)[0]
}

function numbersOf(fields: Readonly<Record<string, unknown>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  )
}

export interface TrainingPace {
  readonly model: string
  /** Over the logged steps, their median. */
  readonly samplesPerSecond: number
  /** Share of the time in which the computing process waited for batches, their mean. */
  readonly waitingShare: number
}

/** How fast the logged steps went; undefined where none says so. */
export function paceOf({ model, steps }: TrainingLog): TrainingPace | undefined {
  const figures = (name: string) => steps.flatMap((fields) => fields[name] ?? [])
  const [rates, shares] = [figures('samplesPerSecond').sort((a, b) => a - b), figures('waitingShare')]
  const samplesPerSecond = rates[Math.floor(rates.length / 2)]
  if (samplesPerSecond === undefined || shares.length === 0) return undefined
  return { model, samplesPerSecond, waitingShare: shares.reduce((sum, share) => sum + share, 0) / shares.length }
}

const pointsAtMost = 300

/** A field over the steps; means of neighbours where there are more steps than a chart can show. */
export function curveOf(log: TrainingLog, field: string, name: string): Curve {
  const all = log.steps.flatMap((fields): [number, number][] => {
    const value = fields[field]
    return value === undefined || !Number.isFinite(value) ? [] : [[fields.step!, value]]
  })
  const size = Math.ceil(all.length / pointsAtMost)
  if (size <= 1) return { name, points: all }
  const points: [number, number][] = []
  for (let start = 0; start < all.length; start += size) {
    const bucket = all.slice(start, start + size)
    const mean = (at: 0 | 1) => bucket.reduce((sum, point) => sum + point[at], 0) / bucket.length
    points.push([mean(0), mean(1)])
  }
  return { name, points }
}
