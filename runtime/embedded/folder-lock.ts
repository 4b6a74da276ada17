import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ConfigError } from '../errors.ts'

/** Whether a process of this machine has this id; false for what is no id. */
export function isAlive(pid: number): boolean {
  if (!(pid > 0)) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

const lockName = 'process.lock'

/** The process that works in a folder; undefined where none does. */
export function holderOf(folder: string): number | undefined {
  const file = join(folder, lockName)
  if (!existsSync(file)) return undefined
  const holder = Number(readFileSync(file, 'utf8'))
  return isAlive(holder) ? holder : undefined
}

/** Takes a folder for this process; a lock whose process is gone is taken over. Returns the release. */
export function lockFolder(folder: string): () => void {
  const file = join(folder, lockName)
  const take = () => writeFileSync(file, String(process.pid), { flag: 'wx' })
  try {
    take()
  } catch {
    const holder = Number(readFileSync(file, 'utf8'))
    if (holder !== process.pid && isAlive(holder)) {
      throw new ConfigError('STATE_LOCKED', `process ${holder} is working in this folder`, {
        at: { file: folder },
        hint: 'Wait for it, stop it, or give another --out folder.',
      })
    }
    rmSync(file, { force: true })
    take()
  }
  return () => rmSync(file, { force: true })
}
