/** What exported models came to: the last scores of each, and the course of the scores over all evaluations. */
import { existsSync, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { evaluationFile, scoreShape, scoresName } from '../../evaluation/judgement-files.ts'
import { neuralSparse } from '../../evaluation/systems.ts'
import type { Score } from '../../schemas/types.ts'
import { changedMs, foldersIn } from './models-folder.ts'

export interface EvaluationView {
  readonly model: string
  readonly atMs: number
  readonly scores: readonly Score[]
}

/** Of the model itself over all queries: how good its rankings are, and how sparse it is. */
const courseMetrics = ['ndcg@10', 'hit@1', 'recall@10', 'query-terms-mean', 'document-terms-mean']

/** An evaluation as a point of the course. */
export interface CoursePoint {
  readonly model: string
  readonly atMs: number
  readonly figures: readonly {
    readonly metric: string
    readonly task: string
    readonly direction: string
    readonly value: number
  }[]
}

/** Of every exported model that was judged, the last one first; a file that cannot be read is left out. */
export async function evaluationsIn(models: string): Promise<EvaluationView[]> {
  const found: EvaluationView[] = []
  for (const model of foldersIn(join(models, 'exports'))) {
    const file = join(models, 'exports', model, scoresName)
    const text = existsSync(file) ? await readFile(file, 'utf8') : undefined
    const scores = text === undefined ? undefined : scoresIn(text)
    if (scores) found.push({ model, atMs: changedMs(file), scores })
  }
  return found.sort((a, b) => b.atMs - a.atMs)
}

/** Every evaluation of a models folder, in the order in which they came. A file says the same for ever, and is read once. */
export class Course {
  private readonly models: string
  private readonly read = new Map<string, CoursePoint['figures']>()

  constructor(models: string) {
    this.models = models
  }

  async points(): Promise<CoursePoint[]> {
    const files = [...this.kept(), ...(await this.notKept())]
    const points: CoursePoint[] = []
    for (const { model, file } of files) {
      const figures = this.read.get(file) ?? figuresIn(await readFile(file, 'utf8'))
      if (!file.endsWith(scoresName)) this.read.set(file, figures)
      if (figures.length > 0) points.push({ model, atMs: changedMs(file), figures })
    }
    return points.sort((a, b) => a.atMs - b.atMs)
  }

  private kept(): { model: string; file: string }[] {
    const root = join(this.models, 'evaluations')
    return foldersIn(root).flatMap((model) =>
      readdirSync(join(root, model))
        .filter((name) => name.endsWith('.json') && !name.startsWith('.'))
        .map((name) => ({ model, file: join(root, model, name) })),
    )
  }

  /** Scores that lie in an export alone, as an earlier naru wrote them. */
  private async notKept(): Promise<{ model: string; file: string }[]> {
    const found: { model: string; file: string }[] = []
    for (const model of foldersIn(join(this.models, 'exports'))) {
      const file = join(this.models, 'exports', model, scoresName)
      if (!existsSync(file)) continue
      const text = await readFile(file, 'utf8')
      if (!existsSync(join(this.models, evaluationFile(model, text)))) found.push({ model, file })
    }
    return found
  }
}

function figuresIn(text: string): CoursePoint['figures'] {
  return (scoresIn(text) ?? [])
    .filter(({ system, stratum, metric }) => {
      return system === neuralSparse && stratum === 'all' && courseMetrics.includes(metric)
    })
    .map(({ metric, task, direction, value }) => ({ metric, task, direction, value }))
}

function scoresIn(text: string): Score[] | undefined {
  try {
    return z.array(scoreShape).parse(JSON.parse(text))
  } catch {
    return undefined
  }
}
