import { ConfigError } from '../../runtime/errors.ts'
import type { Sides, Tfjs, TfjsTensor } from './tfjs-step.ts'

/** A copy of TensorFlow.js that is loaded and has a backend, and the two things that differ between backends. */
export interface TfjsRuntime {
  readonly tf: Tfjs
  product(a: TfjsTensor, b: TfjsTensor, sides: Sides): TfjsTensor
  nonZero(x: TfjsTensor): readonly [TfjsTensor, TfjsTensor]
}

/** On the backend that is set. That of tfjs-node computes by TensorFlow's own ops where the library stops short of them. */
export function tfjsRuntime(tf: Tfjs): TfjsRuntime {
  const backend: unknown = tf.backend()
  return isNodeBackend(backend) ? nodeRuntime(tf, backend) : plainRuntime(tf)
}

/** Any backend: the library's own functions. */
function plainRuntime(tf: Tfjs): TfjsRuntime {
  return {
    tf,
    product: (a, b, { transposeA, transposeB, precision }) => {
      if (precision !== 'fp32') {
        throw new ConfigError(
          'PRECISION_UNSUPPORTED',
          `TensorFlow.js has no ${precision} on its ${tf.getBackend()} backend`,
          {
            hint: 'only the native binding has: naru engines add tfjs-gpu',
          },
        )
      }
      return tf.matMul(a, b, transposeA, transposeB)
    },
    nonZero: (x) => {
      const [rows, columns]: [number[], number[]] = [[], []]
      const width = x.shape[1]!
      for (const [at, value] of x.dataSync().entries()) {
        if (value === 0) continue
        rows.push(Math.floor(at / width))
        columns.push(at % width)
      }
      return [tf.tensor1d(rows, 'int32'), tf.tensor1d(columns, 'int32')]
    },
  }
}

/** An output of the binding: a tensor of TensorFlow by number. */
interface Handle {
  readonly id: number
  readonly shape: number[]
  readonly dtype: number
}

interface Attribute {
  readonly name: string
  readonly type: number
  readonly value: number | boolean
}

/** What is used of tfjs-node's backend; none of it is in the public types. */
interface NodeBackend {
  readonly isUsingGpuDevice: boolean
  readonly binding: {
    readonly TF_ATTR_TYPE: number
    readonly TF_ATTR_BOOL: number
    executeOp(name: string, attributes: readonly Attribute[], inputs: readonly number[], outputs: number): Handle[]
    deleteTensor(id: number): void
  }
  getInputTensorIds(tensors: readonly TfjsTensor[]): number[]
  createOutputTensor(handle: Handle): TfjsTensor
}

export function isNodeBackend(backend: unknown): backend is NodeBackend {
  return typeof backend === 'object' && backend !== null && 'binding' in backend && 'getInputTensorIds' in backend
}

/** DataType of tensorflow/core/framework/types.proto. */
const dataType = { f32: 1, i32: 3, i64: 9, bf16: 14, fp16: 19 } as const

/** TensorFlow by the op's name: what tfjs has no type for passes from op to op inside. */
function nodeRuntime(tf: Tfjs, backend: NodeBackend): TfjsRuntime {
  const { binding } = backend
  // It throws where an op fails, so that there is an output.
  const execute = (op: string, attributes: readonly Attribute[], inputs: readonly number[]): Handle =>
    binding.executeOp(op, attributes, inputs, 1)[0]!
  const type = (name: string, value: number): Attribute => ({ name, type: binding.TF_ATTR_TYPE, value })
  const flag = (name: string, value: boolean): Attribute => ({ name, type: binding.TF_ATTR_BOOL, value })
  const cast = (id: number, from: number, to: number) =>
    execute('Cast', [type('SrcT', from), type('DstT', to), flag('Truncate', false)], [id])
  const idOf = (tensor: TfjsTensor): number => backend.getInputTensorIds([tensor])[0]!
  return {
    tf,
    product: (a, b, { transposeA = false, transposeB = false, precision }) => {
      if (precision === 'fp32') return tf.matMul(a, b, transposeA, transposeB)
      const rounded = dataType[precision]
      const [left, right] = [cast(idOf(a), dataType.f32, rounded), cast(idOf(b), dataType.f32, rounded)]
      const half =
        a.rank === 2
          ? execute(
              'MatMul',
              [type('T', rounded), flag('transpose_a', transposeA), flag('transpose_b', transposeB)],
              [left.id, right.id],
            )
          : execute(
              'BatchMatMulV2',
              [type('T', rounded), flag('adj_x', transposeA), flag('adj_y', transposeB)],
              [left.id, right.id],
            )
      const result = cast(half.id, rounded, dataType.f32)
      for (const { id } of [left, right, half]) binding.deleteTensor(id)
      return backend.createOutputTensor(result)
    },
    nonZero: (x) => {
      const wide = execute('Where', [type('T', dataType.f32)], [idOf(x)])
      const places = backend.createOutputTensor(cast(wide.id, dataType.i64, dataType.i32))
      binding.deleteTensor(wide.id)
      const [rows, columns] = tf.unstack(places, 1)
      return [rows!, columns!]
    },
  }
}
