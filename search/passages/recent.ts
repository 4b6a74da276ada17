/** The values used last, as many as fit, in two generations: the elder goes as a whole, so that no one asks in which order its values were used. */
export class Recent<K, V> {
  private young = new Map<K, V>()
  private elder = new Map<K, V>()
  private youngCost = 0
  private readonly budget: number
  private readonly costOf: (value: V) => number

  constructor(budget: number, costOf: (value: V) => number) {
    this.budget = budget
    this.costOf = costOf
  }

  get(key: K, make: () => V): V {
    const known = this.young.get(key)
    if (known !== undefined) return known
    const value = this.elder.get(key) ?? make()
    const cost = this.costOf(value)
    if (this.youngCost + cost > this.budget / 2) {
      this.elder = this.young
      this.young = new Map()
      this.youngCost = 0
    }
    this.young.set(key, value)
    this.youngCost += cost
    return value
  }
}
