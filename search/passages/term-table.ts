/** Where the postings of each term lie, in an lmdb map on disk. */
import type { RootDatabase } from 'lmdb'
import { openEnvironment, writing } from '../../runtime/embedded/environment.ts'
import { listBytes } from './posting-list.ts'
import { termKey } from './term-key.ts'

/** A term's list in a segment. */
export interface ListPlace {
  readonly segment: number
  /** Offset in the file of postings. */
  readonly offset: number
  readonly count: number
  readonly highest: number
}

const writesAtOnce = 10_000
const placeBytes = 12

export class TermTable {
  private readonly folder: string
  private readonly root: RootDatabase<Buffer, string>
  private pending: [key: string, value: Buffer][] = []

  constructor(folder: string, access: 'write' | 'read') {
    this.folder = folder
    this.root = openEnvironment<Buffer, string>(folder, {
      encoding: 'binary',
      ...(access === 'read' ? { readOnly: true } : { noSync: true }),
    })
  }

  /** @param places by segment; their lists follow on one another. */
  put(term: string, places: readonly ListPlace[]): void {
    const value = Buffer.alloc(8 + placeBytes * places.length)
    value.writeDoubleLE(places[0]?.offset ?? 0, 0)
    places.forEach(({ segment, count, highest }, index) => {
      const at = 8 + placeBytes * index
      value.writeUInt32LE(segment, at)
      value.writeUInt32LE(count, at + 4)
      value.writeUInt32LE(highest, at + 8)
    })
    this.pending.push([termKey(term), value])
    if (this.pending.length >= writesAtOnce) this.flush()
  }

  flush(): void {
    const bytes = this.pending.reduce((sum, [key, value]) => sum + 3 * key.length + value.length, 0)
    writing(this.folder, bytes, () =>
      this.root.transactionSync(() => {
        for (const [key, value] of this.pending) this.root.putSync(key, value)
      }),
    )
    this.pending = []
  }

  /** Empty for a term that no document holds. */
  get(term: string): ListPlace[] {
    const value = this.root.get(termKey(term))
    if (value === undefined) return []
    let offset = value.readDoubleLE(0)
    return Array.from({ length: (value.length - 8) / placeBytes }, (_, index) => {
      const at = 8 + placeBytes * index
      const place = {
        segment: value.readUInt32LE(at),
        offset,
        count: value.readUInt32LE(at + 4),
        highest: value.readUInt32LE(at + 8),
      }
      offset += listBytes(place.count)
      return place
    })
  }

  async close(): Promise<void> {
    await this.root.close()
  }
}
