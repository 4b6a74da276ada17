import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Tokenizer } from '../language/tokenizer.ts'
import { ConfigError } from '../runtime/errors.ts'
import { GraphSession } from './graph/session.ts'
import { type SparseVector, topTerms } from './sparse-vector.ts'
import { encodeTexts } from './text-encoder.ts'

/** An exported encoder, read from its folder: `onnx/model.onnx` and `tokenizer.json`. */
export interface SparseEncoder {
  readonly vocabularySize: number
  encode(texts: readonly string[]): Promise<readonly SparseVector[]>
  /** The heaviest terms as strings, heaviest first. */
  termsOf(vector: SparseVector, limit: number): readonly TermWeight[]
  /** The term of an id, as the tokenizer's file has it. */
  tokenOf(id: number): string
  close(): Promise<void>
}

export interface TermWeight {
  readonly term: string
  readonly weight: number
}

export interface SparseEncoderSettings {
  readonly threads?: number
}

/** Throws ConfigError EXPORT_MISSING when the folder does not hold an export. */
export async function loadSparseEncoder(
  exportDir: string,
  { threads = 1 }: SparseEncoderSettings = {},
): Promise<SparseEncoder> {
  const [model, tokenizerJson] = await Promise.all([
    partOf(exportDir, join('onnx', 'model.onnx')),
    partOf(exportDir, 'tokenizer.json'),
  ])
  const tokenizer = Tokenizer.parse(tokenizerJson.toString('utf8'))
  const session = await GraphSession.open(model, { threads })
  const { vocabularySize, maxLength } = tokenizer
  return {
    vocabularySize,
    encode: (texts) => encodeTexts(texts, { session, tokenizer, vocabularySize, maxLength }),
    termsOf: (vector, limit) =>
      topTerms(vector, limit).map(({ id, weight }) => ({ term: tokenizer.decodeToken(id), weight })),
    tokenOf: (id) => tokenizer.decodeToken(id),
    close: () => session.close(),
  }
}

async function partOf(exportDir: string, name: string): Promise<Buffer> {
  try {
    return await readFile(join(exportDir, name))
  } catch (cause) {
    throw new ConfigError('EXPORT_MISSING', `${name} cannot be read`, {
      at: { file: join(exportDir, name) },
      hint: 'give the folder of an exported model, such as models/exports/<name>',
      cause,
    })
  }
}
