import { createReadStream } from 'node:fs'
import { dynamicSize, encoderGraph } from '../encoder.ts'
import { type OnnxFiles, onnxFiles } from '../graph/onnx.ts'
import { idfJson } from '../idf.ts'
import { writeZip, type ZipMemberContent } from '../zip-writer.ts'
import type { Draft } from './draft.ts'
import { layout } from './layout.ts'
import type { TrainedEncoder } from './trained-encoder.ts'

/**
 * What ml-commons registers: zip archives, and beside each the body of the request that registers it.
 *   NAME.zip            the encoder as TorchScript (SPARSE_ENCODING): documents, and queries where the model encodes both
 *   NAME-onnx.zip       the same as ONNX
 *   NAME-tokenizer.zip  queries without a model (SPARSE_TOKENIZE): tokens, weighed by idf.json where the checkpoint has one
 * Forms read from ml-commons 3.6.0.0 (the notes in docs/export.md).
 */
export interface RegisterBody {
  readonly name: string
  readonly version: string
  readonly description: string
  readonly function_name: 'SPARSE_ENCODING' | 'SPARSE_TOKENIZE'
  readonly model_format: 'TORCH_SCRIPT' | 'ONNX'
  readonly model_content_size_in_bytes: number
  /** SHA-256 of the zip. */
  readonly model_content_hash_value: string
}

/** Variants by the suffix of their files. */
const bundles = { encoder: '', onnx: '-onnx', tokenizer: '-tokenizer' } as const
export type Bundle = keyof typeof bundles

export function bundleFiles(name: string, bundle: Bundle): { readonly zip: string; readonly config: string } {
  const suffix = bundles[bundle]
  return {
    zip: `${layout.opensearch}/${name}${suffix}.zip`,
    config: `${layout.opensearch}/ml_config${suffix}.json`,
  }
}

/** DJL names the inputs of a graph so, and ml-commons finds them by these names alone. */
const mlCommonsInputs = { input_ids: 'input1.input_ids', attention_mask: 'input1.attention_mask' }

/** The encoder as ml-commons takes it, under the name of its file: opset and IR version are those of onnxruntime 1.16, which it brings. */
export function mlCommonsOnnx({ config, weights }: TrainedEncoder, file: string): OnnxFiles {
  const { vectors } = encoderGraph(config, dynamicSize)
  return onnxFiles(
    { outputs: { output: vectors }, initialisers: weights, inputNames: mlCommonsInputs, portable: true },
    { location: `${file}_data` },
  )
}

/** Writes the three bundles. The draft has the TorchScript file already. */
export async function writeOpenSearch(draft: Draft, name: string, trained: TrainedEncoder): Promise<void> {
  const { tokenizerJson, idf } = trained
  const tokenizer = member('tokenizer.json', () => [Buffer.from(tokenizerJson)])
  const { model, data } = mlCommonsOnnx(trained, `${name}.onnx`)
  const onnx = [member(`${name}.onnx`, () => [model]), ...(data ? [member(`${name}.onnx_data`, () => data)] : [])]
  const torchscript = member(`${name}.pt`, () => createReadStream(draft.path(layout.torchscript)))
  const table = idf ? [member('idf.json', () => [Buffer.from(idfJson(idf, tokenizerJson))])] : []
  await writeBundle(draft, name, 'encoder', [torchscript, tokenizer], trained)
  await writeBundle(draft, name, 'onnx', [...onnx, tokenizer], trained)
  await writeBundle(draft, name, 'tokenizer', [tokenizer, ...table], trained)
}

async function writeBundle(
  draft: Draft,
  name: string,
  bundle: Bundle,
  members: readonly ZipMemberContent[],
  { step, idf }: TrainedEncoder,
): Promise<void> {
  const { zip, config } = bundleFiles(name, bundle)
  const { bytes, sha256 } = await writeZip(draft.path(zip), members)
  const isTokenizer = bundle === 'tokenizer'
  const body: RegisterBody = {
    name: `${name}${bundles[bundle]}`,
    version: `1.0.${step}`,
    description: isTokenizer
      ? `Queries of ${name} without a model: tokens${idf ? ' and their inverse document frequencies' : ''}.`
      : `Neural sparse encoder ${name} for Korean and English, made by naru.`,
    function_name: isTokenizer ? 'SPARSE_TOKENIZE' : 'SPARSE_ENCODING',
    // ml-commons wants a format of a tokenizer too, which has no model file.
    model_format: bundle === 'onnx' ? 'ONNX' : 'TORCH_SCRIPT',
    model_content_size_in_bytes: bytes,
    model_content_hash_value: sha256,
  }
  await draft.write(config, `${JSON.stringify(body, null, 2)}\n`)
}

function member(name: string, parts: ZipMemberContent['parts']): ZipMemberContent {
  return { name, parts }
}
