/** The lines of clusters.jsonl as they were last written, for an update to begin with. */
import type { KeptTables, Scratch, ScratchTable } from '../../runtime/ports.ts'
import type { ClusterLine, Earlier } from './cluster-file.ts'
import { goneLines, type KeyedLine, lineKey } from './cluster-lines.ts'

export class KeptLines {
  private readonly lines: ScratchTable<ClusterLine>
  /** `group\tkey` */
  private readonly keysByGroup: ScratchTable<true>
  /** Keys of lines that tell of groups that were merged, which the next run tells no more. */
  private readonly merged: ScratchTable<true>

  constructor(tables: KeptTables) {
    this.lines = tables.table('lines')
    this.keysByGroup = tables.table('keys of lines by group')
    this.merged = tables.table('keys of lines of merged groups')
  }

  put({ key, line }: KeyedLine): void {
    this.lines.put(key, line)
    this.keysByGroup.put(`${line.group}\t${key}`, true)
    if (line.merged) this.merged.put(key, true)
  }

  remove(key: string): void {
    this.keysByGroup.put(`${this.lines.get(key)!.group}\t${key}`, null)
    this.lines.put(key, null)
    this.merged.put(key, null)
  }

  async *texts(): AsyncIterable<string> {
    for (const { value } of this.lines.entries()) yield `${JSON.stringify(value)}\n`
  }

  *pairsOfMerged(): Iterable<string> {
    for (const { key } of this.merged.entries()) yield* this.lines.get(key)?.pairs ?? []
  }

  *gone(): Iterable<KeyedLine> {
    for (const { key, value } of this.lines.entries(goneLines)) yield { key, line: value }
  }

  /** What they say of some clusters, and of those that are gone. */
  earlier(founders: Iterable<string>, scratch: Scratch): Earlier {
    const clusters = scratch.table<ClusterLine>('earlier clusters')
    const groups = new Map<string, { readonly group: string; readonly split: ClusterLine['split'] }>()
    const add = (line: ClusterLine): void => {
      clusters.put(line.cluster, line)
      for (const name of line.names) groups.set(name, { group: line.group, split: line.split })
    }
    for (const founder of founders) add(this.lines.get(lineKey.ofCluster(founder))!)
    for (const { line } of this.gone()) add(line)
    return {
      clusters,
      groupOf: (name) => groups.get(name),
      isGroup: (identifier) => {
        for (const _ of this.keysByGroup.entries({ from: `${identifier}\t`, to: `${identifier}\n` })) return true
        return false
      },
    }
  }
}
