/** Titles whose mates were asked for, as digests of 32 bits: what is found in a page may be another where the answer to one of them is. */
import type { Mates } from './matches.ts'

const digestBytes = 4

export class AskedMates implements Mates {
  private readonly mates: Mates
  private readonly digests = new Set<number>()

  constructor(mates: Mates) {
    this.mates = mates
  }

  get size(): number {
    return this.digests.size
  }

  rightOf(left: string): string | undefined {
    this.digests.add(digestOf('l', left))
    return this.mates.rightOf(left)
  }

  leftOf(right: string): string | undefined {
    this.digests.add(digestOf('r', right))
    return this.mates.leftOf(right)
  }

  bytes(): Buffer {
    const bytes = Buffer.allocUnsafe(this.digests.size * digestBytes)
    let at = 0
    for (const digest of this.digests) at = bytes.writeUInt32LE(digest, at)
    return bytes
  }

  /** Whether one of those in `bytes` is here. */
  meets(bytes: Buffer): boolean {
    for (let at = 0; at < bytes.length; at += digestBytes) if (this.digests.has(bytes.readUInt32LE(at))) return true
    return false
  }
}

/** FNV-1a over code units. */
function digestOf(side: 'l' | 'r', title: string): number {
  let digest = 0x811c9dc5 ^ side.charCodeAt(0)
  for (let at = 0; at < title.length; at++) digest = Math.imul(digest ^ title.charCodeAt(at), 0x01000193)
  return digest >>> 0
}
