/** Where the bytes of a result go: a file that is there in full or not at all, or standard output. */
import { randomUUID } from 'node:crypto'
import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { ConfigError } from '../runtime/errors.ts'
import { writeFailure } from '../runtime/files.ts'

export interface Destination {
  /** Undefined for standard output. */
  readonly file: string | undefined
  readonly bytes: number
  write(bytes: Uint8Array): Promise<void>
  /** Makes what was written the result. */
  finish(): Promise<void>
  /** Leaves nothing behind. */
  discard(): Promise<void>
}

/** Whoever read our standard output has enough, as `head` has. */
export class ReaderLeft extends Error {}

/** @param out a file, or `-` or nothing for standard output. Throws ConfigError OUT_IS_FOLDER. */
export async function openDestination(out: string | undefined): Promise<Destination> {
  if (out === undefined || out === '-') return new StandardOutput()
  const file = resolve(out)
  const found = await stat(file).catch(() => undefined)
  if (found?.isDirectory()) {
    throw new ConfigError('OUT_IS_FOLDER', `${out} is a folder`, {
      hint: 'Give --out a file, such as articles.jsonl.zst.',
    })
  }
  // A device or a named pipe is written to as it is.
  const temporary =
    found === undefined || found.isFile() ? join(dirname(file), `.${basename(file)}.${randomUUID()}.part`) : file
  const handle = await mkdir(dirname(file), { recursive: true })
    .then(() => open(temporary, 'w'))
    .catch((cause: unknown) => {
      throw writeFailure(file, cause)
    })
  return new ResultFile(file, temporary, handle)
}

/** What is flushed at a time while more is written, so that little is left to wait for at the end. */
const flushBytes = 32 << 20

class ResultFile implements Destination {
  readonly file: string
  bytes = 0
  private flushed = 0
  private flushing: Promise<void> = Promise.resolve()
  private readonly temporary: string
  private readonly handle: FileHandle

  constructor(file: string, temporary: string, handle: FileHandle) {
    this.file = file
    this.temporary = temporary
    this.handle = handle
  }

  async write(bytes: Uint8Array): Promise<void> {
    await this.tried(() => this.handle.writeFile(bytes))
    this.bytes += bytes.length
    if (this.temporary !== this.file && this.bytes - this.flushed >= flushBytes) await this.tried(() => this.flush())
  }

  /** Begins to flush what is written, once what was begun before is through. */
  private async flush(): Promise<void> {
    await this.flushing
    this.flushed = this.bytes
    this.flushing = this.handle.datasync()
    // A failure is told by whoever waits for it next.
    this.flushing.catch(ignore)
  }

  async finish(): Promise<void> {
    const isAtOnce = this.temporary === this.file
    await this.tried(async () => {
      await this.flushing
      if (!isAtOnce) await this.handle.sync()
      await this.handle.close()
      if (!isAtOnce) await rename(this.temporary, this.file)
    })
  }

  async discard(): Promise<void> {
    await this.flushing.catch(ignore)
    await this.handle.close().catch(ignore)
    if (this.temporary !== this.file) await rm(this.temporary, { force: true })
  }

  private async tried(action: () => Promise<void>): Promise<void> {
    try {
      await action()
    } catch (cause) {
      throw writeFailure(this.file, cause)
    }
  }
}

class StandardOutput implements Destination {
  readonly file = undefined
  bytes = 0

  constructor() {
    // The callback of the write tells; without a listener the process would end.
    process.stdout.on('error', ignore)
  }

  async write(bytes: Uint8Array): Promise<void> {
    await new Promise<void>((done, fail) => {
      process.stdout.write(bytes, (error) => {
        if (error) fail('code' in error && error.code === 'EPIPE' ? new ReaderLeft() : writeFailure('-', error))
        else done()
      })
    })
    this.bytes += bytes.length
  }

  async finish(): Promise<void> {}

  async discard(): Promise<void> {}
}

function ignore(): void {}
