/**
 * terms.tsv: every term of combined_synonyms.json, of both languages, and where its entries lie. Sorted by the bytes of
 * its lines, so that a term among millions is found in some twenty reads of the disk, without reading either file.
 */
import { createReadStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { linesOf } from '../wiki/lines.ts'
import type { Place } from './entry-lines.ts'

export const termIndexName = 'terms.tsv'

export interface IndexedTerm extends Place {
  /** As `foldTitle` makes it. */
  readonly folded: string
  readonly language: string
}

/** A key that sorts as the lines do; the numbers follow in `indexLine`. At most some 500 bytes. */
export function indexKey({ folded, language, offset }: IndexedTerm): string {
  return `${folded}\t${language}\t${String(offset).padStart(15, '0')}`
}

/** A line of the index: folded term, language, offset and bytes of the entry in combined_synonyms.json. */
export function indexLine(term: IndexedTerm): string {
  return `${indexKey(term)}\t${term.bytes}`
}

function termOfLine(line: string): IndexedTerm {
  const [folded = '', language = '', offset, bytes] = line.split('\t')
  return { folded, language, offset: Number(offset), bytes: Number(bytes) }
}

/** Bytes read at a look; lines are shorter. */
const windowBytes = 4096

/** The entries of a folded term, in the order of the file. */
export async function lookUp(file: string, folded: string): Promise<IndexedTerm[]> {
  const handle = await open(file)
  try {
    const wanted = Buffer.from(`${folded}\t`)
    const start = await firstLineFrom(handle, wanted)
    const found: IndexedTerm[] = []
    for await (const line of linesOf(handle.createReadStream({ start, autoClose: false }))) {
      if (!line.startsWith(`${folded}\t`)) break
      found.push(termOfLine(line))
    }
    return found
  } finally {
    await handle.close()
  }
}

/** Offset of the first line that is not before `wanted`; the file's end where all are. */
async function firstLineFrom(handle: FileHandle, wanted: Buffer): Promise<number> {
  const { size } = await handle.stat()
  let [low, high] = [0, size]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const line = await bytesAt(handle, await lineFrom(handle, middle))
    const isBefore = line.length > 0 && Buffer.compare(line.subarray(0, wanted.length), wanted) < 0
    if (isBefore) low = middle + 1
    else high = middle
  }
  return lineFrom(handle, low)
}

/** Offset of the first line that begins at `offset` or after it; the file's end where none does. */
async function lineFrom(handle: FileHandle, offset: number): Promise<number> {
  if (offset === 0) return 0
  for (let at = offset - 1; ; ) {
    const bytes = await bytesAt(handle, at)
    if (bytes.length === 0) return at
    const feed = bytes.indexOf(10)
    if (feed >= 0) return at + feed + 1
    at += bytes.length
  }
}

async function bytesAt(handle: FileHandle, offset: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(windowBytes), 0, windowBytes, offset)
  return buffer.subarray(0, bytesRead)
}

/** The folded terms in order, some thousands at a time, for a look at all of them; one of several entries comes as often. */
export async function* termBatches(file: string): AsyncIterable<string[]> {
  let rest = ''
  for await (const chunk of createReadStream(file, { encoding: 'utf8', highWaterMark: 1 << 20 })) {
    const lines = (rest + (chunk as string)).split('\n')
    rest = lines.pop() ?? ''
    yield lines.map((line) => line.slice(0, line.indexOf('\t')))
  }
}
