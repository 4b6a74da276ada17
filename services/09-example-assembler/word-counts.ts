/** How many texts hold a word: counted in memory a stretch at a time and added up on disk, for words grow with the corpus. */
import type { ScratchTable } from '../../runtime/ports.ts'
import { onGrid } from '../../search/passages/collection.ts'
import { Recent } from '../../search/passages/recent.ts'
import { termKey } from '../../search/passages/term-key.ts'

const wordsInMemory = 100_000
/** From one step of commonness to the next. */
const commonnessStep = 2

export class WordCounts {
  readonly #table: ScratchTable<number>
  #pending = new Map<string, number>()
  #recent = new Recent<string, number>(wordsInMemory, () => 1)

  constructor(table: ScratchTable<number>) {
    this.#table = table
  }

  /** The words of one text. All are added before the first is asked for. */
  add(words: ReadonlySet<string>): void {
    this.#count(words, 1)
  }

  /** Those of a text that was added. */
  remove(words: ReadonlySet<string>): void {
    this.#count(words, -1)
  }

  /** How common a word is, on a grid: a text more seldom changes it. */
  commonnessOf(word: string): number {
    return onGrid(this.#of(word), commonnessStep)
  }

  #of(word: string): number {
    if (this.#pending.size > 0) this.#flush()
    return this.#recent.get(word, () => this.#table.get(termKey(word)) ?? 0)
  }

  #count(words: ReadonlySet<string>, by: number): void {
    for (const word of words) this.#pending.set(word, (this.#pending.get(word) ?? 0) + by)
    if (this.#pending.size >= wordsInMemory) this.#flush()
  }

  #flush(): void {
    // In the order of the table, which then writes page by page.
    const keyed = [...this.#pending].map(([word, count]) => [termKey(word), count] as const)
    keyed.sort(([a], [b]) => (a < b ? -1 : 1))
    for (const [key, count] of keyed) this.#table.put(key, (this.#table.get(key) ?? 0) + count || null)
    this.#pending = new Map()
    this.#recent = new Recent(wordsInMemory, () => 1)
  }
}
