/**
 * Files that are made of pieces in the order of their keys, such as the lines of a table. Beside each lies a list of its keys, so that an
 * update can put new pieces among the old ones, which are copied as they are.
 */
import { createReadStream, existsSync } from 'node:fs'
import { SequentialReader, SequentialWriter } from '../../search/passages/sequential-file.ts'
import { FatalError } from '../errors.ts'
import type { FileStore, Scratch, WrittenFile } from '../ports.ts'

export interface Piece {
  /** At most 65,535 bytes of UTF-8. */
  readonly key: Buffer
  readonly bytes: Buffer
}

/** What stands around the pieces of a file. */
export interface Frame {
  readonly opening: string
  readonly separator: string
  readonly closing: string
  /** The whole file, where there is no piece. */
  readonly empty: string
}

/** A piece is a line without its line feed, or several with line feeds between them. */
export const asLines: Frame = { opening: '', separator: '\n', closing: '\n', empty: '' }
/** A JSON array with one value a line: readable by a JSON parser, and by grep and diff. */
export const asArray: Frame = { opening: '[\n', separator: ',\n', closing: '\n]\n', empty: '[]\n' }
/** One piece after another. */
export const asRows: Frame = { opening: '', separator: '', closing: '', empty: '' }

/** Handed on at once: each by itself would take longer than making it. */
const batchBytes = 1 << 16
const bytesBeforeKey = 6

export class PieceFile {
  readonly address: string
  readonly frame: Frame
  private readonly keys: string
  private readonly files: FileStore
  private readonly scratch: Scratch

  constructor(
    address: string,
    frame: Frame,
    { files, scratch }: { readonly files: FileStore; readonly scratch: Scratch },
  ) {
    this.address = address
    this.frame = frame
    this.keys = `state/keys/${address}`
    this.files = files
    this.scratch = scratch
  }

  get exists(): boolean {
    return existsSync(this.files.path(this.address)) && existsSync(this.files.path(this.keys))
  }

  /** @param pieces in the order of their keys, each key once; they may be `pieces()` of this very file, amended. */
  async write(pieces: Iterable<Piece>): Promise<WrittenFile & { readonly pieces: number }> {
    const spooled = `${this.scratch.folder('keys')}/${encodeURIComponent(this.address)}`
    const keys = new SequentialWriter(spooled)
    let count = 0
    const noted = function* (): Iterable<Piece> {
      for (const piece of pieces) {
        const head = Buffer.allocUnsafe(bytesBeforeKey)
        head.writeUInt32LE(piece.bytes.length, 0)
        head.writeUInt16LE(piece.key.length, 4)
        keys.write(head)
        keys.write(piece.key)
        count++
        yield piece
      }
    }
    const file = await this.files.write(this.address, framed(noted(), this.frame)).finally(() => keys.close())
    await this.files.write(this.keys, createReadStream(spooled))
    return { ...file, pieces: count }
  }

  /** The pieces as they were written, with where each begins in the file, in bytes. */
  *pieces(): Iterable<Piece & { readonly offset: number }> {
    const { opening, separator } = this.frame
    const file = new SequentialReader(this.files.path(this.address))
    try {
      let between = Buffer.byteLength(opening)
      let offset = 0
      for (const { key, length } of this.lengths()) {
        this.filled(file, between)
        offset += between
        yield { key, bytes: this.filled(file, length), offset }
        offset += length
        between = Buffer.byteLength(separator)
      }
    } finally {
      file.close()
    }
  }

  /** The keys of the pieces, and how many bytes each has. */
  private *lengths(): Iterable<{ readonly key: Buffer; readonly length: number }> {
    const keys = new SequentialReader(this.files.path(this.keys))
    const head = Buffer.allocUnsafe(bytesBeforeKey)
    try {
      while (keys.fill(head)) yield { length: head.readUInt32LE(0), key: this.filled(keys, head.readUInt16LE(4)) }
    } finally {
      keys.close()
    }
  }

  private filled(reader: SequentialReader, length: number): Buffer {
    const bytes = Buffer.allocUnsafe(length)
    if (reader.fill(bytes)) return bytes
    throw new FatalError('PIECES_CUT', 'a file is shorter than the list of its keys says', {
      at: { file: this.files.path(this.address) },
      hint: 'It was changed while it was read: run the same command again.',
    })
  }
}

/** A piece of text. */
export function pieceOf(key: string, text: string): Piece {
  return { key: Buffer.from(key), bytes: Buffer.from(text) }
}

/** What becomes of a key: its new piece, or none. */
export interface Change {
  readonly key: Buffer
  readonly bytes: Buffer | null
}

/**
 * The pieces with the changes among them, both in the order of their keys.
 * @param stays is asked of each old piece that has no change of its own.
 */
export function* amended(
  pieces: Iterable<Piece>,
  changes: Iterable<Change>,
  stays: (key: Buffer) => boolean = () => true,
): Iterable<Piece> {
  const rest = changes[Symbol.iterator]()
  let next = rest.next()
  for (const piece of pieces) {
    let order = next.done ? 1 : next.value.key.compare(piece.key)
    while (!next.done && order < 0) {
      yield* pieceIn(next.value)
      next = rest.next()
      order = next.done ? 1 : next.value.key.compare(piece.key)
    }
    if (!next.done && order === 0) {
      yield* pieceIn(next.value)
      next = rest.next()
    } else if (stays(piece.key)) yield piece
  }
  for (; !next.done; next = rest.next()) yield* pieceIn(next.value)
}

function* pieceIn({ key, bytes }: Change): Iterable<Piece> {
  if (bytes !== null) yield { key, bytes }
}

/** The bytes of a file of pieces, of which a batch holds whole ones. */
export async function* framed(pieces: Iterable<Piece>, frame: Frame): AsyncIterable<Uint8Array> {
  const separator = Buffer.from(frame.separator)
  let batch: Buffer[] = []
  let bytes = 0
  let isFirst = true
  const add = (part: Buffer): void => {
    batch.push(part)
    bytes += part.length
  }
  for (const piece of pieces) {
    add(isFirst ? Buffer.from(frame.opening) : separator)
    isFirst = false
    if (bytes >= batchBytes) {
      yield Buffer.concat(batch, bytes)
      batch = []
      bytes = 0
    }
    add(piece.bytes)
  }
  add(Buffer.from(isFirst ? frame.empty : frame.closing))
  yield Buffer.concat(batch, bytes)
}
