/** The embedded log from outside, while another process works in it: lmdb has one writer and many readers. */
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { RootDatabase } from 'lmdb'
import { FatalError } from '../errors.ts'
import type { LogView } from '../log-view.ts'
import { openEnvironment } from './environment.ts'
import { holderOf } from './folder-lock.ts'
import { mapSizeBytes, StoredLog } from './stored-log.ts'

const dataName = 'data.mdb'

/** A view that finds the log when a run begins one, and follows when a new run takes the place of the old. */
export function openEmbeddedLogView(folder: string): LogView {
  const log = new FollowedLog(folder)
  return {
    positions: async (group, topics) => log.now().positions(group, topics),
    ends: async (topic) => log.now().ends(topic),
    ranges: async (topic) =>
      log
        .now()
        .ends(topic)
        .map(({ offset, ...at }) => ({ ...at, first: 0, end: offset })),
    read: async (at, offset, count) => log.now().read(at, offset, count).slice(0, count),
    members: async (_group, topics) => {
      const holder = holderOf(folder)
      if (holder === undefined) return []
      const stored = log.now()
      const partitions = topics.flatMap((topic) =>
        stored.partitionsOf(topic).map((partition) => ({ topic, partition })),
      )
      return [{ id: `process ${holder}`, host: '', partitions }]
    },
    close: () => log.close(),
  }
}

interface Opened {
  readonly database: RootDatabase
  readonly stored: StoredLog
  readonly inode: number
}

class FollowedLog {
  private readonly folder: string
  private opened: Opened | undefined

  constructor(folder: string) {
    this.folder = folder
  }

  /** The log as it stands at this moment. Throws FatalError TOPIC_MISSING where there is none yet. */
  now(): StoredLog {
    const file = join(this.folder, dataName)
    if (!existsSync(file)) {
      void this.close()
      throw new FatalError('TOPIC_MISSING', 'there is no log yet', { at: { file } })
    }
    const inode = statSync(file).ino
    if (this.opened && this.opened.inode !== inode) void this.close()
    if (!this.opened) {
      const database = openEnvironment(this.folder, { mapSize: mapSizeBytes, maxReaders: 126, readOnly: true })
      this.opened = { database, stored: new StoredLog(database), inode }
    }
    // A snapshot that is kept would keep the writer from using freed pages again.
    this.opened.database.resetReadTxn()
    return this.opened.stored
  }

  async close(): Promise<void> {
    const { opened } = this
    this.opened = undefined
    await opened?.database.close()
  }
}
