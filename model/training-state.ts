import { FatalError } from '../runtime/errors.ts'
import { type EncoderConfig, parameterShapes, type Weights } from './encoder.ts'
import { initialLossScale } from './graph/loss-scale.ts'
import { firstMomentOf, secondMomentOf } from './graph/optimiser.ts'
import type { ParameterGroup } from './graph/parameter-groups.ts'
import type { Feed } from './graph/session.ts'
import type { UpdatedParameter } from './kernels/adamw-kernel.ts'
import { gradientName, nextName, parameterGroups } from './training-step.ts'

export interface StateLayout {
  /** As in the graph of the step; default: each parameter alone. */
  readonly groups?: readonly ParameterGroup[]
  /** Is there a loss scale? */
  readonly lossScale?: boolean
}

type Buffers = Map<string, { readonly shape: readonly number[]; readonly data: Float32Array }>

/**
 * Parameters and AdamW moments. A step either writes a second set of buffers, which then swaps with the first (writing over the
 * input would let a node that runs late read the new value), or it writes gradients, by which the first set is updated in place.
 * All sessions share the one state.
 */
export class TrainingState {
  /** What the parameter and its moments are called outside → where they lie. */
  readonly #places: ReadonlyMap<string, { readonly buffer: string; readonly start: number }>
  readonly #shapes: ReadonlyMap<string, readonly number[]>
  #current: Buffers
  /** Made when a step first writes there. */
  #next: Buffers | undefined
  #gradients: Buffers | undefined
  readonly #groups: readonly ParameterGroup[]

  /**
   * `stored` may lack the moments, which then start at zero. Its arrays are this state's from then on, so that memory does not hold large
   * weights twice: give copies of what is needed elsewhere. Throws FatalError when a tensor is missing or misshapen.
   */
  constructor(
    config: EncoderConfig,
    stored: Weights,
    { groups = parameterGroups(config), lossScale = false }: StateLayout = {},
  ) {
    const places = new Map<string, { buffer: string; start: number }>()
    const buffers = new Map<string, { shape: readonly number[]; data: Float32Array }>()
    for (const group of groups) {
      for (const of of [(name: string) => name, firstMomentOf, secondMomentOf]) {
        for (const member of group.members) {
          const values = stored.get(of(member.name))
          if (values ? values.length !== member.size : of(member.name) === member.name) {
            throw mismatch(member.name, values?.length, member.size)
          }
          places.set(of(member.name), { buffer: of(group.name), start: member.start })
        }
        buffers.set(of(group.name), { shape: group.shape, data: bufferOf(group, (name) => stored.get(of(name))) })
      }
    }
    for (const [name, value] of lossScale ? Object.entries(initialLossScale) : []) {
      buffers.set(name, { shape: [], data: Float32Array.of(stored.get(name)?.[0] ?? value) })
      places.set(name, { buffer: name, start: 0 })
    }
    this.#groups = groups
    this.#places = places
    this.#shapes = shapesOf(config, lossScale)
    this.#current = buffers
  }

  /** What a step reads. */
  get feeds(): Readonly<Record<string, Feed>> {
    return Object.fromEntries(this.#current)
  }

  /** Where a step writes, by output name. */
  get targets(): Readonly<Record<string, Feed>> {
    this.#next ??= new Map(
      [...this.#current].map(([name, { shape, data }]) => [name, { shape, data: new Float32Array(data.length) }]),
    )
    return Object.fromEntries([...this.#next].map(([name, feed]) => [nextName(name), feed]))
  }

  /** Where a step writes its gradients, by output name. */
  get gradients(): Readonly<Record<string, Feed>> {
    this.#gradients ??= new Map(
      this.#groups.map(({ name, shape }) => {
        const { length } = this.#current.get(name)!.data
        return [name, { shape, data: new Float32Array(length) }]
      }),
    )
    return Object.fromEntries([...this.#gradients].map(([name, feed]) => [gradientName(name), feed]))
  }

  /**
   * Changes parameters and moments by the gradients that a step has written. `change` gives back what it was given, in order, in the same
   * memory or in other arrays that are from then on this state's; nothing else reads the state meanwhile.
   */
  async update(
    change: (parameters: readonly UpdatedParameter[]) => Promise<readonly UpdatedParameter[]>,
  ): Promise<void> {
    const gradients = this.#gradients!
    const before = this.#groups.map(({ name, decays }) => ({
      decays,
      values: this.#current.get(name)!.data,
      firstMoment: this.#current.get(firstMomentOf(name))!.data,
      secondMoment: this.#current.get(secondMomentOf(name))!.data,
      gradient: gradients.get(name)!.data,
    }))
    for (const [i, { values, firstMoment, secondMoment, gradient }] of (await change(before)).entries()) {
      const { name, shape } = this.#groups[i]!
      this.#current.set(name, { shape, data: values })
      this.#current.set(firstMomentOf(name), { shape, data: firstMoment })
      this.#current.set(secondMomentOf(name), { shape, data: secondMoment })
      gradients.set(name, { shape, data: gradient })
    }
  }

  /** To be called after a step has written all targets. */
  swap(): void {
    const written = this.#next
    if (!written) return
    this.#next = this.#current
    this.#current = written
  }

  /** The values as they are now, by the name of the parameter or moment; valid until the next step. Not copied. */
  tensors(): ReadonlyMap<string, { readonly shape: readonly number[]; readonly data: Float32Array }> {
    return new Map(
      [...this.#shapes].map(([name, shape]) => {
        const { buffer, start } = this.#places.get(name)!
        const size = shape.reduce((a, b) => a * b, 1)
        return [name, { shape, data: this.#current.get(buffer)!.data.subarray(start, start + size) }]
      }),
    )
  }
}

/** The stored values of a group's members in one array: that of a lone member itself, where its memory holds nothing else. */
function bufferOf({ members }: ParameterGroup, storedOf: (member: string) => Float32Array | undefined): Float32Array {
  const [first, ...others] = members.map(({ name }) => storedOf(name))
  if (others.length === 0 && first?.byteLength === first?.buffer.byteLength && first) return first
  const data = new Float32Array(members.reduce((total, { size }) => total + size, 0))
  for (const { name, start } of members) data.set(storedOf(name) ?? [], start)
  return data
}

function shapesOf(config: EncoderConfig, lossScale: boolean): ReadonlyMap<string, readonly number[]> {
  const shapes = new Map<string, readonly number[]>()
  for (const [name, shape] of parameterShapes(config)) {
    for (const of of [name, firstMomentOf(name), secondMomentOf(name)]) shapes.set(of, shape)
  }
  if (lossScale) for (const name of Object.keys(initialLossScale)) shapes.set(name, [])
  return shapes
}

function mismatch(name: string, found: number | undefined, size: number): FatalError {
  return new FatalError('WEIGHTS_MISMATCH', `${name} has ${found ?? 'no'} values, the model ${size}`, {
    hint: 'the weights belong to another model: check network sizes and vocabulary',
  })
}
