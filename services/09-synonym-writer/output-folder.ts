/** Writes the files of the dictionary, and keeps what the data card says of them. */
import type { CardFile } from '../../dictionary/card-facts.ts'
import type { Logger } from '../../runtime/log.ts'
import type { FileStore } from '../../runtime/ports.ts'

export type Packed = AsyncIterable<Uint8Array | string>

export class OutputFolder {
  readonly written: CardFile[] = []
  private readonly files: FileStore
  private readonly folder: string
  private readonly log: Logger

  constructor(files: FileStore, folder: string, log: Logger) {
    this.files = files
    this.folder = folder
    this.log = log
  }

  async writeRows(name: string, rows: number, content: Packed): Promise<void> {
    const { bytes, sha256 } = await this.write(name, content)
    this.written.push({ name, bytes, sha256, rows })
  }

  /** A file that the card is not about. */
  async write(name: string, content: Packed | string): Promise<{ readonly bytes: number; readonly sha256: string }> {
    const file = await this.files.write(`${this.folder}/${name}`, content)
    this.log.info({ ...file }, 'file of the dictionary written')
    return file
  }

  path(name: string): string {
    return this.files.path(`${this.folder}/${name}`)
  }
}
