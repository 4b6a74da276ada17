import { access, readFile } from 'node:fs/promises'
import { Tokenizer } from '../language/tokenizer.ts'
import { ConfigError } from '../runtime/errors.ts'
import { layout, partIn } from './export/layout.ts'
import { GraphSession } from './graph/session.ts'
import { type SparseVector, topTerms } from './sparse-vector.ts'
import { encodeTexts } from './text-encoder.ts'

/** An exported encoder, read from its folder: `onnx/model.onnx` and `tokenizer.json`. */
export interface SparseEncoder {
  readonly vocabularySize: number
  encode(texts: readonly string[]): Promise<readonly SparseVector[]>
  /** The heaviest terms as strings, heaviest first. */
  termsOf(vector: SparseVector, limit: number): readonly TermWeight[]
  close(): Promise<void>
}

export interface TermWeight {
  readonly term: string
  readonly weight: number
}

export interface SparseEncoderSettings {
  readonly threads?: number
  /** Another ONNX file of the folder, such as onnx/model_int8.onnx. */
  readonly form?: string
}

/** Throws ConfigError EXPORT_MISSING when the folder does not hold an export. */
export async function loadSparseEncoder(
  exportDir: string,
  { threads = 1, form = layout.onnx }: SparseEncoderSettings = {},
): Promise<SparseEncoder> {
  const tokenizerJson = await partOf(exportDir, layout.tokenizer, (file) => readFile(file, 'utf8'))
  const tokenizer = Tokenizer.parse(tokenizerJson)
  const session = await partOf(exportDir, form, async (file) => {
    await access(file)
    // By its path, for weights may lie in a second file.
    return GraphSession.open(file, { threads })
  })
  const { vocabularySize, maxLength } = tokenizer
  return {
    vocabularySize,
    encode: (texts) => encodeTexts(texts, { session, tokenizer, vocabularySize, maxLength }),
    termsOf: (vector, limit) =>
      topTerms(vector, limit).map(({ id, weight }) => ({ term: tokenizer.decodeToken(id), weight })),
    close: () => session.close(),
  }
}

async function partOf<T>(exportDir: string, part: string, read: (file: string) => Promise<T>): Promise<T> {
  const file = partIn(exportDir, part)
  try {
    return await read(file)
  } catch (cause) {
    throw new ConfigError('EXPORT_MISSING', `${part} cannot be read`, {
      at: { file },
      hint: 'give the folder of an exported model, such as models/exports/<name>',
      cause,
    })
  }
}
