/** Which version of a page an article was read from: enough to tell, before a page is parsed, that it is the same one again. */
import { hash } from 'node:crypto'
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

export interface PageVersion {
  readonly pageId: number
  readonly revisionId: number
  /** As shown, with spaces. */
  readonly title: string
  /** ISO 8601 UTC. */
  readonly timestamp: string
  /** Length of the wikitext in UTF-8 bytes. */
  readonly textBytes: number
}

const textMark = Buffer.from('<text')
/** Between a page's first mark and its text lie title, ids, contributor and comment. */
const longestHead = 16 * 1024

/**
 * The version of a page in export XML, as MediaWiki writes it; undefined where it is written otherwise, which says nothing
 * about the page: it is then read.
 */
export function versionOf(page: Buffer): PageVersion | undefined {
  const textAt = page.subarray(0, longestHead).indexOf(textMark)
  if (textAt < 0) return undefined
  const head = page.toString('utf8', 0, Math.min(page.length, textAt + 200))
  const title = /<title>([^<]*)<\/title>/.exec(head)?.[1]
  const pageId = /<id>(\d+)<\/id>/.exec(head)?.[1]
  const revision = /<revision>\s*<id>(\d+)<\/id>[\s\S]*?<timestamp>([^<]*)<\/timestamp>/.exec(head)
  const textBytes = /<text bytes="(\d+)"/.exec(head)?.[1]
  if (title === undefined || pageId === undefined || revision === null || textBytes === undefined) return undefined
  return {
    pageId: Number(pageId),
    revisionId: Number(revision[1]),
    title: unescaped(title),
    timestamp: revision[2] ?? '',
    textBytes: Number(textBytes),
  }
}

/** What MediaWiki escapes in a title (htmlspecialchars). */
const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#039;': "'",
}

function unescaped(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|#039);/g, (entity) => entities[entity] ?? entity)
}

/** Name of the file of versions of a wiki. */
export function versionsName(wiki: string): string {
  return `${wiki}.pages`
}

/** Page id, revision id (both as unsigned 64 bit, big endian), and 64 bits of a digest of the rest. */
const rowBytes = 24
const rowsOfBlock = 4096

/** A row of a file of versions, which has them in the order of the page ids, each id once. */
export function versionRow({ pageId, revisionId, title, timestamp, textBytes }: PageVersion): Buffer {
  const row = Buffer.alloc(rowBytes)
  row.writeBigUInt64BE(BigInt(pageId), 0)
  row.writeBigUInt64BE(BigInt(revisionId), 8)
  hash('sha1', `${title}\n${timestamp}\n${textBytes}`, 'buffer').copy(row, 16, 0, 8)
  return row
}

/** A file of versions, read in blocks: pages of a dump come in about the order of their ids. */
export class VersionFile {
  private readonly file: number
  private readonly rows: number
  private block: Buffer = Buffer.alloc(0)
  private blockAt = -1

  constructor(path: string) {
    this.file = openSync(path, 'r')
    this.rows = Math.floor(fstatSync(this.file).size / rowBytes)
  }

  has(version: PageVersion): boolean {
    const wanted = versionRow(version)
    let [low, high] = [0, this.rows]
    while (low < high) {
      const middle = this.isInBlock(wanted) ? this.clamp(low, high) : (low + high) >>> 1
      const order = this.rowAt(middle).compare(wanted, 0, 8, 0, 8)
      if (order === 0) return this.rowAt(middle).equals(wanted)
      if (order < 0) low = middle + 1
      else high = middle
    }
    return false
  }

  /** Ids of the pages from `from` on, below `to`, in their order. */
  *idsFrom(from: number, to: number): Iterable<number> {
    for (let row = this.firstRowFrom(from); row < this.rows; row++) {
      const id = Number(this.rowAt(row).readBigUInt64BE(0))
      if (id >= to) return
      yield id
    }
  }

  close(): void {
    closeSync(this.file)
  }

  private firstRowFrom(id: number): number {
    let [low, high] = [0, this.rows]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.rowAt(middle).readBigUInt64BE(0) < BigInt(id)) low = middle + 1
      else high = middle
    }
    return low
  }

  private rowAt(row: number): Buffer {
    const block = Math.floor(row / rowsOfBlock)
    if (block !== this.blockAt) {
      this.block = Buffer.alloc(Math.min(rowsOfBlock, this.rows - block * rowsOfBlock) * rowBytes)
      readSync(this.file, this.block, 0, this.block.length, block * rowsOfBlock * rowBytes)
      this.blockAt = block
    }
    const at = (row - block * rowsOfBlock) * rowBytes
    return this.block.subarray(at, at + rowBytes)
  }

  /** Whether the wanted id lies between the first and the last of the block at hand. */
  private isInBlock(wanted: Buffer): boolean {
    const { length } = this.block
    if (length === 0) return false
    return (
      this.block.compare(wanted, 0, 8, 0, 8) <= 0 &&
      this.block.compare(wanted, 0, 8, length - rowBytes, length - rowBytes + 8) >= 0
    )
  }

  /** The middle of the search as far as it lies in the block at hand. */
  private clamp(low: number, high: number): number {
    const first = this.blockAt * rowsOfBlock
    const from = Math.max(low, first)
    const to = Math.min(high, first + this.block.length / rowBytes)
    return from < to ? (from + to) >>> 1 : (low + high) >>> 1
  }
}
