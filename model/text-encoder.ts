import type { Tokenizer } from '../language/tokenizer.ts'
import { tokenRows } from './batch.ts'
import type { GraphRunner } from './graph/session.ts'
import { ShapeError } from './graph/tensor.ts'
import { type SparseVector, sparseRows } from './sparse-vector.ts'

/** Texts to sparse vectors by an encoder session with dynamic axes. */
export interface TextEncoderDeps {
  readonly session: Pick<GraphRunner, 'run'>
  readonly tokenizer: Tokenizer
  readonly vocabularySize: number
  /** Longest text in tokens; what is longer is cut. */
  readonly maxLength: number
}

/** Tokens, padding included, of one run: bounds the memory of the logits (tokens × vocabulary × 4 bytes). */
const tokensPerRun = 2048
/** Rows are padded to a multiple of this, so that few shapes occur. */
const lengthStep = 8

/** Vectors in the order of the texts. Texts of like length run together; that changes no vector. */
export async function encodeTexts(texts: readonly string[], deps: TextEncoderDeps): Promise<SparseVector[]> {
  const { tokenizer, maxLength } = deps
  const order = texts
    .map((text, index) => ({ index, length: Math.min(tokenizer.contentIds(text).length + 2, maxLength) }))
    .sort((a, b) => a.length - b.length || a.index - b.index)
  const vectors: SparseVector[] = new Array(texts.length)
  for (let start = 0; start < order.length; ) {
    let end = start + 1
    while (end < order.length && (end + 1 - start) * order[end]!.length <= tokensPerRun) end++
    const rows = order.slice(start, end)
    const length = Math.min(Math.ceil(rows.at(-1)!.length / lengthStep) * lengthStep, maxLength)
    const encoded = await runRows(
      rows.map(({ index }) => texts[index]!),
      length,
      deps,
    )
    for (const [i, vector] of encoded.entries()) vectors[rows[i]!.index] = vector
    start = end
  }
  return vectors
}

async function runRows(texts: readonly string[], length: number, deps: TextEncoderDeps): Promise<SparseVector[]> {
  const { ids, mask, rows } = tokenRows(texts, deps.tokenizer, [length])
  const { output } = await deps.session.run({
    input_ids: { data: ids, shape: [rows, length] },
    attention_mask: { data: mask, shape: [rows, length] },
  })
  if (!(output instanceof Float32Array)) throw new ShapeError('an encoder gives f32 vectors under the name output')
  return sparseRows(output, deps.vocabularySize)
}
