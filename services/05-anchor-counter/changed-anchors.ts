/** What an update changes in the links, by the text that they have. */
import type { Scratch, ScratchTable } from '../../runtime/ports.ts'
import type { AnchorCount } from '../../schemas/types.ts'

export interface ChangedAnchor {
  readonly anchor: AnchorCount
  /** Whether it is there no more. */
  readonly isRetracted: boolean
}

/** Gathered in memory until they are put into the table, those of a surface as one. */
const gatheredAtMost = 20_000

export class ChangedAnchors {
  /** `surface\tnumber` */
  private readonly table: ScratchTable<readonly ChangedAnchor[]>
  private readonly gathered = new Map<string, ChangedAnchor[]>()
  private count = 0

  constructor(scratch: Scratch) {
    this.table = scratch.table('changed anchors')
  }

  add(surface: string, anchor: AnchorCount, isRetracted: boolean): void {
    const changed = { anchor, isRetracted }
    const own = this.gathered.get(surface)
    if (own) own.push(changed)
    else this.gathered.set(surface, [changed])
    if (++this.count % gatheredAtMost === 0) this.settle()
  }

  /** In order, each once. */
  *surfaces(): Iterable<readonly [surface: string, anchors: readonly ChangedAnchor[]]> {
    this.settle()
    let anchors: ChangedAnchor[] = []
    let current = ''
    for (const { key, value } of this.table.entries()) {
      const surface = key.slice(0, key.lastIndexOf('\t'))
      if (surface !== current && anchors.length > 0) {
        yield [current, anchors]
        anchors = []
      }
      current = surface
      anchors.push(...value)
    }
    if (anchors.length > 0) yield [current, anchors]
  }

  private settle(): void {
    for (const [surface, anchors] of this.gathered) this.table.put(`${surface}\t${this.count}`, anchors)
    this.gathered.clear()
  }
}
