/** Builds an index on disk: memory holds one segment, however many documents come. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writing } from '../../runtime/embedded/environment.ts'
import { type Bm25Settings, defaultBm25, lengthNorm, meanLengthOf } from '../bm25-formula.ts'
import { type IndexFacts, indexFormat, PassageIndex, type PassageIndexOptions, paths } from './passage-index.ts'
import { completeList, impactUnit, listBytes, listOf } from './posting-list.ts'
import { Segment, SpilledSegment } from './segment.ts'
import { SequentialWriter } from './sequential-file.ts'
import { type ListPlace, TermTable } from './term-table.ts'

export interface FinishOptions extends PassageIndexOptions {
  /** Of the collection that the documents are of; that of the documents themselves where absent. */
  readonly meanLength?: number
}

export class PassageIndexBuilder {
  private readonly folder: string
  private readonly settings: Bm25Settings
  private segment = new Segment()
  /** Number of the first document of each spilled segment. */
  private readonly bases: number[] = []
  private documents = 0
  private tokens = 0

  /** @param folder is emptied. */
  constructor(folder: string, settings: Bm25Settings = defaultBm25) {
    this.folder = folder
    this.settings = settings
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
  }

  /** Returns the number of the document, which counts from 0. */
  add(tokens: readonly string[]): number {
    if (this.segment.isFull) this.spill()
    this.segment.add(tokens)
    this.tokens += tokens.length
    return this.documents++
  }

  /** The index of what was added. Nothing can be added afterwards. Throws FatalError DISK_FULL, as `add`. */
  async finish({ meanLength, ...options }: FinishOptions = {}): Promise<PassageIndex> {
    if (this.segment.documentCount > 0) this.spill()
    const terms = new TermTable(paths.terms(this.folder), 'write')
    writing(this.folder, 0, () => this.merge(terms, meanLength ?? meanLengthOf(this.documents, this.tokens)))
    await terms.close()
    const facts: IndexFacts = { format: indexFormat, documents: this.documents, bases: this.bases }
    writeFileSync(paths.facts(this.folder), JSON.stringify(facts))
    return PassageIndex.open(this.folder, options)
  }

  private spill(): void {
    const files = this.spillFiles(this.bases.length)
    this.bases.push(this.documents - this.segment.documentCount)
    writing(this.folder, 0, () => this.segment.spill(...files))
    this.segment = new Segment()
  }

  /** Goes through all segments term by term, for a term has one entry in the table. */
  private merge(terms: TermTable, meanLength: number): void {
    const spilled = this.bases.map((_, segment) => new SpilledSegment(...this.spillFiles(segment)))
    const postings = new SequentialWriter(paths.postings(this.folder))
    for (let term = firstTerm(spilled); term !== undefined; term = firstTerm(spilled)) {
      const holders = spilled.filter((segment) => segment.term === term)
      const places = holders.map((holder): ListPlace => {
        const { count } = holder
        const [offset, segment] = [postings.position, spilled.indexOf(holder)]
        return { segment, offset, count, highest: this.writeList(holder, meanLength, postings) }
      })
      terms.put(term, places)
    }
    terms.flush()
    postings.close()
    for (const [number, segment] of spilled.entries()) {
      segment.close()
      for (const file of this.spillFiles(number)) rmSync(file)
    }
  }

  private writeList(segment: SpilledSegment, meanLength: number, postings: SequentialWriter): number {
    const bytes = new Uint8Array(listBytes(segment.count))
    const list = listOf(bytes, segment.count)
    const { docs, frequencies, lengths } = segment.take()
    list.docs.set(docs)
    for (let at = 0; at < docs.length; at++) {
      const frequency = frequencies[at]!
      const impact = frequency / (frequency + lengthNorm(lengths[at]!, meanLength, this.settings))
      list.impacts[at] = Math.max(1, Math.round(impact / impactUnit))
    }
    const highest = completeList(list)
    postings.write(bytes)
    return highest
  }

  private spillFiles(segment: number): [terms: string, postings: string] {
    return [join(this.folder, `${segment}.terms`), join(this.folder, `${segment}.postings`)]
  }
}

function firstTerm(segments: readonly SpilledSegment[]): string | undefined {
  let first: string | undefined
  for (const { term } of segments) if (term !== undefined && (first === undefined || term < first)) first = term
  return first
}
