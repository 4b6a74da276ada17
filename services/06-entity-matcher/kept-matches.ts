/** What was found in each page, and what it rests on: left to the next update. */
import type { KeptTables, ScratchTable } from '../../runtime/ports.ts'
import type { SynonymCandidate } from '../../schemas/types.ts'
import type { AskedMates } from './asked-mates.ts'

/** A candidate with how often its page says so. */
interface Found {
  readonly candidate: SynonymCandidate
  readonly times: number
}

export class KeptMatches {
  /** `pairKey\tleft title\tright title\tpage` */
  private readonly found: ScratchTable<Found>
  private readonly candidatesOfPages: ScratchTable<readonly string[]>
  /** Digests, of 32 bits each, of the titles that were asked for when a page was matched. */
  private readonly asked: ScratchTable<Buffer>

  constructor(tables: KeptTables) {
    this.found = tables.table('found')
    this.candidatesOfPages = tables.table('candidates of pages')
    this.asked = tables.table('asked')
  }

  /** Names of what was found in a page. */
  of(page: string): readonly string[] {
    return this.candidatesOfPages.get(page) ?? []
  }

  /** What is found in a page now, in the place of what was. */
  put(page: string, candidates: readonly SynonymCandidate[], asked: AskedMates | undefined): void {
    for (const name of this.of(page)) this.found.put(`${name}\t${page}`, null)
    const own = new Map<string, Found>()
    for (const candidate of candidates) {
      const name = nameOf(candidate)
      const known = own.get(name)
      own.set(name, known ? { ...known, times: known.times + 1 } : { candidate, times: 1 })
    }
    for (const [name, found] of own) this.found.put(`${name}\t${page}`, found)
    this.candidatesOfPages.put(page, own.size > 0 ? [...own.keys()] : null)
    this.asked.put(page, asked?.bytes() ?? null)
  }

  /** Counts the page pairs that say so; the first page, by title, stands for the evidence. */
  candidate(name: string): SynonymCandidate | undefined {
    return summed([...this.found.entries({ from: `${name}\t`, to: `${name}\n` })].map(({ value }) => value))
  }

  *candidates(): Iterable<SynonymCandidate> {
    let own: Found[] = []
    let current = ''
    for (const { key, value } of this.found.entries()) {
      const name = key.slice(0, key.lastIndexOf('\t'))
      if (name !== current && own.length > 0) {
        yield summed(own)!
        own = []
      }
      current = name
      own.push(value)
    }
    if (own.length > 0) yield summed(own)!
  }

  /** Pages for which one of the titles was asked, and by chance, one time in some millions, others. */
  *pagesThatAsked(changed: AskedMates): Iterable<string> {
    if (changed.size === 0) return
    for (const { key, value } of this.asked.entries()) if (changed.meets(value)) yield key
  }
}

export function nameOf({ pairKey, left, right }: SynonymCandidate): string {
  return [pairKey, left.title, right.title].join('\t')
}

function summed(found: readonly Found[]): SynonymCandidate | undefined {
  const [first] = found
  return first && { ...first.candidate, count: found.reduce((sum, { times }) => sum + times, 0) }
}
