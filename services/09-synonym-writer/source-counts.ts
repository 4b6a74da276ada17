/** How many pairs each source says, how sure they are, and how many it alone says. */
import { confidenceBands, type SourceCount } from '../../dictionary/card-facts.ts'
import { type CombinedEntry, sourcesByTrust } from './entries.ts'

export class SourceCounts {
  readonly splits = { train: 0, val: 0, test: 0 }
  /** Names of existing lists. */
  readonly lists = new Set<string>()
  pairs = 0
  private readonly counts = new Map(sourcesByTrust.map((source) => [source, emptyCount(source)]))

  add({ confidence, split, sources, evidence }: CombinedEntry): void {
    this.pairs++
    this.splits[split]++
    for (const { wiki } of evidence) if (wiki.startsWith('file:')) this.lists.add(wiki.slice('file:'.length))
    const band = confidenceBands.findLastIndex((least) => confidence >= least)
    for (const source of sources) {
      const count = this.counts.get(source)!
      count.pairs++
      count.bands[band]!++
      if (sources.length === 1) count.alone++
    }
  }

  /** The sources that say anything, in the order of trust. */
  sources(): SourceCount[] {
    return [...this.counts.values()].filter(({ pairs }) => pairs > 0)
  }
}

function emptyCount(source: string): { source: string; pairs: number; alone: number; bands: number[] } {
  return { source, pairs: 0, alone: 0, bands: confidenceBands.map(() => 0) }
}
