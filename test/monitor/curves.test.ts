/** Curves of trainings, as the page draws them. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { pagesFolder } from '../../monitor/web/pages.ts'

interface Line {
  readonly name: string
  readonly colour: number
  readonly dash: number
  readonly values: readonly (number | null)[]
}

interface Curve {
  readonly steps: readonly number[]
  readonly values: readonly number[]
}
const curves = (await import(pathToFileURL(join(pagesFolder, 'curves.js')).href)) as {
  smoothed(values: readonly number[], weight: number): number[]
  linesOf(
    runs: readonly Readonly<Record<string, Curve>>[],
    wanted: readonly string[],
    weight: number,
    textOf: (figure: string) => string,
  ): {
    readonly xs: number[]
    readonly lines: readonly Line[]
  }
  courseLines(
    points: readonly { readonly figures: readonly Readonly<Record<string, string | number>>[] }[],
    metrics: readonly string[],
  ): { readonly xs: number[]; readonly lines: readonly Line[] }
}

test('a curve is smoothed as TensorBoard smooths it, worked by hand', () => {
  assert.deepEqual(curves.smoothed([1, 3, 2], 0), [1, 3, 2])
  const [first, second, third] = curves.smoothed([1, 3, 2], 0.5)
  // Sums 0.5, 1.75, 1.875 over the weights 0.5, 0.75, 0.875.
  assert.equal(first, 1)
  assert.ok(Math.abs(second! - 7 / 3) < 1e-12)
  assert.ok(Math.abs(third! - 15 / 7) < 1e-12)
})

test('runs of other steps lie over the same axis, with the colour of the tag and a dash of their own', () => {
  const run = (steps: readonly number[]) => ({ 'train/loss': { steps, values: steps.map((step) => step * 2) } })
  const none = { 'train/distillation': { steps: [1, 2], values: [0, 0] } }
  const wanted = ['train/distillation', 'train/loss']
  const { xs, lines } = curves.linesOf(
    [{ ...run([1, 3]), ...none }, run([2, 3]), run([3])],
    wanted,
    0,
    (figure) => figure,
  )
  assert.deepEqual(xs, [1, 2, 3])
  assert.deepEqual(lines, [
    { name: 'loss', colour: 0, dash: 0, values: [2, null, 6] },
    { name: 'loss (2)', colour: 0, dash: 1, values: [null, 4, 6] },
    { name: 'loss (3)', colour: 0, dash: 2, values: [null, null, 6] },
  ])
})

test('evaluations are numbered, each task and direction is a line, and a task that was not judged leaves a gap', () => {
  const figure = (task: string, value: number) => ({ metric: 'ndcg@10', task, direction: 'ko→en', value })
  const other = { metric: 'hit@1', task: 'synonyms', direction: 'ko→en', value: 1 }
  const points = [
    { figures: [figure('synonyms', 0.5), other] },
    { figures: [figure('synonyms', 0.6), figure('sentences', 0.2)] },
  ]
  assert.deepEqual(curves.courseLines(points, ['ndcg@10']), {
    xs: [1, 2],
    lines: [
      { name: 'synonyms ko→en', colour: 0, dash: 0, values: [0.5, 0.6] },
      { name: 'sentences ko→en', colour: 1, dash: 0, values: [null, 0.2] },
    ],
  })
})
