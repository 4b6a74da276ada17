/** Any folder of a sparse encoder that can be judged and searched with, ours or another's. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { loadOnnxFolder } from './onnx-folder.ts'
import { loadNetworkFolder } from './pretrained/network-folder.ts'
import { readSparseLayout } from './pretrained/sparse-layout.ts'
import { loadSparseEncoder, type SparseEncoder, type SparseEncoderSettings } from './sparse-encoder.ts'
import { onnxFileIn, unknownModel } from './sparse-folder.ts'

/**
 * Takes what it finds first:
 * - `modules.json`: a SparseEncoder of sentence-transformers, one network for both or a Router with a table for queries;
 * - `onnx/model.onnx`: an export of ours;
 * - `config.json`: a masked language model of transformers read as SPLADE-max, the form in which OpenSearch publishes its sparse
 *   models; with `idf.json` its queries need no network;
 * - a `.onnx` file: the form that ml-commons takes.
 * Throws ConfigError MODEL_UNSUPPORTED for what cannot be computed here, and the errors of the files.
 */
export async function loadSparseModel(folder: string, settings: SparseEncoderSettings = {}): Promise<SparseEncoder> {
  const layout = await readSparseLayout(folder)
  if (layout) return loadNetworkFolder(layout, settings)
  if (existsSync(join(folder, 'onnx', 'model.onnx'))) return loadSparseEncoder(folder, settings)
  const onnx = onnxFileIn(folder)
  if (onnx !== undefined) return loadOnnxFolder(folder, onnx, settings)
  throw unknownModel(folder)
}
