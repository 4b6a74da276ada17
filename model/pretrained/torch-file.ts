import { open } from 'node:fs/promises'
import { FatalError } from '../../runtime/errors.ts'
import { type FloatType, floatTypes, toF32 } from '../number-types.ts'
import type { StoredTensor } from '../weights.ts'
import { isCallable, type PickleObject, type PickleValue, type PickleWorld, unpickle } from './pickle.ts'
import { ZipArchive } from './zip.ts'

/**
 * Reads a `pytorch_model.bin` as torch.save has written it since 1.6: a zip archive with a pickle (`data.pkl`) that says what
 * the tensors are, and their storages (`data/<key>`) as plain bytes. Nothing in the file is executed.
 * Source: https://pytorch.org/docs/stable/notes/serialization.html and torch/_utils.py, `_rebuild_tensor_v2`
 */

const storageTypes: Readonly<Record<string, FloatType | 'other'>> = {
  'torch.FloatStorage': 'F32',
  'torch.HalfStorage': 'F16',
  'torch.BFloat16Storage': 'BF16',
  'torch.DoubleStorage': 'F64',
  'torch.LongStorage': 'other',
  'torch.IntStorage': 'other',
  'torch.BoolStorage': 'other',
  'torch.ByteStorage': 'other',
}

interface Storage extends PickleObject {
  readonly kind: 'storage'
  readonly type: FloatType | 'other'
  readonly key: string
}

interface TensorView extends PickleObject {
  readonly kind: 'tensor'
  readonly storage: Storage
  /** In elements. */
  readonly offset: number
  readonly shape: readonly number[]
  readonly strides: readonly number[]
}

function isTensor(value: PickleValue | undefined): value is TensorView {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'tensor'
}

function isStorage(value: PickleValue | undefined): value is Storage {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'storage'
}

function isSizes(value: PickleValue | undefined): value is number[] {
  return Array.isArray(value) && value.every((size) => typeof size === 'number' && size >= 0)
}

/**
 * The float tensors of which `wanted` says so, as f32. Throws FatalError WEIGHTS_INVALID for a damaged file and
 * PICKLE_REFUSED for one that would call anything but the making of tensors.
 */
export async function readTorchFile(
  file: string,
  wanted: (name: string) => boolean,
): Promise<Map<string, StoredTensor>> {
  const handle = await open(file)
  try {
    const archive = await ZipArchive.open(file, handle)
    const invalid = (message: string) =>
      new FatalError('WEIGHTS_INVALID', message, {
        at: { file },
        hint: 'fetch the file again, or use model.safetensors',
      })
    const pickled = [...archive.members.values()].find(({ name }) => /(^|\/)data\.pkl$/.test(name))
    if (!pickled) throw invalid('the archive has no data.pkl')
    const root = pickled.name.slice(0, -'data.pkl'.length)
    const order = archive.members.get(`${root}byteorder`)
    if (order && Buffer.from(await archive.read(order)).toString('latin1') !== 'little')
      throw invalid('it is big-endian')
    const state = unpickle(await archive.read(pickled), torchWorld(invalid), file)
    if (!(state instanceof Map)) throw invalid('it holds no dictionary of tensors')
    const tensors = new Map<string, StoredTensor>()
    for (const [name, value] of state) {
      if (typeof name !== 'string' || !isTensor(value) || !wanted(name)) continue
      const { type, key } = value.storage
      if (type === 'other') throw invalid(`${name} holds no floating-point numbers`)
      const member = archive.members.get(`${root}data/${key}`)
      if (!member) throw invalid(`the storage of ${name} is missing`)
      const { from, count } = spanOf(value)
      const size = floatTypes[type]
      const span = toF32(await archive.read(member, from * size, count * size), type)
      tensors.set(name, { shape: value.shape, data: isContiguous(value) ? span : gathered(value, span) })
    }
    return tensors
  } finally {
    await handle.close()
  }
}

function torchWorld(invalid: (message: string) => FatalError): PickleWorld {
  const functions: Readonly<Record<string, (args: readonly PickleValue[]) => PickleValue>> = {
    'collections.OrderedDict': () => new Map(),
    'torch._utils._rebuild_tensor_v2': ([storage, offset, shape, strides]): TensorView => {
      if (!isStorage(storage) || typeof offset !== 'number' || !isSizes(shape) || !isSizes(strides)) {
        throw invalid('a tensor is not described as torch does it')
      }
      return { kind: 'tensor', storage, offset, shape, strides }
    },
    'torch._utils._rebuild_parameter': ([tensor]) => tensor ?? null,
  }
  const neverCalled = () => {
    throw invalid('a storage is made inside the pickle')
  }
  return {
    global: (name) => (Object.hasOwn(storageTypes, name) ? neverCalled : functions[name]),
    persistent: (id) => {
      const [tag, storageClass, key] = Array.isArray(id) ? id : []
      const type = isCallable(storageClass) ? storageTypes[storageClass.name] : undefined
      if (tag !== 'storage' || type === undefined || typeof key !== 'string') throw invalid('a storage has no key')
      return { kind: 'storage', type, key } satisfies Storage
    },
  }
}

/** The elements of the storage between the first and the last that the tensor has. */
function spanOf({ offset, shape, strides }: TensorView): { readonly from: number; readonly count: number } {
  if (shape.includes(0)) return { from: offset, count: 0 }
  return { from: offset, count: 1 + shape.reduce((last, size, axis) => last + (size - 1) * strides[axis]!, 0) }
}

function isContiguous({ shape, strides }: TensorView): boolean {
  let expected = 1
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] !== 1 && strides[axis] !== expected) return false
    expected *= shape[axis]!
  }
  return true
}

/** Elements in row-major order, from a span with other strides: a transposed or an expanded view. */
function gathered({ shape, strides }: TensorView, span: Float32Array): Float32Array {
  const values = new Float32Array(shape.reduce((a, b) => a * b, 1))
  for (let i = 0; i < values.length; i++) {
    let [rest, place] = [i, 0]
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      place += (rest % shape[axis]!) * strides[axis]!
      rest = Math.floor(rest / shape[axis]!)
    }
    values[i] = span[place]!
  }
  return values
}
