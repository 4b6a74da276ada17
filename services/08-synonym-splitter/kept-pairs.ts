/** The pairs that are sure enough, and by which names they are joined: what is left to the next update. */
import type { KeptTables, ScratchTable } from '../../runtime/ports.ts'
import type { SynonymPair } from '../../schemas/types.ts'
import { namesIn, namesOf, type PairNames } from './names.ts'

export class KeptPairs {
  /** With the senses that count, by their keys. */
  readonly pairs: ScratchTable<SynonymPair>
  readonly names: ScratchTable<PairNames>
  private readonly keysByName: ScratchTable<readonly string[]>

  constructor(tables: KeptTables) {
    this.pairs = tables.table('sure pairs')
    this.names = tables.table('names of pairs')
    this.keysByName = tables.table('keys of pairs by name')
  }

  put(key: string, pair: SynonymPair | null): void {
    const before = this.names.get(key)
    const now = pair && namesOf(pair)
    this.pairs.put(key, pair)
    this.names.put(key, now)
    const namesBefore: ReadonlySet<string> = before ? namesIn(before) : new Set()
    const names: ReadonlySet<string> = now ? namesIn(now) : new Set()
    for (const name of namesBefore) {
      if (names.has(name)) continue
      const keys = this.keysOf(name).filter((other) => other !== key)
      this.keysByName.put(name, keys.length > 0 ? keys : null)
    }
    for (const name of names) if (!namesBefore.has(name)) this.keysByName.put(name, [...this.keysOf(name), key])
  }

  /** Whether a pair has the name. */
  has(name: string): boolean {
    return this.keysByName.get(name) !== undefined
  }

  keysOf(name: string): readonly string[] {
    return this.keysByName.get(name) ?? []
  }
}

/**
 * Keys of all pairs that are joined with some, as they were or as they will be. Memory holds what is joined with what has changed.
 * @param changes by key; null for what is a pair no more.
 */
export function joinedWith(
  keys: Iterable<string>,
  kept: KeptPairs,
  changes: ReadonlyMap<string, SynonymPair | null>,
): Set<string> {
  const changed = new Map<string, PairNames>()
  const changedByName = new Map<string, string[]>()
  for (const [key, pair] of changes) {
    if (!pair) continue
    const own = namesOf(pair)
    changed.set(key, own)
    for (const name of namesIn(own)) {
      const same = changedByName.get(name)
      if (same) same.push(key)
      else changedByName.set(name, [key])
    }
  }
  const found = new Set(keys)
  const names = new Set<string>()
  // A set that grows while it is gone over is gone over to its end.
  for (const key of found) {
    for (const own of [kept.names.get(key), changed.get(key)]) {
      if (!own) continue
      for (const name of namesIn(own)) {
        if (names.has(name)) continue
        names.add(name)
        for (const other of kept.keysOf(name)) found.add(other)
        for (const other of changedByName.get(name) ?? []) found.add(other)
      }
    }
  }
  return found
}
