/** The texts of a step, encoded: the short ones together, the long ones together, each once. */
import type { StepShape } from './batch.ts'
import { encodeInChunks } from './chunked-encoder.ts'
import type { Graph, Tensor } from './graph/graph.ts'
import { gather, split } from './graph/ops.ts'
import { fullPrecision } from './graph/precision.ts'
import { ShapeError } from './graph/tensor.ts'
import { idfVectors } from './idf.ts'
import type { StepSettings } from './training-step.ts'

export interface Encodings {
  readonly left: Tensor
  readonly right: Tensor
  /** Of both names, left ones first. */
  readonly pairLogits: Tensor
  /** All short texts that are encoded. */
  readonly short: Tensor
  /** Absent where synonym pairs are all there is. */
  readonly search?: LongEncodings & { readonly queries: Tensor }
}

interface LongEncodings {
  /** Positives, then hard negatives. */
  readonly documents: Tensor
  /** All long texts: documents, then leads. */
  readonly long: Tensor
  /** Leads of linked pages, row by row; absent where the step has none. */
  readonly linked?: { readonly leads: Tensor; readonly mates: Tensor }
}

/** Queries and synonyms are encoded together, documents apart: two lengths, one set of parameters. */
export function encodings(
  graph: Graph,
  parameters: ReadonlyMap<string, Tensor>,
  shape: StepShape,
  settings: StepSettings,
): Encodings {
  const { encoder, losses: weights, precision = fullPrecision, chunkTexts = 0 } = settings
  const n = shape.examples
  const tokens = (name: string, rows: number, length: number) => ({
    ids: graph.input(`${name}_ids`, 'i64', [rows, length]),
    mask: graph.input(`${name}_mask`, 'i64', [rows, length]),
  })
  const own = { parameters, config: encoder, precision, chunkTexts }
  const encoded = (texts: ReturnType<typeof tokens>) => encodeInChunks(own, texts, ['logits', 'vectors'])
  const pairsOf = ({ vectors, logits }: ReturnType<typeof encoded>) => {
    const [left, right] = split(vectors, 0, [n, n])
    return { left: left!, right: right!, pairLogits: logits, short: vectors }
  }
  if (shape.documentLength === 0) return pairsOf(encoded(tokens('short', 2 * n, shape.queryLength)))
  const shortTokens = tokens('short', 3 * n, shape.queryLength)
  const m = n * (1 + shape.negatives)
  const longTokens = tokens('long', m + shape.leads, shape.documentLength)
  const documents = longEncodings(graph, encodeInChunks(own, longTokens, ['vectors']).vectors, {
    m,
    leads: shape.leads,
  })
  if (weights.queryEncoding === 'idf') {
    const [queryIds, pairIds] = split(shortTokens.ids, 0, [n, 2 * n])
    const [, pairMask] = split(shortTokens.mask, 0, [n, 2 * n])
    const first = graph.input('query_first', 'f32', [n, shape.queryLength])
    const table = idfOf(settings)
    const queries = idfVectors(queryIds!, first, graph.constant(table, [table.length]))
    return { ...pairsOf(encoded({ ids: pairIds!, mask: pairMask! })), search: { queries, ...documents } }
  }
  const short = encoded(shortTokens)
  const [queries, left, right] = split(short.vectors, 0, [n, n, n])
  const [, pairLogits] = split(short.logits, 0, [n, 2 * n])
  return {
    left: left!,
    right: right!,
    pairLogits: pairLogits!,
    short: short.vectors,
    search: { queries: queries!, ...documents },
  }
}

/** A lead is aligned with the positive document of its example, which is the lead of the linked page. */
function longEncodings(graph: Graph, long: Tensor, { m, leads }: { m: number; leads: number }): LongEncodings {
  if (leads === 0) return { documents: long, long }
  const [documents, own] = split(long, 0, [m, leads])
  const mates = gather(documents!, graph.input('lead_mates', 'i64', [leads]))
  return { documents: documents!, long, linked: { leads: own!, mates } }
}

/** Throws ShapeError where settings ask for the table and there is none. */
export function idfOf({ idf }: StepSettings): Float32Array {
  if (!idf) throw new ShapeError('a step with an IDF penalty or queries by IDF needs the table')
  return idf
}
