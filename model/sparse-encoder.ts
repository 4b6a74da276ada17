import { existsSync } from 'node:fs'
import { access, readFile } from 'node:fs/promises'
import { Tokenizer } from '../language/tokenizer.ts'
import { ConfigError } from '../runtime/errors.ts'
import { layout, partIn } from './export/layout.ts'
import { GraphSession } from './graph/session.ts'
import { idfQuery, parseIdf } from './idf.ts'
import { type SparseVector, topTerms } from './sparse-vector.ts'
import { encodeTexts } from './text-encoder.ts'

/** An exported encoder, read from its folder: `onnx/model.onnx` and `tokenizer.json`. */
export interface SparseEncoder {
  readonly vocabularySize: number
  /** Vectors of documents, and of queries too where `encodeQueries` is missing. */
  readonly encode: (texts: readonly string[]) => Promise<readonly SparseVector[]>
  /** Of a model of documents alone: queries by its table of IDFs, without the network. */
  readonly encodeQueries?: (texts: readonly string[]) => Promise<readonly SparseVector[]>
  /** The tokens of a text that are in the vocabulary, as far as the encoder reads: the terms that it says itself. */
  readonly contentIds: (text: string) => readonly number[]
  /** The entry of the vocabulary for a term. */
  readonly decode: (term: number) => string
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
  /** Another ONNX file of the folder, such as onnx/model_int8.onnx. */
  readonly form?: string
}

/** An exported encoder: `onnx/model.onnx`, `tokenizer.json`, and `idf.json` where it is one of documents alone. Throws ConfigError EXPORT_MISSING. */
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
  const idf = await readIdf(partIn(exportDir, layout.idf), tokenizerJson)
  const { vocabularySize, maxLength } = tokenizer
  return sparseEncoder({ session, tokenizer, vocabularySize, maxLength, idf })
}

export interface SparseEncoderParts {
  readonly session: Pick<GraphSession, 'run' | 'close'>
  readonly tokenizer: Tokenizer
  readonly vocabularySize: number
  readonly maxLength: number
  /** Weights of query tokens: f32 [vocabulary]. */
  readonly idf: Float32Array | undefined
  /** Cuts the text of a query otherwise than `tokenizer`. */
  readonly queryTokenizer?: Tokenizer
}

export function sparseEncoder(parts: SparseEncoderParts): SparseEncoder {
  const { session, tokenizer, idf, queryTokenizer = tokenizer } = parts
  return {
    vocabularySize: parts.vocabularySize,
    encode: (texts) => encodeTexts(texts, parts),
    ...(idf && { encodeQueries: async (texts) => texts.map((text) => idfQuery(text, queryTokenizer, idf)) }),
    contentIds: (text) =>
      tokenizer
        .encode(text, parts.maxLength)
        .slice(1, -1)
        .filter((id) => id !== tokenizer.special.unknown),
    decode: (term) => tokenizer.decodeToken(term),
    termsOf: (vector, limit) =>
      topTerms(vector, limit).map(({ id, weight }) => ({ term: tokenizer.decodeToken(id), weight })),
    tokenOf: (id) => tokenizer.decodeToken(id),
    close: () => session.close(),
  }
}

/** The table of a model whose queries need no network; undefined where there is none. Throws ConfigError IDF_INVALID. */
export async function readIdf(file: string, tokenizerJson: string): Promise<Float32Array | undefined> {
  if (!existsSync(file)) return undefined
  try {
    return parseIdf(await readFile(file, 'utf8'), tokenizerJson)
  } catch (cause) {
    throw new ConfigError('IDF_INVALID', 'this is no table of terms and their weights', {
      at: { file },
      hint: 'it should be one JSON object, {"term": weight, …}, with weights from 0 on',
      cause,
    })
  }
}

async function partOf<T>(exportDir: string, part: string, read: (file: string) => Promise<T>): Promise<T> {
  const file = partIn(exportDir, part)
  try {
    return await read(file)
  } catch (cause) {
    throw new ConfigError('EXPORT_MISSING', `${part} cannot be read`, {
      at: { file },
      hint: 'give the folder of an exported model, such as models/exports/<name>; naru export CHECKPOINT --precision int8 adds other forms',
      cause,
    })
  }
}
