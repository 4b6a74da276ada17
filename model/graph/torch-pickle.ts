/**
 * The part of Python's pickle, protocol 2, that a TorchScript archive takes. Nothing is memoised.
 * Source: https://github.com/python/cpython/blob/v3.12.0/Lib/pickletools.py
 */
export class PickleProgram {
  readonly #parts: Buffer[] = [Buffer.from([0x80, 2])]

  /** A function or class of a Python module. */
  global(module: string, name: string): this {
    return this.#add(Buffer.from(`c${module}\n${name}\n`, 'ascii'))
  }

  text(value: string): this {
    const bytes = Buffer.from(value)
    return this.#add(Buffer.from('X'), u32(bytes.length), bytes)
  }

  /** A whole number ≥ 0, below 2⁵³. */
  integer(value: number): this {
    if (value < 0x100) return this.#add(Buffer.from([0x4b, value]))
    if (value < 0x8000_0000) return this.#add(Buffer.from('J'), u32(value))
    const bytes = Buffer.alloc(8)
    bytes.writeBigInt64LE(BigInt(value))
    return this.#add(Buffer.from([0x8a, 8]), bytes)
  }

  false(): this {
    return this.#add(Buffer.from([0x89]))
  }

  /** A tuple of what `items` puts on the stack. */
  tuple(items: () => void): this {
    this.#add(Buffer.from('('))
    items()
    return this.#add(Buffer.from('t'))
  }

  integers(values: readonly number[]): this {
    return this.tuple(() => {
      for (const value of values) this.integer(value)
    })
  }

  emptyTuple(): this {
    return this.#add(Buffer.from(')'))
  }

  /** Calls the global on the stack with the tuple above it. */
  reduce(): this {
    return this.#add(Buffer.from('R'))
  }

  /** In place of the tuple on the stack, the object outside of the pickle that it names. */
  persistent(): this {
    return this.#add(Buffer.from('Q'))
  }

  /** An object of the class on the stack with the attributes that `entries` puts there as name and value in turn. */
  object(entries: () => void): this {
    this.#add(Buffer.from([0x29, 0x81, 0x7d, 0x28])) // EMPTY_TUPLE NEWOBJ EMPTY_DICT MARK
    entries()
    return this.#add(Buffer.from([0x75, 0x62])) // SETITEMS BUILD
  }

  finish(): Buffer {
    return Buffer.concat([...this.#parts, Buffer.from('.')])
  }

  #add(...parts: readonly Buffer[]): this {
    this.#parts.push(...parts)
    return this
  }
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
