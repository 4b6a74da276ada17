/** The values used last, as many as fit. */
export class Recent<K, V> {
  private readonly values = new Map<K, V>()
  private readonly budget: number
  private readonly costOf: (value: V) => number
  private cost = 0

  constructor(budget: number, costOf: (value: V) => number) {
    this.budget = budget
    this.costOf = costOf
  }

  get(key: K, make: () => V): V {
    const known = this.values.get(key)
    if (known !== undefined) {
      // A map keeps the order of insertion: the first is the one that has not been used for longest. As long as there is room, no one asks.
      if (this.cost > this.budget / 2) {
        this.values.delete(key)
        this.values.set(key, known)
      }
      return known
    }
    const value = make()
    this.values.set(key, value)
    this.cost += this.costOf(value)
    for (const [oldest, old] of this.values) {
      if (this.cost <= this.budget || oldest === key) break
      this.values.delete(oldest)
      this.cost -= this.costOf(old)
    }
    return value
  }
}
