import type { Tensor } from './graph/graph.ts'
import {
  add,
  cast,
  divide,
  exp,
  greater,
  logSoftmax,
  matmul,
  maximum,
  multiply,
  pick,
  split,
  square,
  subtract,
  sum,
} from './graph/ops.ts'
import { ShapeError, sizeAt } from './graph/tensor.ts'

/**
 * Learning from a teacher's scores of a query's own documents, the positive first, then its hard negatives. Scores and teacher
 * are f32 [n, 1 + negatives]; `scored` is f32 of that shape, 1 where the teacher has scored the document and it is there.
 */
export interface TeacherScores {
  readonly teacher: Tensor
  readonly scored: Tensor
}

/** Losses a teacher can be followed by. */
export const distillations = ['margin-mse', 'kl'] as const

/** Far below every score, and finite. */
const absent = -1e9

/** Inner products of each query with its own documents. queries: [n, v]; documents: [n·(1 + k), v], as `collate` has them. */
export function ownScores(queries: Tensor, documents: Tensor): Tensor {
  const [n, m] = [sizeAt(queries.shape, 0), sizeAt(documents.shape, 0)]
  const scores = matmul(queries, documents, { transposeB: true })
  const width = m / n
  const columns = Array.from({ length: n * width }, (_, i) => (i % width) * n + Math.floor(i / width))
  return pick(scores, queries.graph.constant(columns, [n, width], 'i64'))
}

/**
 * Mean over the negatives of (student's margin − teacher's margin)², a margin being the positive's score less the negative's.
 * Source: Hofstätter et al. 2020, arXiv:2010.02666.
 */
export function marginMse(scores: Tensor, { teacher, scored }: TeacherScores): Tensor {
  const width = sizeAt(scores.shape, 1)
  if (width < 2) throw new ShapeError('margins need hard negatives')
  const parted = (x: Tensor) => split(x, 1, [1, width - 1])
  const [positive, negatives] = parted(subtract(scores, teacher))
  const [positiveScored, negativesScored] = parted(scored)
  const counts = multiply(negativesScored!, positiveScored!)
  const error = square(subtract(positive!, negatives!))
  return divide(sum(multiply(error, counts)), maximum(sum(counts), 1))
}

/**
 * Kullback–Leibler divergence of the student's distribution over a query's documents from the teacher's, both softened by
 * `temperature` and scaled back by its square: mean over queries with two or more scored documents. At a temperature of 1 sparse
 * students can end without any active term (sentence-transformers#3428).
 */
export function klDivergence(scores: Tensor, { teacher, scored }: TeacherScores, temperature: number): Tensor {
  const penalty = multiply(subtract(scored, 1), -absent)
  const logShares = (x: Tensor) => logSoftmax(add(multiply(x, 1 / temperature), penalty))
  const [student, wanted] = [logShares(scores), logShares(teacher)]
  const perDocument = multiply(multiply(exp(wanted), subtract(wanted, student)), scored)
  const counts = cast(greater(sum(scored, [1]), 1), 'f32')
  const perRow = multiply(sum(perDocument, [1]), counts)
  return multiply(divide(sum(perRow), maximum(sum(counts), 1)), temperature * temperature)
}
