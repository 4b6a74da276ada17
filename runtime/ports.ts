/**
 * The ports: what a service may ask of the world beyond its topics. Each has an embedded form that needs no server and,
 * where one exists, a form on a server; one suite of tests runs over all forms of a port.
 */

/** Files too large for an event: dumps, checkpoints, exports, data sets. Addresses are relative to the store's root. */
export interface FileStore {
  /** Absolute path of an address; an absolute address stays as it is. Throws ConfigError for one that leaves the store. */
  path(address: string): string
  /** Address of a path inside the store; the path itself for a file outside of it. */
  address(path: string): string
  /** Writes whole and atomically (temporary file, fsync, rename), making folders as needed. */
  write(address: string, content: AsyncIterable<Uint8Array | string> | string | Uint8Array): Promise<WrittenFile>
}

export interface WrittenFile {
  readonly address: string
  readonly bytes: number
  /** Lower-case hexadecimal. */
  readonly sha256: string
}

/** What a claim says: this piece of evidence, brought by this event, belongs to this key. */
export interface Claim {
  readonly key: string
  /** Names the evidence, the same wherever it is found again: (rule, wiki, page, revision …). */
  readonly evidenceId: string
  /** The event that brings it, `topic-partition@offset`: a replayed event finds its own claim and is no duplicate. */
  readonly owner: string
  readonly payload: Uint8Array
}

export interface ClaimResult {
  /** False where another event brought the same evidence before. */
  readonly owned: boolean
  /** Payloads of all evidence of the key as it now stands, in no order that says anything. */
  readonly payloads: readonly Uint8Array[]
}

/** The evidence of a key that is to be forgotten. */
export type Retraction = Pick<Claim, 'key' | 'evidenceId'>

/**
 * The dedup store: per key a set of evidence. Doing the same twice changes nothing, and what is asked for in one turn of the
 * event loop is done in that order, as one batch: ask for many at once.
 */
export interface ClaimStore {
  claim(claim: Claim): Promise<ClaimResult>
  /** Forgets the evidence, where it is there; answers with the payloads of what is left of the key. */
  retract(retraction: Retraction): Promise<readonly Uint8Array[]>
  /** Forgets everything, for a deduplicator that begins again. */
  clear(): Promise<void>
  close(): Promise<void>
}

/**
 * A sorted map on disk for streams that must see their whole input before they write. It begins empty at every start
 * of the stream: what counts is the topic, from which it is filled again.
 */
export interface Scratch {
  /** A map of its own under `name`; keys are compared by UTF-8 bytes, which is code-point order. At most 1,900 bytes a key. */
  table<V>(name: string): ScratchTable<V>
  /** Path of a folder on the same disk, for what brings its own files. */
  folder(name: string): string
  /** Tables of their own, in one file that stays where it is when they are closed: to be kept, or to be read again. */
  tablesIn(file: string, access: 'write' | 'read'): Tables
}

export interface Tables extends Pick<Scratch, 'table'> {
  /** What was put is in the file then. */
  close(): Promise<void>
}

export interface ScratchTable<V> {
  get(key: string): V | undefined
  /** Null removes the key, as a tombstone does on a topic. */
  put(key: string, value: V | null): void
  /** Entries in key order, from `from` (inclusive) to `to` (exclusive) where given. */
  entries(range?: {
    readonly from?: string
    readonly to?: string
  }): Iterable<{ readonly key: string; readonly value: V }>
  readonly size: number
}

/**
 * Sorted maps of a stream that amends (service.ts): empty in a run over all, and in an update as the run before left them. What a run keeps is what the
 * next update finds.
 */
export interface KeptTables {
  /** A map of its own under `name`, as of `Scratch`. */
  table<V>(name: string): ScratchTable<V>
}

/** A document of a search index, by its number, and how well the terms that were looked for fit it. */
export interface SearchHit {
  readonly doc: number
  /** > 0; two of them compare where they are of one index and one search. */
  readonly score: number
}

export interface SearchIndex {
  readonly documentCount: number
  /**
   * The k best documents that share a term, best first, ties by number; terms count as often as they occur. What is asked
   * for in one turn of the event loop may travel as one request: ask for many at once.
   */
  search(terms: readonly string[], k: number): Promise<readonly SearchHit[]>
}

/** BM25 (k1 1.2, b 0.75) over many documents, which lie on disk or on a server. Like scratch, an index lives as long as the stream's run. */
export interface SearchIndexes {
  /**
   * Indexes the documents, each by its terms; their numbers count from 0.
   * @param place `embedded` for a folder of this machine, or the address of an OpenSearch.
   */
  build(place: string, name: string, documents: Iterable<readonly string[]>): Promise<SearchIndex>
}

export interface Ports {
  readonly files: FileStore
  readonly claims: ClaimStore
  readonly scratch: Scratch
  readonly tables: KeptTables
  readonly searchIndexes: SearchIndexes
}
export type PortName = keyof Ports
