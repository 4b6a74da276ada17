import { access, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { ConfigError } from '../../runtime/errors.ts'
import { readSafetensors, type StoredTensor } from '../weights.ts'
import { readTorchFile } from './torch-file.ts'

/** Files that may hold a model's weights, best first: one whole, or an index of several. */
const weightFileNames = [
  'model.safetensors',
  'model.safetensors.index.json',
  'pytorch_model.bin',
  'pytorch_model.bin.index.json',
] as const

const indexShape = z.looseObject({ weight_map: z.record(z.string(), z.string().regex(/^[^/\\]+$/)) })

/** The files that hold the weights of a model in `folder`, absolute. Throws ConfigError BASE_INVALID where there are none. */
export async function weightFilesOf(folder: string): Promise<readonly string[]> {
  for (const name of weightFileNames) {
    const file = join(folder, name)
    const isThere = await access(file).then(
      () => true,
      () => false,
    )
    if (!isThere) continue
    return name.endsWith('.index.json')
      ? shardsIn(await readFile(file, 'utf8'), file).map((shard) => join(folder, shard))
      : [file]
  }
  throw new ConfigError('BASE_INVALID', 'the folder has no weights', {
    at: { file: folder },
    hint: `it should hold one of ${weightFileNames.join(', ')}`,
  })
}

/** File names in an index of a sharded model, sorted. */
function shardsIn(indexText: string, file: string): string[] {
  try {
    return [...new Set(Object.values(indexShape.parse(JSON.parse(indexText)).weight_map))].sort()
  } catch (cause) {
    throw new ConfigError('BASE_INVALID', 'it is no index of weights', {
      at: { file },
      hint: 'fetch the file again',
      cause,
    })
  }
}

/** The wanted tensors of all files, as f32. */
export async function readWeights(
  files: readonly string[],
  wanted: (name: string) => boolean,
): Promise<Map<string, StoredTensor>> {
  const tensors = new Map<string, StoredTensor>()
  for (const file of files) {
    const read = file.endsWith('.safetensors') ? readSafetensors : readTorchFile
    for (const [name, tensor] of await read(file, wanted)) tensors.set(name, tensor)
  }
  return tensors
}
