import { FatalError } from '../../runtime/errors.ts'

/**
 * The part of Python's pickle (protocols 0 to 4) that a dictionary of tensors needs. A pickle is a program: here it can build
 * plain values and call the functions that `globals` names, and nothing else.
 * Source: https://github.com/python/cpython/blob/v3.12.0/Lib/pickletools.py
 */
export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | PickleValue[]
  | Map<PickleValue, PickleValue>
  | PickleObject

/** What a global function makes; its meaning is the caller's. */
export interface PickleObject {
  readonly kind: string
}

export interface PickleWorld {
  /** A function or class by `module.name`; undefined refuses it. */
  global(name: string): ((args: readonly PickleValue[]) => PickleValue) | undefined
  /** An object that lies outside of the pickle. */
  persistent(id: PickleValue): PickleValue
}

/** A function or class of the world, as it lies on the stack. */
export interface Callable extends PickleObject {
  readonly kind: 'callable'
  readonly name: string
  readonly call: (args: readonly PickleValue[]) => PickleValue
}

const mark = Symbol('mark')
type Stacked = PickleValue | typeof mark

/** Throws FatalError PICKLE_REFUSED for a global or an operation that is not known, WEIGHTS_INVALID for a damaged stream. */
export function unpickle(bytes: Uint8Array, world: PickleWorld, file: string): PickleValue {
  return new Unpickler(bytes, world, file).run()
}

class Unpickler {
  readonly #bytes: Buffer
  readonly #world: PickleWorld
  readonly #file: string
  readonly #stack: Stacked[] = []
  readonly #memo = new Map<number, PickleValue>()
  #at = 0

  constructor(bytes: Uint8Array, world: PickleWorld, file: string) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#world = world
    this.#file = file
  }

  run(): PickleValue {
    for (;;) {
      const start = this.#at
      const code = this.#take(1)[0]!
      if (code === 0x2e) return this.#pop()
      const operation = operations[code]
      if (!operation) throw this.#refused(`operation 0x${code.toString(16)}`, start)
      operation(this)
    }
  }

  push(value: Stacked): void {
    this.#stack.push(value)
  }

  pop(): PickleValue {
    return this.#pop()
  }

  /** Everything above the last mark, which goes too. */
  popToMark(): PickleValue[] {
    const at = this.#stack.lastIndexOf(mark)
    if (at < 0) throw this.#invalid('a mark is missing')
    const values = this.#stack.splice(at).slice(1)
    return values.filter((value) => value !== mark)
  }

  top(): PickleValue {
    const value = this.#stack.at(-1)
    if (value === undefined || value === mark) throw this.#invalid('the stack is empty')
    return value
  }

  memoise(index = this.#memo.size): void {
    this.#memo.set(index, this.top())
  }

  recall(index: number): void {
    const value = this.#memo.get(index)
    if (value === undefined) throw this.#invalid(`value ${index} was never stored`)
    this.push(value)
  }

  unsigned(bytes: 1 | 2 | 4): number {
    return this.#take(bytes).readUIntLE(0, bytes)
  }

  long(): number {
    return Number(this.#take(8).readBigUInt64LE(0))
  }

  signed(): number {
    return this.#take(4).readInt32LE(0)
  }

  /** Big-endian, the one number of pickle that is. */
  double(): number {
    return this.#take(8).readDoubleBE(0)
  }

  bytes(length: number): Uint8Array {
    return this.#take(length)
  }

  text(length: number): string {
    return this.#take(length).toString('utf8')
  }

  line(): string {
    const end = this.#bytes.indexOf(0x0a, this.#at)
    if (end < 0) throw this.#invalid('a line has no end')
    const text = this.#bytes.toString('utf8', this.#at, end)
    this.#at = end + 1
    return text
  }

  global(module: PickleValue, name: PickleValue): void {
    const full = `${String(module)}.${String(name)}`
    const call = this.#world.global(full)
    if (!call) throw this.#refused(full, this.#at)
    const callable: Callable = { kind: 'callable', name: full, call }
    this.push(callable)
  }

  reduce(): void {
    const args = this.#pop()
    const callable = this.#pop()
    if (!isCallable(callable) || !Array.isArray(args)) throw this.#invalid('something that is no function is called')
    this.push(callable.call(args))
  }

  persistent(): void {
    this.push(this.#world.persistent(this.#pop()))
  }

  fill(pairs: readonly PickleValue[]): void {
    const map = this.top()
    if (!(map instanceof Map)) throw this.#invalid('entries of what is no dictionary')
    for (let i = 0; i + 1 < pairs.length; i += 2) map.set(pairs[i]!, pairs[i + 1]!)
  }

  extend(values: readonly PickleValue[]): void {
    const list = this.top()
    if (!Array.isArray(list)) throw this.#invalid('items of what is no list')
    list.push(...values)
  }

  #pop(): PickleValue {
    const value = this.#stack.pop()
    if (value === undefined || value === mark) throw this.#invalid('the stack is empty')
    return value
  }

  #take(length: number): Buffer {
    if (this.#at + length > this.#bytes.length) throw this.#invalid('it is cut off')
    this.#at += length
    return this.#bytes.subarray(this.#at - length, this.#at)
  }

  #invalid(why: string): FatalError {
    return new FatalError('WEIGHTS_INVALID', `the pickle is damaged: ${why}`, {
      at: { file: this.#file, byteOffset: this.#at },
      hint: 'fetch the file again, or use model.safetensors',
    })
  }

  #refused(what: string, byteOffset: number): FatalError {
    return new FatalError('PICKLE_REFUSED', `the file asks for ${what}, which a dictionary of tensors does not need`, {
      at: { file: this.#file, byteOffset },
      hint: 'a pickle can run any code, so only what is known is carried out: save the weights with torch.save(model.state_dict()), or as safetensors',
    })
  }
}

export function isCallable(value: PickleValue | undefined): value is Callable {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'callable'
}

/** By opcode; what is not here is refused. */
const operations: Readonly<Record<number, (machine: Unpickler) => void>> = {
  128: (m) => void m.unsigned(1), // PROTO
  149: (m) => void m.long(), // FRAME
  40: (m) => m.push(mark),
  48: (m) => void m.pop(),
  78: (m) => m.push(null),
  136: (m) => m.push(true),
  137: (m) => m.push(false),
  74: (m) => m.push(m.signed()), // BININT
  75: (m) => m.push(m.unsigned(1)),
  77: (m) => m.push(m.unsigned(2)),
  138: (m) => m.push(integer(m.bytes(m.unsigned(1)))), // LONG1
  71: (m) => m.push(m.double()),
  85: (m) => m.push(m.text(m.unsigned(1))), // SHORT_BINSTRING
  84: (m) => m.push(m.text(m.unsigned(4))),
  88: (m) => m.push(m.text(m.unsigned(4))), // BINUNICODE
  140: (m) => m.push(m.text(m.unsigned(1))),
  141: (m) => m.push(m.text(m.long())),
  67: (m) => m.push(m.bytes(m.unsigned(1))), // SHORT_BINBYTES
  66: (m) => m.push(m.bytes(m.unsigned(4))),
  125: (m) => m.push(new Map()),
  93: (m) => m.push([]),
  41: (m) => m.push([]), // a tuple is a list here
  116: (m) => m.push(m.popToMark()),
  133: (m) => m.push([m.pop()]),
  134: (m) => m.push([m.pop(), m.pop()].reverse()),
  135: (m) => m.push([m.pop(), m.pop(), m.pop()].reverse()),
  115: (m) => m.fill([m.pop(), m.pop()].reverse()), // SETITEM
  117: (m) => m.fill(m.popToMark()),
  97: (m) => m.extend([m.pop()]), // APPEND
  101: (m) => m.extend(m.popToMark()),
  113: (m) => m.memoise(m.unsigned(1)), // BINPUT
  114: (m) => m.memoise(m.unsigned(4)),
  148: (m) => m.memoise(),
  104: (m) => m.recall(m.unsigned(1)), // BINGET
  106: (m) => m.recall(m.unsigned(4)),
  99: (m) => m.global(m.line(), m.line()),
  147: (m) => {
    const name = m.pop()
    m.global(m.pop(), name)
  },
  82: (m) => m.reduce(),
  81: (m) => m.persistent(), // BINPERSID
  // BUILD sets attributes of an object; state_dict() hangs version numbers (`_metadata`) on its OrderedDict.
  98: (m) => void m.pop(),
}

/** Little-endian two's complement. */
function integer(bytes: Uint8Array): number | bigint {
  let value = 0n
  for (const [i, byte] of bytes.entries()) value |= BigInt(byte) << BigInt(8 * i)
  const signed = BigInt.asIntN(Math.max(8 * bytes.length, 1), value)
  const small = Number(signed)
  return Number.isSafeInteger(small) ? small : signed
}
