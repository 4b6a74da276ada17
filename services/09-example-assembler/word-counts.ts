/** How many texts hold a word: counted in memory a stretch at a time and added up on disk, for words grow with the corpus. */
import type { ScratchTable } from '../../runtime/ports.ts'
import { Recent } from '../../search/passages/recent.ts'
import { termKey } from '../../search/passages/term-key.ts'

const wordsInMemory = 100_000

export class WordCounts {
  readonly #table: ScratchTable<number>
  #pending = new Map<string, number>()
  readonly #recent = new Recent<string, number>(wordsInMemory, () => 1)

  constructor(table: ScratchTable<number>) {
    this.#table = table
  }

  /** The words of one text. All are added before the first is asked for. */
  add(words: ReadonlySet<string>): void {
    for (const word of words) this.#pending.set(word, (this.#pending.get(word) ?? 0) + 1)
    if (this.#pending.size >= wordsInMemory) this.#flush()
  }

  of(word: string): number {
    if (this.#pending.size > 0) this.#flush()
    return this.#recent.get(word, () => this.#table.get(termKey(word)) ?? 0)
  }

  #flush(): void {
    // In the order of the table, which then writes page by page.
    const keyed = [...this.#pending].map(([word, count]) => [termKey(word), count] as const)
    keyed.sort(([a], [b]) => (a < b ? -1 : 1))
    for (const [key, count] of keyed) this.#table.put(key, (this.#table.get(key) ?? 0) + count)
    this.#pending = new Map()
  }
}
