/** Files that are written or read from one end to the other, through a buffer. */
import { closeSync, openSync, readSync, writeSync } from 'node:fs'

const bufferBytes = 1 << 16

export class SequentialWriter {
  position = 0
  private readonly file: number
  private readonly buffer = Buffer.allocUnsafe(bufferBytes)
  private held = 0

  constructor(path: string) {
    this.file = openSync(path, 'w')
  }

  write(bytes: Uint8Array): void {
    this.position += bytes.byteLength
    if (this.held + bytes.byteLength > bufferBytes) this.flush()
    if (bytes.byteLength > bufferBytes) writeWhole(this.file, bytes)
    else {
      this.buffer.set(bytes, this.held)
      this.held += bytes.byteLength
    }
  }

  close(): void {
    this.flush()
    closeSync(this.file)
  }

  private flush(): void {
    writeWhole(this.file, this.buffer.subarray(0, this.held))
    this.held = 0
  }
}

export class SequentialReader {
  private readonly file: number
  private readonly buffer = Buffer.allocUnsafe(bufferBytes)
  private from = 0
  private to = 0

  constructor(path: string) {
    this.file = openSync(path, 'r')
  }

  /** Fills the bytes; false where the file ends before. */
  fill(bytes: Uint8Array): boolean {
    let filled = 0
    while (filled < bytes.byteLength) {
      if (this.from === this.to) {
        this.from = 0
        this.to = readSync(this.file, this.buffer, 0, bufferBytes, null)
        if (this.to === 0) return false
      }
      const length = Math.min(bytes.byteLength - filled, this.to - this.from)
      bytes.set(this.buffer.subarray(this.from, this.from + length), filled)
      filled += length
      this.from += length
    }
    return true
  }

  close(): void {
    closeSync(this.file)
  }
}

function writeWhole(file: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.byteLength; ) {
    written += writeSync(file, bytes, written, bytes.byteLength - written)
  }
}
