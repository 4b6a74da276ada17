/** Draws at random in one pass: by the hash of what is drawn and the seed, so that the same is drawn whatever the order. */
import { createHash } from 'node:crypto'

/** Kept at most before those that cannot be drawn any more are let go, as a multiple of those wanted. */
const slack = 50

export class Draw<T> {
  private readonly wanted: number
  private readonly seed: string
  private kept: { readonly rank: string; readonly value: T }[] = []

  constructor(wanted: number, seed: string | number = '') {
    this.wanted = wanted
    this.seed = String(seed)
  }

  /** @param name names the value; two values of one name are not told apart. */
  add(name: string, value: T): void {
    const rank = createHash('sha1')
      .update(this.seed === '' ? name : `${this.seed}:${name}`)
      .digest('hex')
    this.kept.push({ rank, value })
    if (this.kept.length >= this.wanted * slack) this.settle()
  }

  /** Those drawn, in the order of their hashes. */
  values(): T[] {
    this.settle()
    return this.kept.map(({ value }) => value)
  }

  private settle(): void {
    this.kept = this.kept.sort((a, b) => (a.rank < b.rank ? -1 : 1)).slice(0, this.wanted)
  }
}
