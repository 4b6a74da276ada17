/** The tallies of all texts: what is left to the next update. A surface is a folded text of a wiki, the key of its events. */
import type { KeptTables, ScratchTable } from '../../runtime/ports.ts'
import type { AnchorCount } from '../../schemas/types.ts'
import { type Tally, withAnchor } from './tally.ts'

/** Tallies by the pages that the text leads to, in the order of their titles. */
export type Targets = Map<string, Tally>

/** As it lies in the table: without the names of its fields. */
type Stored = readonly [
  language: string,
  count: number,
  surfaces: Tally['surfaces'],
  links: Tally['evidence']['links'],
  upTo: number | null,
]

/** Tallies in memory until they are put into the table, in its order: most links are of few texts. */
const recentAtMost = 5_000

export class KeptTallies {
  /** `surface\ttarget` */
  private readonly table: ScratchTable<Stored>
  private readonly recent = new Map<string, Tally | null>()

  constructor(tables: KeptTables) {
    this.table = tables.table('tallies')
  }

  add(surface: string, anchor: AnchorCount): void {
    const key = `${surface}\t${anchor.target}`
    const stored = this.recent.has(key) ? undefined : this.table.get(key)
    this.put(key, withAnchor(this.recent.get(key) ?? (stored && tallyOf(stored)), anchor))
  }

  /** Targets of a surface; what was replaced since the last `settle` is not seen. */
  targetsOf(surface: string): Targets {
    const targets: Targets = new Map()
    for (const { key, value } of this.table.entries({ from: `${surface}\t`, to: `${surface}\n` })) {
      targets.set(key.slice(surface.length + 1), tallyOf(value))
    }
    return targets
  }

  /** Those that have changed, in the place of what they were; null for a target to which no link leads. */
  replace(surface: string, changed: ReadonlyMap<string, Tally | null>): void {
    for (const [target, tally] of changed) this.put(`${surface}\t${target}`, tally)
  }

  /** Every surface with its targets, in order. */
  *surfaces(): Iterable<readonly [surface: string, targets: Targets]> {
    this.settle()
    let targets: Targets = new Map()
    let current = ''
    for (const { key, value } of this.table.entries()) {
      const cut = key.lastIndexOf('\t')
      const surface = key.slice(0, cut)
      if (surface !== current && targets.size > 0) {
        yield [current, targets]
        targets = new Map()
      }
      current = surface
      targets.set(key.slice(cut + 1), tallyOf(value))
    }
    if (targets.size > 0) yield [current, targets]
  }

  settle(): void {
    for (const key of [...this.recent.keys()].sort()) {
      const tally = this.recent.get(key)
      this.table.put(key, tally ? storedForm(tally) : null)
    }
    this.recent.clear()
  }

  private put(key: string, tally: Tally | null): void {
    this.recent.set(key, tally)
    if (this.recent.size >= recentAtMost) this.settle()
  }
}

function storedForm({ language, count, surfaces, evidence: { links, upTo } }: Tally): Stored {
  return [language, count, surfaces, links, upTo]
}

function tallyOf([language, count, surfaces, links, upTo]: Stored): Tally {
  return { language, count, surfaces, evidence: { links, upTo } }
}
