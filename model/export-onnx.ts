import { mkdir, open, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { Tokenizer } from '../language/tokenizer.ts'
import { FatalError } from '../runtime/errors.ts'
import { writeFailure } from '../runtime/files.ts'
import { tokenRows } from './batch.ts'
import { readCheckpoint } from './checkpoint.ts'
import { dynamicSize, type EncoderConfig, encoderGraph } from './encoder.ts'
import { onnxModel } from './graph/onnx.ts'
import { GraphSession } from './graph/session.ts'
import { type Parity, parityOf } from './parity.ts'
import { encoderConfig, vocabularyOf } from './settings.ts'
import { loadSparseEncoder } from './sparse-encoder.ts'
import { type SparseVector, sparseRows } from './sparse-vector.ts'

export interface ExportReport {
  readonly model: string
  readonly tokenizer: string
  readonly modelBytes: number
  readonly step: number
  readonly parity: Parity
}

/** f32 sums in another order differ in the seventh digit; weights are below 10. */
const tolerance = 1e-4

/**
 * Writes `onnx/model.onnx` (pooling included; inputs input_ids and attention_mask, i64 [batch, sequence]; output
 * f32 [batch, vocabulary], named `output`) and `tokenizer.json`, runs the file again and compares it with the encoder as it
 * is trained. Throws FatalError EXPORT_DIFFERS when they do not agree on `texts`.
 */
export async function exportOnnx(
  checkpointDir: string,
  outDir: string,
  { texts, threads = 1 }: { readonly texts: readonly string[]; readonly threads?: number },
): Promise<ExportReport> {
  const { settings, progress, tokenizerJson, tensors } = await readCheckpoint(checkpointDir)
  const tokenizer = Tokenizer.parse(tokenizerJson)
  const config = encoderConfig(settings, vocabularyOf(tokenizer))
  const weights = new Map([...tensors].map(([name, { data }]) => [name, data]))
  const { vectors } = encoderGraph(config, dynamicSize)
  const bytes = onnxModel({ outputs: { output: vectors }, initialisers: weights, portable: true })
  const model = join(outDir, 'onnx', 'model.onnx')
  const tokenizerFile = join(outDir, 'tokenizer.json')
  await replaceFile(model, bytes)
  await replaceFile(tokenizerFile, Buffer.from(withMaxLength(tokenizerJson, config.maxLength)))
  const trained = await encodeAsTrained(texts, { config, weights, tokenizer, threads })
  const exported = await loadSparseEncoder(outDir, { threads })
  const parity = parityOf(trained, await exported.encode(texts), tolerance)
  await exported.close()
  if (parity.maxDifference > tolerance) {
    throw new FatalError('EXPORT_DIFFERS', `weights differ by up to ${parity.maxDifference}`, {
      at: { file: model },
      hint: 'the exported file does not compute what was trained: report this',
    })
  }
  return { model, tokenizer: tokenizerFile, modelBytes: bytes.byteLength, step: progress.step, parity }
}

interface Trained {
  readonly config: EncoderConfig
  readonly weights: ReadonlyMap<string, Float32Array>
  readonly tokenizer: Tokenizer
  readonly threads: number
}

/** One text a run through the static graph of the training step: another lowering than the file's, and no padding. */
async function encodeAsTrained(texts: readonly string[], trained: Trained): Promise<SparseVector[]> {
  const { config, weights, tokenizer, threads } = trained
  const sessions = new Map<number, GraphSession>()
  const encoded: SparseVector[] = []
  for (const text of texts) {
    const length = tokenizer.encode(text, config.maxLength).length
    let session = sessions.get(length)
    if (!session) {
      const { vectors } = encoderGraph(config, { batch: 1, length })
      session = await GraphSession.open({ outputs: { output: vectors }, initialisers: weights }, { threads })
      sessions.set(length, session)
    }
    const { ids, mask } = tokenRows([text], tokenizer, [length])
    const shape = [1, length]
    const { output } = await session.run({ input_ids: { data: ids, shape }, attention_mask: { data: mask, shape } })
    if (output instanceof Float32Array) encoded.push(...sparseRows(output, config.vocabularySize))
  }
  for (const session of sessions.values()) await session.close()
  return encoded
}

/** The tokenizer file with the position table's size as its limit: OpenSearch cuts by this file alone. */
function withMaxLength(tokenizerJson: string, maxLength: number): string {
  const { truncation, ...file } = tokenizerFileShape.parse(JSON.parse(tokenizerJson))
  if (truncation?.max_length !== undefined && truncation.max_length <= maxLength) return tokenizerJson
  const cut = { direction: 'Right', strategy: 'LongestFirst', stride: 0, ...truncation, max_length: maxLength }
  return `${JSON.stringify({ ...file, truncation: cut }, null, 1)}\n`
}

const tokenizerFileShape = z.looseObject({ truncation: z.looseObject({ max_length: z.int().optional() }).nullish() })

/** Writes beside the place, syncs, and moves there: a reader sees the old file or the new one. */
async function replaceFile(file: string, bytes: Uint8Array): Promise<void> {
  const draft = `${file}.partial`
  await mkdir(dirname(file), { recursive: true })
  const handle = await open(draft, 'w')
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } catch (cause) {
    throw writeFailure(draft, cause)
  } finally {
    await handle.close()
  }
  await rename(draft, file)
}
