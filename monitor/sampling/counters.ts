/** Counters of processes added up, so that a process that starts again takes nothing away. */
import type { MetricsPage } from './metrics-pages.ts'

export class Counters {
  /** Last value by instance and key. */
  private readonly seen = new Map<string, number>()
  private readonly totals = new Map<string, number>()

  /** Takes what the pages say now; a value below the last one is of a process that began anew. */
  add(pages: readonly MetricsPage[]): void {
    for (const { instance, figures } of pages) {
      for (const { name, labels, value } of figures) {
        if (!name.endsWith('_total') && !name.endsWith('_sum')) continue
        const key = keyOf(name, labels)
        const place = `${instance} ${key}`
        const before = this.seen.get(place) ?? 0
        this.seen.set(place, value)
        this.totals.set(key, (this.totals.get(key) ?? 0) + (value >= before ? value - before : value))
      }
    }
  }

  /** As they stand, a copy. */
  snapshot(): ReadonlyMap<string, number> {
    return new Map(this.totals)
  }
}

export function keyOf(name: string, labels: Readonly<Record<string, string>>): string {
  const sorted = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1))
  return sorted.length === 0 ? name : `${name}{${sorted.map(([key, value]) => `${key}=${value}`).join(',')}}`
}
