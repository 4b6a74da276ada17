/**
 * Keeps avsc 5.7.9 from believing an array's own word about its length: it would make as many items as the count says, 2⁵³ of
 * them, and look only afterwards whether the bytes were there (lib/types.js: ArrayType._read). An item takes a byte or more
 * in all of our schemas, so that a count beyond the bytes that are left is a lie.
 */
import avro from 'avsc'

interface Tap {
  readonly buf: Uint8Array
  readonly pos: number
  readLong(): number
  skipLong(): void
  _invalidate(): void
}

interface ArrayReader {
  readonly itemsType: { _read(tap: Tap): unknown }
  _read(tap: Tap): unknown
}

/** For all types of the process, and for the readers of other versions that are made of them. */
export function boundArrays(): void {
  const { prototype } = avro.types.ArrayType as unknown as { readonly prototype: ArrayReader }
  prototype._read = readArray
}

function readArray(this: ArrayReader, tap: Tap): unknown[] {
  const items: unknown[] = []
  for (;;) {
    let count = tap.readLong()
    if (count === 0) return items
    if (count < 0) {
      count = -count
      tap.skipLong() // bytes of the block, for who skips it
    }
    if (count > tap.buf.length - tap.pos) {
      // Every reader checks the tap at its end, and says that the buffer is too short.
      tap._invalidate()
      return items
    }
    for (; count > 0; count--) items.push(this.itemsType._read(tap))
  }
}
