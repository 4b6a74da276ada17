/**
 * Documents as they come, until there are enough for a segment; then turned over into postings by term and spilled to disk:
 *
 *   terms     u32 bytes of the term, u32 n, the term; by term
 *   postings  u16 × n documents of the segment, u16 × n frequencies, u32 × n lengths of the documents; in the same order
 */
import { segmentDocuments } from './posting-list.ts'
import { SequentialReader, SequentialWriter } from './sequential-file.ts'

/** Bounds the memory where documents are long: some 100 MB of a segment that is turned over. */
const segmentPostings = 1 << 22
const highestFrequency = 0xffff

export interface SpilledPostings {
  readonly docs: Uint16Array
  readonly frequencies: Uint16Array
  readonly lengths: Uint32Array
}

export class Segment {
  documentCount = 0
  private readonly ids = new Map<string, number>()
  private readonly lengths = new Uint32Array(segmentDocuments)
  /** By posting. */
  private terms = new Uint32Array(1 << 12)
  private docs = new Uint16Array(1 << 12)
  private frequencies = new Uint16Array(1 << 12)
  private size = 0
  /** By term: its last posting. */
  private lastPostings = new Int32Array(1 << 10)

  get isFull(): boolean {
    return this.documentCount === segmentDocuments || this.size >= segmentPostings
  }

  add(tokens: readonly string[]): void {
    const doc = this.documentCount++
    const first = this.size
    this.lengths[doc] = tokens.length
    for (const token of tokens) {
      const id = this.idOf(token)
      const last = this.lastPostings[id]!
      if (last < first) this.lastPostings[id] = this.push(id, doc)
      else if (this.frequencies[last]! < highestFrequency) this.frequencies[last]! += 1
    }
  }

  spill(termsPath: string, postingsPath: string): void {
    const terms = [...this.ids.keys()].sort()
    const starts = this.startsByTerm()
    const order = this.orderByTerm(starts)
    const termFile = new SequentialWriter(termsPath)
    const postingFile = new SequentialWriter(postingsPath)
    const head = Buffer.alloc(8)
    for (const term of terms) {
      const id = this.ids.get(term)!
      const postings = order.subarray(starts[id]!, starts[id + 1]!)
      const bytes = Buffer.from(term)
      head.writeUInt32LE(bytes.length, 0)
      head.writeUInt32LE(postings.length, 4)
      termFile.write(head)
      termFile.write(bytes)
      const docs = Uint16Array.from(postings, (at) => this.docs[at]!)
      postingFile.write(bytesOf(docs))
      postingFile.write(bytesOf(Uint16Array.from(postings, (at) => this.frequencies[at]!)))
      postingFile.write(bytesOf(Uint32Array.from(docs, (doc) => this.lengths[doc]!)))
    }
    termFile.close()
    postingFile.close()
  }

  private idOf(token: string): number {
    const known = this.ids.get(token)
    if (known !== undefined) return known
    const id = this.ids.size
    this.ids.set(token, id)
    if (id === this.lastPostings.length) this.lastPostings = grown(this.lastPostings, new Int32Array(2 * id))
    this.lastPostings[id] = -1
    return id
  }

  private push(term: number, doc: number): number {
    if (this.size === this.terms.length) {
      this.terms = grown(this.terms, new Uint32Array(2 * this.size))
      this.docs = grown(this.docs, new Uint16Array(2 * this.size))
      this.frequencies = grown(this.frequencies, new Uint16Array(2 * this.size))
    }
    this.terms[this.size] = term
    this.docs[this.size] = doc
    this.frequencies[this.size] = 1
    return this.size++
  }

  private startsByTerm(): Uint32Array {
    const starts = new Uint32Array(this.ids.size + 1)
    for (let at = 0; at < this.size; at++) starts[this.terms[at]! + 1]! += 1
    for (let id = 0; id < this.ids.size; id++) starts[id + 1]! += starts[id]!
    return starts
  }

  /** Postings by term, then by document: a counting sort. */
  private orderByTerm(starts: Uint32Array): Uint32Array {
    const next = starts.slice()
    const order = new Uint32Array(this.size)
    for (let at = 0; at < this.size; at++) order[next[this.terms[at]!]!++] = at
    return order
  }
}

/** A spilled segment, read term by term. */
export class SpilledSegment {
  /** The term at hand; undefined past the last. */
  term: string | undefined
  /** Its documents. */
  count = 0
  private readonly terms: SequentialReader
  private readonly postings: SequentialReader
  private readonly head = Buffer.alloc(8)

  constructor(termsPath: string, postingsPath: string) {
    this.terms = new SequentialReader(termsPath)
    this.postings = new SequentialReader(postingsPath)
    this.advance()
  }

  /** The postings of the term at hand; then the next one is. */
  take(): SpilledPostings {
    const docs = new Uint16Array(this.count)
    const frequencies = new Uint16Array(this.count)
    const lengths = new Uint32Array(this.count)
    for (const part of [docs, frequencies, lengths]) this.postings.fill(bytesOf(part))
    this.advance()
    return { docs, frequencies, lengths }
  }

  close(): void {
    this.terms.close()
    this.postings.close()
  }

  private advance(): void {
    this.term = undefined
    if (!this.terms.fill(this.head)) return
    const bytes = Buffer.alloc(this.head.readUInt32LE(0))
    this.terms.fill(bytes)
    this.term = bytes.toString()
    this.count = this.head.readUInt32LE(4)
  }
}

function grown<T extends Uint32Array | Uint16Array | Int32Array>(from: T, to: T): T {
  to.set(from)
  return to
}

function bytesOf({ buffer, byteOffset, byteLength }: Uint16Array | Uint32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}
