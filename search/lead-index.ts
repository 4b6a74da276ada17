/**
 * The searchable leads of an exported model: `documents.jsonl` with a line a page, and `vectors.bin` with its vector.
 *
 * vectors.bin, little-endian:
 *   0   8 bytes  `NARULEAD`
 *   8   u32      format, 1
 *   12  u32      documents, N
 *   16  u32      entries of all vectors together, E
 *   20  u32      bytes of a term id, 2 or 4
 *   24  32 bytes SHA-256 of documents.jsonl: a crash between the two files must not pair old leads with new vectors
 *   56  u32 × N  entries of each vector
 *       ids × E  of all vectors one after another
 *       f32 × E  their weights
 *       32 bytes SHA-256 of everything before
 */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { SparseVector } from '../model/sparse-vector.ts'
import { ConfigError, FatalError } from '../runtime/errors.ts'
import type { FileStore } from '../runtime/ports.ts'
import { SparseIndex } from './sparse.ts'

export interface Lead {
  readonly language: string
  readonly title: string
  /** The passage that the vector is of. */
  readonly lead: string
}

export interface EncodedLead extends Lead {
  readonly vector: SparseVector
}

export interface LeadHit extends Lead {
  /** Dot product with the query, > 0. */
  readonly score: number
}

export interface LeadIndex {
  readonly documentCount: number
  /** By document number. */
  readonly leads: readonly Lead[]
  /** The k leads with the highest dot product among those that share a term; of one language where given. */
  search(query: SparseVector, k: number, options?: { readonly language?: string }): LeadHit[]
}

const magic = 'NARULEAD'
const format = 1
const headerBytes = 56
const hashBytes = 32
const documentsName = 'documents.jsonl'
const vectorsName = 'vectors.bin'
const hint = 'naru evaluate makes the index again.'

const leadShape = z.strictObject({ language: z.string(), title: z.string(), lead: z.string() })

/** Writes the index into the folder `address` of the store. The same leads in the same order give the same bytes. */
export async function writeLeadIndex(
  files: Pick<FileStore, 'write'>,
  address: string,
  leads: readonly EncodedLead[],
): Promise<void> {
  const documents = await files.write(`${address}/${documentsName}`, documentLines(leads))
  const vectors = leads.map(({ vector }) => vector)
  await files.write(`${address}/${vectorsName}`, packVectors(vectors, documents.sha256))
}

/**
 * Reads an index into memory. Throws ConfigError INDEX_MISSING and INDEX_FORMAT, FatalError INDEX_TRUNCATED and
 * INDEX_CORRUPT, each with the file.
 */
export async function openLeadIndex(folder: string): Promise<LeadIndex> {
  const [documents, packed] = await Promise.all([
    partOf(join(folder, documentsName)),
    partOf(join(folder, vectorsName)),
  ])
  const { vectors, documentsSha256 } = unpackVectors(packed, join(folder, vectorsName))
  const leads = parseDocuments(documents, documentsSha256, vectors.length, join(folder, documentsName))
  const index = SparseIndex.of(vectors)
  return {
    documentCount: leads.length,
    leads,
    search: (query, k, { language } = {}) => {
      const exclude = (doc: number): boolean => language !== undefined && leads[doc]!.language !== language
      return index.search(query, k, { exclude }).map(({ doc, score }) => ({ ...leads[doc]!, score }))
    },
  }
}

/** A model's vector as the inverted index takes it. */
async function* documentLines(leads: readonly EncodedLead[]): AsyncIterable<string> {
  for (const { language, title, lead } of leads) yield `${JSON.stringify({ language, title, lead })}\n`
}

function packVectors(vectors: readonly SparseVector[], documentsSha256: string): Buffer {
  const entries = vectors.reduce((sum, { terms }) => sum + terms.length, 0)
  const largestId = vectors.reduce((largest, { terms }) => terms.reduce((a, b) => Math.max(a, b), largest), 0)
  const idBytes = largestId < 2 ** 16 ? 2 : 4
  const buffer = Buffer.alloc(packedBytes(vectors.length, entries, idBytes))
  buffer.write(magic, 'latin1')
  buffer.writeUInt32LE(format, 8)
  buffer.writeUInt32LE(vectors.length, 12)
  buffer.writeUInt32LE(entries, 16)
  buffer.writeUInt32LE(idBytes, 20)
  buffer.write(documentsSha256, 24, 'hex')
  let at = headerBytes
  for (const { terms } of vectors) at = buffer.writeUInt32LE(terms.length, at)
  for (const { terms } of vectors) for (const term of terms) at = buffer.writeUIntLE(term, at, idBytes)
  for (const { weights } of vectors) for (const weight of weights) at = buffer.writeFloatLE(weight, at)
  createHash('sha256').update(buffer.subarray(0, at)).digest().copy(buffer, at)
  return buffer
}

function packedBytes(documents: number, entries: number, idBytes: number): number {
  return headerBytes + 4 * documents + (idBytes + 4) * entries + hashBytes
}

function unpackVectors(buffer: Buffer, file: string): { vectors: SparseVector[]; documentsSha256: string } {
  if (buffer.toString('latin1', 0, magic.length) !== magic.slice(0, buffer.length))
    throw corrupt('the file is no lead index', file, 0)
  if (buffer.length < headerBytes) throw truncated(buffer.length, headerBytes, file)
  const found = buffer.readUInt32LE(8)
  if (found !== format)
    throw new ConfigError('INDEX_FORMAT', `the index has format ${found}, not ${format}`, { at: { file }, hint })
  const [documents, entries, idBytes] = [buffer.readUInt32LE(12), buffer.readUInt32LE(16), buffer.readUInt32LE(20)]
  const expected = packedBytes(documents, entries, idBytes)
  if (buffer.length < expected) throw truncated(buffer.length, expected, file)
  const bodyBytes = buffer.length - hashBytes
  const body = createHash('sha256').update(buffer.subarray(0, bodyBytes)).digest()
  if (!body.equals(buffer.subarray(bodyBytes))) throw corrupt('the checksum at its end does not fit', file, bodyBytes)

  const idsStart = headerBytes + 4 * documents
  const weightsStart = idsStart + idBytes * entries
  let entry = 0
  const vectors = Array.from({ length: documents }, (_, document): SparseVector => {
    const length = buffer.readUInt32LE(headerBytes + 4 * document)
    const first = entry
    entry += length
    return {
      terms: Uint32Array.from({ length }, (_, at) => buffer.readUIntLE(idsStart + idBytes * (first + at), idBytes)),
      weights: Float32Array.from({ length }, (_, at) => buffer.readFloatLE(weightsStart + 4 * (first + at))),
    }
  })
  return { vectors, documentsSha256: buffer.toString('hex', 24, headerBytes) }
}

function parseDocuments(content: Buffer, sha256: string, count: number, file: string): Lead[] {
  if (createHash('sha256').update(content).digest('hex') !== sha256)
    throw corrupt(`it is not the file that ${vectorsName} was made with`, file)
  const lines = content.toString('utf8').split('\n').slice(0, -1)
  if (lines.length !== count) throw corrupt(`${lines.length} leads for ${count} vectors`, file)
  return lines.map((line) => leadShape.parse(JSON.parse(line)))
}

async function partOf(file: string): Promise<Buffer> {
  try {
    return await readFile(file)
  } catch (cause) {
    throw new ConfigError('INDEX_MISSING', 'the lead index cannot be read', { at: { file }, hint, cause })
  }
}

function truncated(bytes: number, expected: number, file: string): FatalError {
  const message = `the file ends after ${bytes} of ${expected} bytes`
  return new FatalError('INDEX_TRUNCATED', message, { at: { file, byteOffset: bytes }, hint })
}

function corrupt(message: string, file: string, byteOffset?: number): FatalError {
  const at = byteOffset === undefined ? { file } : { file, byteOffset }
  return new FatalError('INDEX_CORRUPT', message, { at, hint })
}
