/**
 * terms.tsv: every term of combined_synonyms.json, of both languages, and where its entries lie. Sorted by the bytes of
 * its lines, so that a term among millions is found in some twenty reads of the disk, without reading either file.
 */
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { linesOf } from '../wiki/lines.ts'
import { firstLine } from './sorted-lines.ts'

export const termIndexName = 'terms.tsv'

/** Bytes of combined_synonyms.json that hold an entry. */
export interface Place {
  readonly offset: number
  readonly bytes: number
}

export interface IndexedTerm extends Place {
  /** As `foldTitle` makes it. */
  readonly folded: string
  readonly language: string
}

/** A key that sorts as the lines do, of which it is all but the last field, the bytes of the entry. At most some 500 bytes. */
export function indexKey({ folded, language, offset }: IndexedTerm): string {
  return `${folded}\t${language}\t${String(offset).padStart(15, '0')}`
}

function termOfLine(line: string): IndexedTerm {
  const [folded = '', language = '', offset, bytes] = line.split('\t')
  return { folded, language, offset: Number(offset), bytes: Number(bytes) }
}

/** The entries of a folded term, in the order of the file. */
export async function lookUp(file: string, folded: string): Promise<IndexedTerm[]> {
  const handle = await open(file)
  try {
    const wanted = Buffer.from(`${folded}\t`)
    const isBefore = (line: Buffer) => Buffer.compare(line.subarray(0, wanted.length), wanted) < 0
    const start = await firstLine(handle, isBefore)
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

/** The folded terms in order, some thousands at a time, for a look at all of them; one of several entries comes as often. */
export async function* termBatches(file: string): AsyncIterable<string[]> {
  let rest = ''
  for await (const chunk of createReadStream(file, { encoding: 'utf8', highWaterMark: 1 << 20 })) {
    const lines = (rest + (chunk as string)).split('\n')
    rest = lines.pop() ?? ''
    yield lines.map((line) => line.slice(0, line.indexOf('\t')))
  }
}
