/**
 * Memory of one page: blocks are taken one after another and all let go at once when the next page begins. Nothing
 * else allocates after start-up, so the arena may run to the end of the memory.
 */
let base: usize = 0
let top: usize = 0

/** What may be read past the end of any block without a check. */
const slack: usize = 64

/** Lets go of every block. */
export function resetArena(): void {
  if (base == 0) base = heap.alloc(16)
  top = base
}

/** A block of `size` bytes, not cleared. Traps where the memory cannot grow. */
export function take(size: usize): usize {
  const at = (top + 15) & ~15
  top = at + size + slack
  const have = <usize>memory.size() << 16
  if (top > have) {
    const pages = ((top - have) >> 16) + 1
    // Growing by an eighth at least keeps the number of growths small.
    if (memory.grow(<i32>max<usize>(pages, have >> 19)) < 0 && memory.grow(<i32>pages) < 0) unreachable()
  }
  return at
}

/** A growing run of bytes in the arena. `at` changes when it grows: keep offsets, not pointers. */
@unmanaged
export class Bytes {
  at: usize
  length: usize
  capacity: usize

  /** Empty, with room for `capacity` bytes. */
  begin(capacity: usize): void {
    this.at = take(capacity)
    this.length = 0
    this.capacity = capacity
  }

  @inline
  ensure(more: usize): void {
    if (this.length + more > this.capacity) this.grow(more)
  }

  grow(more: usize): void {
    const capacity = max<usize>(this.capacity * 2, this.length + more + 64)
    const at = take(capacity)
    memory.copy(at, this.at, this.length)
    this.at = at
    this.capacity = capacity
  }

  @inline
  push(byte: u32): void {
    this.ensure(1)
    store<u8>(this.at + this.length, <u8>byte)
    this.length++
  }

  @inline
  append(from: usize, length: usize): void {
    this.ensure(length)
    memory.copy(this.at + this.length, from, length)
    this.length += length
  }

  /** Appends a code point as UTF-8. */
  pushCodePoint(code: u32): void {
    this.ensure(4)
    const at = this.at + this.length
    if (code < 0x80) {
      store<u8>(at, <u8>code)
      this.length += 1
    } else if (code < 0x800) {
      store<u8>(at, <u8>(0xc0 | (code >> 6)))
      store<u8>(at + 1, <u8>(0x80 | (code & 0x3f)))
      this.length += 2
    } else if (code < 0x10000) {
      store<u8>(at, <u8>(0xe0 | (code >> 12)))
      store<u8>(at + 1, <u8>(0x80 | ((code >> 6) & 0x3f)))
      store<u8>(at + 2, <u8>(0x80 | (code & 0x3f)))
      this.length += 3
    } else {
      store<u8>(at, <u8>(0xf0 | (code >> 18)))
      store<u8>(at + 1, <u8>(0x80 | ((code >> 12) & 0x3f)))
      store<u8>(at + 2, <u8>(0x80 | ((code >> 6) & 0x3f)))
      store<u8>(at + 3, <u8>(0x80 | (code & 0x3f)))
      this.length += 4
    }
  }
}
