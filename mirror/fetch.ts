/** Fetches chosen dumps into a folder, every file verified with all that is published about it. */
import { stat, statfs } from 'node:fs/promises'
import { FatalError } from '../runtime/errors.ts'
import type { Progress } from '../runtime/service.ts'
import type { Published } from './checksums.ts'
import { type Keeping, type KeptFile, keepInOrder, type Placed } from './keep.ts'
import type { ChosenDump } from './request.ts'

export interface FetchedFile extends KeptFile {
  readonly name: string
  /** Absolute. */
  readonly path: string
  /** What was compared: bytes, sha1, md5, sha256. Empty where the mirror publishes nothing. */
  readonly verifiedBy: readonly string[]
}

export interface FetchedDump {
  readonly dump: ChosenDump
  /** Absolute path of its folder. */
  readonly path: string
  readonly files: readonly FetchedFile[]
}

/** Throws FatalError, or what the signal was aborted with; what is whole or begun then stays for the next call. */
export async function fetchDumps(
  dumps: readonly ChosenDump[],
  keeping: Keeping,
  progress: Progress,
): Promise<FetchedDump[]> {
  const placed = dumps.map((dump) => dump.files.map((file): Placed => ({ file, folder: dump.folder })))
  await refuseLackOfSpace(placed.flat(), keeping)
  const kept = keepInOrder(placed.flat(), keeping, progress)[Symbol.asyncIterator]()
  const fetched: FetchedDump[] = []
  try {
    for (const dump of dumps) {
      const files: FetchedFile[] = []
      for (const { name, published } of dump.files) {
        const { value, done } = await kept.next()
        if (done === true) throw new Error('fewer files were kept than were chosen')
        files.push({ ...value, name, path: keeping.files.path(value.address), verifiedBy: publishedOf(published) })
      }
      for (const { name, text } of dump.lists) await keeping.files.write(`${dump.folder}/${name}`, text)
      fetched.push({ dump, path: keeping.files.path(dump.folder), files })
    }
  } finally {
    await kept.return?.()
  }
  return fetched
}

function publishedOf(published: Published): string[] {
  return (['bytes', 'sha1', 'md5', 'sha256'] as const).filter((what) => published[what] !== undefined)
}

/** An enwiki dump has tens of gigabytes: that the disk is too small is better known at the beginning. */
async function refuseLackOfSpace(placed: readonly Placed[], { files }: Keeping): Promise<void> {
  let missing = 0
  for (const { file, folder } of placed) {
    if (file.origin.kind === 'path') continue
    const target = files.path(`${folder}/${file.name}`)
    const present = Math.max(await bytesAt(target), await bytesAt(`${target}.part`))
    missing += Math.max(0, (file.published.bytes ?? 0) - present)
  }
  const root = files.path('.')
  const { bavail, bsize } = await statfs(root)
  const free = bavail * bsize
  if (missing <= free) return
  throw new FatalError('DISK_FULL', `${missing} bytes are still to be fetched, and ${free} are free`, {
    at: { file: root },
    hint: 'Free some space, or give another folder with --out.',
  })
}

async function bytesAt(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  )
}
