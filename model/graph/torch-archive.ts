import { type WrittenZip, writeZip, type ZipMemberContent } from '../zip-writer.ts'
import type { TensorData } from './tensor.ts'
import { PickleProgram } from './torch-pickle.ts'
import type { TorchAttribute, TorchModule } from './torchscript.ts'

/**
 * A TorchScript file as torch.jit.save writes it: source text, a pickle of the object, and the bytes of its tensors.
 * Source: https://github.com/pytorch/pytorch/blob/v2.5.1/torch/csrc/jit/docs/serialization.md
 */

/** Of the folder that torch's own archives have at their top. */
const root = 'model'
/** Since PyTorch 1.5. */
const archiveVersion = '3\n'
/** Of each tensor: libtorch maps it as it lies. */
const alignment = 64

/** Writes a new file. Weights must not change meanwhile. */
export function writeTorchArchive(file: string, module: TorchModule): Promise<WrittenZip> {
  const whole = (name: string, bytes: Uint8Array): ZipMemberContent => ({
    name: `${root}/${name}`,
    parts: () => [bytes],
  })
  return writeZip(
    file,
    [
      whole('data.pkl', objectPickle(module)),
      whole('byteorder', Buffer.from('little')),
      ...module.attributes.map(({ data }, i) => whole(`data/${i}`, bytesOf(data))),
      whole('code/__torch__.py', Buffer.from(module.source)),
      // An empty tuple: numbers stand in the source.
      whole('constants.pkl', new PickleProgram().emptyTuple().finish()),
      whole('version', Buffer.from(archiveVersion)),
    ],
    { alignment },
  )
}

function objectPickle({ name, attributes }: TorchModule): Buffer {
  const program = new PickleProgram()
  program.global('__torch__', name).object(() => {
    for (const [key, attribute] of attributes.entries()) tensorEntry(program, String(key), attribute)
    program.text('training').false()
  })
  return program.finish()
}

/** torch._utils._rebuild_tensor_v2(storage, offset, size, stride, requires_grad, backward_hooks) */
function tensorEntry(program: PickleProgram, key: string, { name, shape, data }: TorchAttribute): void {
  program.text(name).global('torch._utils', '_rebuild_tensor_v2')
  program.tuple(() => {
    program.tuple(() => {
      program.text('storage').global('torch', storageOf(data)).text(key).text('cpu').integer(data.length)
    })
    program.persistent().integer(0).integers(shape).integers(stridesOf(shape)).false()
    program.global('collections', 'OrderedDict').emptyTuple().reduce()
  })
  program.reduce()
}

function storageOf(data: TensorData): string {
  if (data instanceof Float32Array) return 'FloatStorage'
  return data instanceof BigInt64Array ? 'LongStorage' : 'BoolStorage'
}

function stridesOf(shape: readonly number[]): readonly number[] {
  return shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1))
}

function bytesOf({ buffer, byteOffset, byteLength }: TensorData): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}
