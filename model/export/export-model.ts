import { createHash } from 'node:crypto'
import { basename, dirname } from 'node:path'
import { ConfigError } from '../../runtime/errors.ts'
import type { EncoderConfig } from '../encoder.ts'
import { compareForms } from './comparison.ts'
import { Draft } from './draft.ts'
import { type FormsTold, writeForms } from './forms.ts'
import { type ExportFormat, formats as everyFormat, layout, type RoundedPrecision } from './layout.ts'
import { hashFiles, type Manifest, renderManifest } from './manifest.ts'
import { renderModelCard } from './model-card.ts'
import { type Parity, requireParity } from './parity.ts'
import { readSigner } from './signature.ts'
import { fitProblems } from './sparse-index-fit.ts'
import { readTrainedEncoder, type TrainedEncoder } from './trained-encoder.ts'
import type { TrainingData } from './training-data.ts'

export interface ExportOptions {
  /** Name of the model. */
  readonly name: string
  /** On which the forms are compared with the encoder as it is trained. */
  readonly texts: readonly string[]
  readonly threads?: number
  /** Whether libtorch and onnxruntime as OpenSearch brings them are compared as well, where deploy/djl/djl.sh has fetched them. */
  readonly withDjl?: boolean
  /** ONNX files with fewer bits a weight, beside the exact one. */
  readonly rounded?: readonly RoundedPrecision[]
  /** Default: all that the tokenizer allows. */
  readonly formats?: readonly ExportFormat[]
  /** For the card. Default: the folder of the checkpoint, and nothing else is known. */
  readonly data?: TrainingData
  /** SPDX, in small letters. */
  readonly licence?: string
  /** PEM file of an Ed25519 private key; without it the manifest is not signed. */
  readonly signingKey?: string
  readonly told?: FormsTold
}

export interface ExportReport {
  readonly manifest: Manifest
  readonly manifestSha256: string
  readonly config: EncoderConfig
  readonly queryEncoding: 'model' | 'idf'
  readonly parity: Parity
  /** What a person should know: why a format was left out, or what it is not good for. */
  readonly warnings: readonly string[]
}

/** That of the text of Wikipedia. */
export const defaultLicence = 'cc-by-sa-4.0'

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
  const {
    name,
    texts,
    licence = defaultLicence,
    threads = 1,
    rounded = [],
    withDjl = false,
    signingKey,
    told = () => undefined,
  } = options
  const signer = signingKey === undefined ? undefined : await readSigner(signingKey)
  const trained = await readTrainedEncoder(checkpointDir)
  const { formats, leftOut, warnings } = chosenFormats(trained, options.formats)
  const wanted = { formats, rounded }
  const draft = await Draft.begin(outDir)
  try {
    await writeForms(draft, name, trained, wanted, told)
    const parity = await compareForms(draft, trained, wanted, { texts, threads, withDjl, told })
    requireParity(parity, checkpointDir)
    await draft.write(layout.parity, `${JSON.stringify(parity, null, 2)}\n`)
    const { step, checkpoint } = trained
    await draft.write(
      layout.card,
      renderModelCard({
        name,
        trained,
        data: options.data ?? { run: basename(dirname(checkpointDir)), metrics: {} },
        parity,
        formats,
        leftOut,
        warnings,
        licence,
        isSigned: signer !== undefined,
      }),
    )
    const files = await hashFiles(draft.folder)
    const signedBy = signer?.publicKey ?? null
    const manifest: Manifest = { format: 1, model: name, step, checkpoint, formats, leftOut, files, signedBy }
    const text = renderManifest(manifest)
    await draft.write(layout.manifest, text)
    if (signer) await draft.write(layout.signature, `${signer.sign(Buffer.from(text))}\n`)
    await draft.publish()
    const manifestSha256 = createHash('sha256').update(text).digest('hex')
    const queryEncoding = trained.idf ? 'idf' : 'model'
    return { manifest, manifestSha256, parity, warnings, config: trained.config, queryEncoding }
  } finally {
    await draft.discard()
  }
}

interface Chosen {
  readonly formats: ExportFormat[]
  readonly leftOut: Record<string, string>
  readonly warnings: string[]
}

/** ONNX is always among them: it is what naru itself encodes with. */
function chosenFormats({ tokenizerJson }: TrainedEncoder, wanted: readonly ExportFormat[] | undefined): Chosen {
  const problems = fitProblems(tokenizerJson)
  const errors = problems.filter(({ level }) => level === 'error').map(({ message }) => message)
  const warnings = problems.map(({ message }) => `opensearch: ${message}`)
  const formats = everyFormat.filter((format) => format === 'onnx' || (wanted ?? everyFormat).includes(format))
  if (errors.length === 0) return { formats, leftOut: {}, warnings }
  if (wanted?.includes('opensearch')) {
    throw new ConfigError('OPENSEARCH_UNFIT', errors.join('; '), {
      hint: 'export without the format opensearch, or train with a WordPiece vocabulary and strip_accents false',
    })
  }
  return {
    formats: formats.filter((format) => format !== 'opensearch'),
    leftOut: wanted ? {} : { opensearch: errors.join('; ') },
    warnings: wanted ? [] : warnings,
  }
}
