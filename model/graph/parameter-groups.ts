import type { Graph, Tensor } from './graph.ts'
import { reshape, split } from './ops.ts'

/**
 * Parameters packed into shared buffers. An optimiser is dozens of small ops a parameter; a GPU spends longer starting them than
 * computing, so there many parameters share one buffer, and gradients and updates are those of the buffer. A CPU has no such cost
 * and would pay for the copies: there each parameter is a group of its own.
 *
 * A buffer is a matrix that is split and joined by rows: onnxruntime's CUDA kernels for both make a table on the host with an entry
 * a row (27 ms for the 4 million rows of a flat buffer, on an H100).
 */
export interface ParameterGroup {
  /** Of the graph input. A group of one has the name of its parameter. */
  readonly name: string
  /** Of the graph input: that of the only parameter, or [rows, width] with all of them. */
  readonly shape: readonly number[]
  readonly decays: boolean
  readonly members: readonly GroupMember[]
}

export interface GroupMember {
  readonly name: string
  readonly shape: readonly number[]
  /** First value in the buffer. */
  readonly start: number
  readonly size: number
}

export interface ParameterFacts {
  readonly shape: readonly number[]
  readonly decays: boolean
}

/** Of a shared buffer, in values; sizes that have no common divisor as large stay apart. */
const leastWidth = 64

/** Groups of at most `limit` values, of neighbours that are decayed alike. What is larger stands alone; 0: each does. */
export function groupParameters(
  parameters: ReadonlyMap<string, ParameterFacts>,
  limit: number,
): readonly ParameterGroup[] {
  const packs: { readonly decays: boolean; readonly members: GroupMember[]; filled: number; width: number }[] = []
  for (const [name, { shape, decays }] of parameters) {
    const size = shape.reduce((a, b) => a * b, 1)
    let pack = packs.findLast((one) => one.decays === decays)
    if (!pack || pack.filled + size > limit || commonDivisor(pack.width, size) < leastWidth) {
      pack = { decays, members: [], filled: 0, width: size }
      packs.push(pack)
    }
    pack.members.push({ name, shape, start: pack.filled, size })
    pack.filled += size
    pack.width = commonDivisor(pack.width, size)
  }
  return packs.map(({ decays, members, filled, width }, i) => {
    const alone = members.length === 1 ? members[0] : undefined
    return { name: alone?.name ?? `packed_${i}`, shape: alone?.shape ?? [filled / width, width], decays, members }
  })
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b)
}

export interface DeclaredGroups {
  /** One input of the graph for each group: what the optimiser updates. */
  readonly buffers: readonly Tensor[]
  /** Every parameter by name, cut out of its buffer. */
  readonly parameters: ReadonlyMap<string, Tensor>
}

export function declareGroups(graph: Graph, groups: readonly ParameterGroup[]): DeclaredGroups {
  const parameters = new Map<string, Tensor>()
  const buffers = groups.map(({ name, shape, members }) => {
    const buffer = graph.input(name, 'f32', shape)
    const parts =
      members.length === 1
        ? [buffer]
        : split(
            buffer,
            0,
            members.map(({ size }) => size / shape[1]!),
          )
    for (const [i, member] of members.entries()) parameters.set(member.name, reshape(parts[i]!, member.shape))
    return buffer
  })
  return { buffers, parameters }
}
