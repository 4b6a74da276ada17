/** What a folder holds, told without loading it: commands ask before they know whether they need a network at all. */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { ConfigError } from '../runtime/errors.ts'

/** Whether `loadSparseModel` would find something. */
export function isSparseModel(folder: string): boolean {
  const known = ['modules.json', 'config.json', join('onnx', 'model.onnx')]
  return known.some((name) => existsSync(join(folder, name))) || onnxFileIn(folder) !== undefined
}

/** Name of the first ONNX file in the folder itself. */
export function onnxFileIn(folder: string): string | undefined {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return undefined
  const names = readdirSync(folder).filter((name) => name.endsWith('.onnx'))
  return names.sort()[0]
}

export function unknownModel(folder: string): ConfigError {
  return new ConfigError('MODEL_UNSUPPORTED', 'this folder holds no sparse encoder that is known here', {
    at: { file: folder },
    hint: 'give an export of naru, a SparseEncoder of sentence-transformers (modules.json), a model of transformers (config.json), or ONNX with tokenizer.json; TorchScript alone cannot be run',
  })
}
