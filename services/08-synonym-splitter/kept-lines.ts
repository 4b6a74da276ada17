/** The lines of clusters.jsonl as they were last written, for an update to begin with. */
import { textLines } from '../../dictionary/text-lines.ts'
import type { KeptTables, Scratch, ScratchTable } from '../../runtime/ports.ts'
import type { ClusterLine, Earlier } from './cluster-file.ts'
import { goneLines, type KeyedLine, lineKey } from './cluster-lines.ts'

export class KeptLines {
  /** As JSON, which is what the file has of them. */
  private readonly lines: ScratchTable<string>
  /** `group\tkey` */
  private readonly keysByGroup: ScratchTable<true>
  /** Keys of lines that tell of groups that were merged, which the next run tells no more. */
  private readonly merged: ScratchTable<true>

  constructor(tables: KeptTables) {
    this.lines = tables.table('lines')
    this.keysByGroup = tables.table('keys of lines by group')
    this.merged = tables.table('keys of lines of merged groups')
  }

  /** In the place of the line that has this key, where there is one. */
  put({ key, line }: KeyedLine): void {
    const text = JSON.stringify(line)
    const known = this.lines.get(key)
    if (known === text) return
    if (known !== undefined) this.remove(key)
    this.lines.put(key, text)
    this.keysByGroup.put(`${line.group}\t${key}`, true)
    if (line.merged) this.merged.put(key, true)
  }

  remove(key: string): void {
    this.keysByGroup.put(`${this.of(key).group}\t${key}`, null)
    this.lines.put(key, null)
    this.merged.put(key, null)
  }

  texts(): AsyncIterable<string> {
    return textLines(valuesOf(this.lines))
  }

  *pairsOfMerged(): Iterable<string> {
    for (const { key } of this.merged.entries()) yield* this.of(key).pairs
  }

  *gone(): Iterable<KeyedLine> {
    for (const { key, value } of this.lines.entries(goneLines)) yield { key, line: JSON.parse(value) as ClusterLine }
  }

  /** What they say of some clusters, and of those that are gone. */
  earlier(founders: Iterable<string>, scratch: Scratch): Earlier {
    const clusters = scratch.table<ClusterLine>('earlier clusters')
    const groups = new Map<string, { readonly group: string; readonly split: ClusterLine['split'] }>()
    const add = (line: ClusterLine): void => {
      clusters.put(line.cluster, line)
      for (const name of line.names) groups.set(name, { group: line.group, split: line.split })
    }
    for (const founder of founders) add(this.of(lineKey.ofCluster(founder)))
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
  private of(key: string): ClusterLine {
    return JSON.parse(this.lines.get(key)!) as ClusterLine
  }
}

function* valuesOf(table: ScratchTable<string>): Iterable<string> {
  for (const { value } of table.entries()) yield value
}
