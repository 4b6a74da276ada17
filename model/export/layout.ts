import { join } from 'node:path'

/** Where the parts of an export lie, relative to its folder; with `/` between folders, as the manifest names them. */
export const layout = {
  onnx: 'onnx/model.onnx',
  torchscript: 'torchscript/model.pt',
  huggingface: 'huggingface',
  opensearch: 'opensearch',
  tokenizer: 'tokenizer.json',
  /** Only of an encoder of documents alone: what its queries are made of. */
  idf: 'idf.json',
  card: 'README.md',
  parity: 'parity.json',
  manifest: 'manifest.json',
  /** Base64 of the Ed25519 signature over the bytes of the manifest. */
  signature: 'manifest.json.sig',
} as const

/** What an export can be made of; the tokenizer and what describes the export are part of each. */
export const formats = ['onnx', 'torchscript', 'huggingface', 'opensearch'] as const
export type ExportFormat = (typeof formats)[number]

export function partIn(folder: string, part: string): string {
  return join(folder, ...part.split('/'))
}
