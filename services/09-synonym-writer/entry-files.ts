/** Files of entries in each of their formats: the JSON is written first, and the others are made of it. */
import type { z } from 'zod'
import type { Deps } from '../../runtime/service.ts'
import { asArray, asLines, framed, type Piece, PieceFile } from '../../runtime/update/piece-file.ts'
import { parquetOfColumns } from '../../wiki/extract/parquet.ts'
import { entryColumns } from './entries.ts'
import type { OutputFolder } from './output-folder.ts'
import type { settings } from './settings.ts'

export type WriterDeps = Pick<
  Deps<z.output<typeof settings>, 'files' | 'scratch'>,
  'settings' | 'files' | 'scratch' | 'log'
>

/** The entries of a file, in the order of their keys. */
export type PiecesOf = (file: PieceFile) => Iterable<Piece>

export class EntryFiles {
  private readonly folder: OutputFolder
  private readonly deps: WriterDeps

  constructor(folder: OutputFolder, deps: WriterDeps) {
    this.folder = folder
    this.deps = deps
  }

  /** The JSON, whose pieces are the entries. */
  file(name: string): PieceFile {
    return new PieceFile(`${this.deps.settings.folder}/${name}.json`, asArray, this.deps)
  }

  async write(name: string, piecesOf: PiecesOf): Promise<void> {
    const { folder, deps } = this
    const file = this.file(name)
    const json = await file.write(piecesOf(file))
    for (const format of deps.settings.formats) {
      const { bytes, sha256 } =
        format === 'json' ? json : await folder.write(`${name}.${format}`, this.packed(file, format))
      folder.written.push({ name: `${name}.${format}`, bytes, sha256, rows: json.pieces })
    }
  }

  private packed(file: PieceFile, format: 'jsonl' | 'parquet'): AsyncIterable<Uint8Array> {
    const lines = framed(file.pieces(), asLines)
    return format === 'jsonl' ? lines : parquetOfColumns(lines, entryColumns(this.deps.settings.languages))
  }
}
