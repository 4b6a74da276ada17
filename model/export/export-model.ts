import { ConfigError, FatalError } from '../../runtime/errors.ts'
import { dynamicSize, encoderGraph } from '../encoder.ts'
import { onnxModel } from '../graph/onnx.ts'
import { writeTorchArchive } from '../graph/torch-archive.ts'
import { torchModule } from '../graph/torchscript.ts'
import { idfJson } from '../idf.ts'
import { loadSparseEncoder } from '../sparse-encoder.ts'
import { Draft } from './draft.ts'
import { writeHuggingFace } from './huggingface.ts'
import { type ExportFormat, formats as everyFormat, layout } from './layout.ts'
import { hashFiles, type Manifest, renderManifest } from './manifest.ts'
import { writeOpenSearch } from './opensearch.ts'
import { type Parity, parityOf } from './parity.ts'
import { readSigner } from './signature.ts'
import { fitProblems } from './sparse-index-fit.ts'
import { encodeAsTrained, readTrainedEncoder, type TrainedEncoder } from './trained-encoder.ts'

export interface ExportOptions {
  /** Name of the model. */
  readonly name: string
  /** On which the forms are compared with the encoder as it is trained. */
  readonly texts: readonly string[]
  readonly threads?: number
  /** Default: all that the tokenizer allows. */
  readonly formats?: readonly ExportFormat[]
  /** PEM file of an Ed25519 private key; without it the manifest is not signed. */
  readonly signingKey?: string
}

export interface ExportReport {
  readonly manifest: Manifest
  readonly parity: Parity
  /** What a person should know: why a format was left out, or what it is not good for. */
  readonly warnings: readonly string[]
}

/** f32 sums in another order differ in the seventh digit; weights are below 10. */
const tolerance = 1e-4

/**
 * Exports the encoder of a checkpoint to `outDir`, in place of the export that was there. Every form that can be run is run and
 * compared with the encoder as it is trained. Throws FatalError EXPORT_DIFFERS when one does not agree on `texts`, ConfigError
 * OPENSEARCH_UNFIT when that format is asked for and its tokenizer does not allow it; what `outDir` held before then stays.
 */
export async function exportModel(
  checkpointDir: string,
  outDir: string,
  options: ExportOptions,
): Promise<ExportReport> {
  const { name, texts, threads = 1, signingKey } = options
  const signer = signingKey === undefined ? undefined : await readSigner(signingKey)
  const trained = await readTrainedEncoder(checkpointDir)
  const { formats, leftOut, warnings } = chosenFormats(trained, options.formats)
  const draft = await Draft.begin(outDir)
  try {
    await writeForms(draft, name, trained, formats)
    const expected = await encodeAsTrained(trained, texts, threads)
    const exported = await loadSparseEncoder(draft.folder, { threads })
    const parity = parityOf(expected, await exported.encode(texts), tolerance)
    await exported.close()
    requireParity(parity, checkpointDir)
    await draft.write(layout.parity, `${JSON.stringify(parity, null, 2)}\n`)
    const { step, checkpoint } = trained
    const files = await hashFiles(draft.folder)
    const signedBy = signer?.publicKey ?? null
    const manifest: Manifest = { format: 1, model: name, step, checkpoint, formats, leftOut, files, signedBy }
    const text = renderManifest(manifest)
    await draft.write(layout.manifest, text)
    if (signer) await draft.write(layout.signature, `${signer.sign(Buffer.from(text))}\n`)
    await draft.publish()
    return { manifest, parity, warnings }
  } finally {
    await draft.discard()
  }
}

interface Chosen {
  readonly formats: ExportFormat[]
  readonly leftOut: Record<string, string>
  readonly warnings: string[]
}

function chosenFormats({ tokenizerJson }: TrainedEncoder, wanted: readonly ExportFormat[] | undefined): Chosen {
  const problems = fitProblems(tokenizerJson)
  const errors = problems.filter(({ level }) => level === 'error').map(({ message }) => message)
  const warnings = problems.map(({ message }) => `opensearch: ${message}`)
  if (errors.length === 0) return { formats: [...(wanted ?? everyFormat)], leftOut: {}, warnings }
  if (wanted?.includes('opensearch')) {
    throw new ConfigError('OPENSEARCH_UNFIT', errors.join('; '), {
      hint: 'export without the format opensearch, or train with a WordPiece vocabulary and strip_accents false',
    })
  }
  const formats = (wanted ?? everyFormat).filter((format) => format !== 'opensearch')
  return { formats, leftOut: wanted ? {} : { opensearch: errors.join('; ') }, warnings }
}

/** ONNX is always there: it is what naru itself encodes with, and what every export is compared by. */
async function writeForms(
  draft: Draft,
  name: string,
  trained: TrainedEncoder,
  formats: readonly ExportFormat[],
): Promise<void> {
  const { config, weights, tokenizerJson, idf } = trained
  const { vectors } = encoderGraph(config, dynamicSize)
  const outputs = { output: vectors }
  await draft.write(layout.onnx, onnxModel({ outputs, initialisers: weights, portable: true }))
  await draft.write(layout.tokenizer, tokenizerJson)
  if (idf) await draft.write(layout.idf, idfJson(idf, tokenizerJson))
  if (formats.includes('huggingface')) await writeHuggingFace(draft, trained)
  if (formats.includes('torchscript') || formats.includes('opensearch')) {
    await writeTorchArchive(draft.path(layout.torchscript), torchModule({ outputs, weights }))
  }
  if (formats.includes('opensearch')) await writeOpenSearch(draft, name, trained)
}

function requireParity({ maxDifference, sameTopTerms, texts }: Parity, checkpointDir: string): void {
  if (maxDifference <= tolerance && sameTopTerms === texts) return
  throw new FatalError('EXPORT_DIFFERS', `weights differ by up to ${maxDifference}`, {
    at: { file: checkpointDir },
    hint: 'the exported file does not compute what was trained: report this',
  })
}
