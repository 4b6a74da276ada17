/** Connected components of names (union-find with path halving and union by size; Tarjan and van Leeuwen 1984). */
export class Components {
  private readonly ids = new Map<string, number>()
  private readonly names: string[] = []
  private readonly parents: number[] = []
  private readonly sizes: number[] = []

  /** Puts names into one component. */
  join(first: string, ...others: readonly string[]): void {
    const id = this.idOf(first)
    for (const other of others) this.union(id, this.idOf(other))
  }

  /** The smallest name of each name's component, by code point: the same whatever the order of the joins. */
  smallestNames(): ReadonlyMap<string, string> {
    const smallest: string[] = []
    for (const [id, name] of this.names.entries()) {
      const root = this.rootOf(id)
      const known = smallest[root]
      if (known === undefined || name < known) smallest[root] = name
    }
    return new Map(this.names.map((name, id) => [name, smallest[this.rootOf(id)]!]))
  }

  private union(a: number, b: number): void {
    let [left, right] = [this.rootOf(a), this.rootOf(b)]
    if (left === right) return
    if (this.sizes[left]! < this.sizes[right]!) [left, right] = [right, left]
    this.parents[right] = left
    this.sizes[left]! += this.sizes[right]!
  }

  private idOf(name: string): number {
    const known = this.ids.get(name)
    if (known !== undefined) return known
    const id = this.names.length
    this.ids.set(name, id)
    this.names.push(name)
    this.parents.push(id)
    this.sizes.push(1)
    return id
  }

  private rootOf(id: number): number {
    let at = id
    while (this.parents[at] !== at) {
      this.parents[at] = this.parents[this.parents[at]!]!
      at = this.parents[at]!
    }
    return at
  }
}
