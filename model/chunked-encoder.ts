import { type EncoderConfig, type Encoding, encode } from './encoder.ts'
import { inChunks } from './graph/chunks.ts'
import type { Tensor } from './graph/graph.ts'
import type { Precision } from './graph/precision.ts'
import { sizeAt } from './graph/tensor.ts'

export interface ChunkedEncoder {
  readonly parameters: ReadonlyMap<string, Tensor>
  readonly config: EncoderConfig
  readonly precision: Precision
  /** Texts that are encoded at once; 0: all. */
  readonly chunkTexts: number
}

/** `encode`, so many texts at a time; of its results those that are asked for, as each is kept for all texts. */
export function encodeInChunks<Part extends keyof Encoding>(
  { parameters, config, precision, chunkTexts }: ChunkedEncoder,
  texts: { readonly ids: Tensor; readonly mask: Tensor },
  parts: readonly Part[],
): Pick<Encoding, Part> {
  const { ids, mask } = texts
  if (chunkTexts === 0 || sizeAt(ids.shape, 0) <= chunkTexts) return encode(parameters, config, texts, precision)
  const names = [...parameters.keys()]
  const results = inChunks({
    rows: [ids, mask],
    shared: [...parameters.values()],
    chunk: chunkTexts,
    compute: ([ids, mask], shared) => {
      const inside = new Map(names.map((name, i) => [name, shared[i]!]))
      const encoding = encode(inside, config, { ids: ids!, mask: mask! }, precision)
      return parts.map((part) => encoding[part])
    },
  })
  return Object.fromEntries(parts.map((part, i) => [part, results[i]!])) as Pick<Encoding, Part>
}
