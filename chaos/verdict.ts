/** What a disturbed run is judged by: its bytes beside those of an undisturbed one, and what became of every event. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileDigest } from '../runtime/files.ts'
import type { ServiceStatus } from '../runtime/status.ts'
import { type ServiceId, specOf, writersOf } from '../topology.ts'

export interface LedgerLine {
  readonly service: ServiceId
  /** Events that the services before it wrote for it. */
  readonly sent: number
  readonly taken: number
  readonly passed: number
  readonly dropped: number
  readonly dead: number
  /** sent = taken = passed + dropped + dead. */
  readonly holds: boolean
}

/** @param statuses of every service that ran; sources, which nobody sends to, are left out. */
export function ledgerLines(statuses: readonly ServiceStatus[]): LedgerLine[] {
  const written = new Map(statuses.map(({ id, figures }) => [id, figures.written]))
  return statuses
    .filter(({ id }) => specOf(id).reads.length > 0)
    .map(({ id, figures }) => {
      const sent = specOf(id)
        .reads.flatMap((topic) => writersOf(topic).map((writer) => written.get(writer)?.[topic] ?? 0))
        .reduce((sum, count) => sum + count, 0)
      const dropped = Object.values(figures.dropped).reduce((sum, count) => sum + count, 0)
      const { events: taken, passed, dead } = figures
      return {
        service: id,
        sent,
        taken,
        passed,
        dropped,
        dead,
        holds: sent === taken && taken === passed + dropped + dead,
      }
    })
}

/** SHA-256 of every file of a data set by its path; the dumps it was made from are left out. */
export async function dataSetFiles(folder: string): Promise<Map<string, string>> {
  const files = new Map<string, string>()
  for (const part of ['wikipedia', 'synonyms', 'training']) {
    if (!existsSync(join(folder, part))) continue
    for (const entry of readdirSync(join(folder, part), { withFileTypes: true })) {
      if (!entry.isFile()) continue
      files.set(`${part}/${entry.name}`, await fileDigest(join(folder, part, entry.name)))
    }
  }
  return files
}

/** Files that only one of two data sets has, or that differ. */
export function differingFiles(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): string[] {
  return [...new Set([...a.keys(), ...b.keys()])].filter((file) => a.get(file) !== b.get(file)).sort()
}
