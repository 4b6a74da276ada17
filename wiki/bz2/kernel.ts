import { instantiate } from '../../runtime/instantiate.ts'

/** What the kernel assembly/bz2.ts offers; addresses are in its memory, lengths in bytes. */
interface Bz2Exports {
  readonly memory: WebAssembly.Memory
  begin(inside: number, bit: number): void
  makeRoom(): number
  inputAt(): number
  extend(length: number): void
  unread(): number
  position(): number
  next(): number
  give(): number
  outputAt(): number
  scanMarks(length: number): number
  marksAt(): number
}

/** What `next` answers, as in assembly/bz2.ts. */
export const needsInput = 0
export const streamHead = 1
export const block = 2

/** Why it cannot go on, by the negative answers of `next`, as in assembly/bz2.ts. */
const faults = new Map([
  [-1, 'no stream starts here'],
  [-2, 'neither a block nor the end of the stream follows'],
  [-3, 'its checksum is wrong'],
  [-4, 'a block claims to be randomised, which nothing has written since 1999'],
  [-5, 'the code tables of a block are impossible'],
  [-6, 'a block holds codes that do not exist'],
  [-7, 'a block starts outside of itself'],
  [-8, 'the checksum of a block is wrong'],
])

/** A mark of 48 bits, at any bit of a byte, ends within so many bytes after it. */
export const markBytes = 7
/** Scanned at a time; less than the kernel has room for. */
const scanBytes = 1 << 20

/** A decoder with a memory of 16 MB, whatever it decodes. Not to be shared: it keeps its place in one input. */
export class Bz2Kernel {
  private readonly exports: Bz2Exports = instantiate<Bz2Exports>(new URL('../kernels/bz2.wasm', import.meta.url))
  private readonly memory: Uint8Array = new Uint8Array(this.exports.memory.buffer)

  /** Forgets all input. What is fed next starts a stream or, with `bit` (0 to 7), has a mark that many bits on. */
  begin(bit?: number) {
    this.exports.begin(bit === undefined ? 0 : 1, bit ?? 0)
  }

  /** Takes in as much of `bytes` as there is room for; returns how much. */
  feed(bytes: Uint8Array): number {
    const length = Math.min(this.exports.makeRoom(), bytes.length)
    this.memory.set(length === bytes.length ? bytes : bytes.subarray(0, length), this.exports.inputAt())
    this.exports.extend(length)
    return length
  }

  /** Bytes fed and not read yet. */
  get unread(): number {
    return this.exports.unread()
  }

  /** Bits read since `begin`. */
  get position(): number {
    return this.exports.position()
  }

  /** Reads on: one of the answers above, the end of a stream, or a fault. */
  next(): number {
    return this.exports.next()
  }

  /** The text of the block just read, in pieces of at most 1 MiB. They lie in the kernel's memory until the next one. */
  *text(): Generator<Buffer> {
    for (let length = this.exports.give(); length > 0; length = this.exports.give()) {
      yield Buffer.from(this.exports.memory.buffer, this.exports.outputAt(), length)
    }
  }

  /**
   * Positions, in bits, at which the 48-bit mark of a block begins in `bytes`, ascending; those in the last 7 bytes
   * may be missed. Forgets all input.
   */
  marksIn(bytes: Uint8Array): number[] {
    const positions: number[] = []
    for (let from = 0; from < bytes.length; from += scanBytes) {
      this.begin()
      this.feed(bytes.subarray(from, from + scanBytes + markBytes))
      const length = Math.min(scanBytes, bytes.length - from - markBytes)
      if (length <= 0) break
      const found = this.exports.scanMarks(length)
      const marks = new Uint32Array(this.exports.memory.buffer, this.exports.marksAt(), found)
      for (const mark of marks) positions.push(from * 8 + mark)
    }
    return positions
  }
}

export function faultOf(answer: number): string | undefined {
  return answer < 0 ? (faults.get(answer) ?? `fault ${answer}`) : undefined
}

/** Kernels that wait for their next input: making one costs more than a short stream. */
const idle: Bz2Kernel[] = []
const mostIdle = 2

/** A kernel for one input; to be given back by `release`. */
export function acquire(): Bz2Kernel {
  return idle.pop() ?? new Bz2Kernel()
}

export function release(kernel: Bz2Kernel) {
  if (idle.length < mostIdle) idle.push(kernel)
}
