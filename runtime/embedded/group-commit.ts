import type { RootDatabase } from 'lmdb'
import { writing } from './environment.ts'

interface Waiting {
  /** Does the work inside of a transaction; answers what to do once that is on disk. */
  readonly begin: () => () => void
  readonly bytes: number
  readonly reject: (error: unknown) => void
}

/**
 * Writes to an lmdb environment: all that is asked for in one turn of the event loop is one transaction and one flush to
 * disk. lmdb's own asynchronous transactions share a flush as well, but where one fails, as on a full disk, they leave a
 * rejected promise that nobody can reach, and Node ends the process for it (lmdb 3.5, rejectCommit in write.js).
 */
export class GroupCommit {
  private readonly database: RootDatabase
  private readonly folder: string
  private waiting: Waiting[] = []

  /** @param folder of the environment. */
  constructor(database: RootDatabase, folder: string) {
    this.database = database
    this.folder = folder
  }

  /**
   * Resolves with what the work returned once its writes are on disk. Work that throws must have written nothing by then;
   * it costs no other. Throws FatalError DISK_FULL.
   * @param bytes that the work writes, about.
   */
  write<T>(bytes: number, work: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      const begin = () => {
        const result = work()
        return () => resolve(result)
      }
      if (this.waiting.push({ begin, bytes, reject }) === 1) setImmediate(() => this.commit())
    })
  }

  /** Ends what has been asked for; nothing may be asked for afterwards. */
  async close(): Promise<void> {
    this.commit()
    await this.database.close()
  }

  private commit(): void {
    const taken = this.waiting
    if (taken.length === 0) return
    this.waiting = []
    const bytes = taken.reduce((sum, one) => sum + one.bytes, 0)
    const settle: (() => void)[] = []
    try {
      writing(this.folder, bytes, () =>
        this.database.transactionSync(() => {
          for (const { begin, reject } of taken) {
            try {
              settle.push(begin())
            } catch (failure) {
              settle.push(() => reject(failure))
            }
          }
        }),
      )
    } catch (failure) {
      for (const { reject } of taken) reject(failure)
      return
    }
    for (const done of settle) done()
  }
}
