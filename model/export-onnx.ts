import { mkdir, open, rename, rm } from 'node:fs/promises'
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
import { idfJson } from './idf.ts'
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

const modelPart = join('onnx', 'model.onnx')
const tokenizerPart = 'tokenizer.json'
/** Only of an encoder of documents alone: what its queries are made of. */
const idfPart = 'idf.json'

/**
 * Writes `onnx/model.onnx` (pooling included; inputs input_ids and attention_mask, i64 [batch, sequence]; output
 * f32 [batch, vocabulary], named `output`) and `tokenizer.json`, runs the file again and compares it with the encoder as it
 * is trained. Throws FatalError EXPORT_DIFFERS when they do not agree on `texts`; what `outDir` held before then stays.
 */
export async function exportOnnx(
  checkpointDir: string,
  outDir: string,
  { texts, threads = 1 }: { readonly texts: readonly string[]; readonly threads?: number },
): Promise<ExportReport> {
  const { settings, progress, tokenizerJson, tensors, idf } = await readCheckpoint(checkpointDir)
  const tokenizer = Tokenizer.parse(tokenizerJson)
  const config = encoderConfig(settings, vocabularyOf(tokenizer))
  const weights = new Map([...tensors].map(([name, { data }]) => [name, data]))
  const { vectors } = encoderGraph(config, dynamicSize)
  const bytes = onnxModel({ outputs: { output: vectors }, initialisers: weights, portable: true })
  const trained = await encodeAsTrained(texts, { config, weights, tokenizer, threads })
  // Inside of outDir: on the same disk, so that it can be moved, and no export to those who list the folder above.
  const draft = join(outDir, '.draft')
  try {
    await rm(draft, { recursive: true, force: true })
    await writeSynced(join(draft, modelPart), bytes)
    await writeSynced(join(draft, tokenizerPart), Buffer.from(withMaxLength(tokenizerJson, config.maxLength)))
    if (idf) await writeSynced(join(draft, idfPart), Buffer.from(idfJson(idf, tokenizerJson)))
    const exported = await loadSparseEncoder(draft, { threads })
    const parity = parityOf(trained, await exported.encode(texts), tolerance)
    await exported.close()
    if (parity.maxDifference > tolerance) {
      throw new FatalError('EXPORT_DIFFERS', `weights differ by up to ${parity.maxDifference}`, {
        at: { file: checkpointDir },
        hint: 'the exported file does not compute what was trained: report this',
      })
    }
    const [model, tokenizerFile] = [join(outDir, modelPart), join(outDir, tokenizerPart)]
    await mkdir(dirname(model), { recursive: true })
    await rename(join(draft, modelPart), model)
    await rename(join(draft, tokenizerPart), tokenizerFile)
    await rm(join(outDir, idfPart), { force: true })
    if (idf) await rename(join(draft, idfPart), join(outDir, idfPart))
    return { model, tokenizer: tokenizerFile, modelBytes: bytes.byteLength, step: progress.step, parity }
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
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

/** Writes a new file and syncs it: once it is moved to its place, a reader sees the old file or the whole new one. */
async function writeSynced(file: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  const handle = await open(file, 'wx')
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } catch (cause) {
    throw writeFailure(file, cause)
  } finally {
    await handle.close()
  }
}
