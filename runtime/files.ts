/** The file store in folders: one root for data, and one for the addresses under models/. */
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { ConfigError, FatalError } from './errors.ts'
import type { FileStore, WrittenFile } from './ports.ts'

const modelsPrefix = 'models/'

export interface StoreRoots {
  /** Folder of the data set: wikipedia/, synonyms/, training/. */
  readonly data: string
  /** Folder of the addresses under models/. */
  readonly models: string
}

export function openFolderStore(roots: StoreRoots): FileStore {
  const dataRoot = resolve(roots.data)
  const modelsRoot = resolve(roots.models)

  const path = (address: string): string => {
    if (isAbsolute(address)) return address
    const inModels = address.startsWith(modelsPrefix)
    const root = inModels ? modelsRoot : dataRoot
    const full = resolve(root, inModels ? address.slice(modelsPrefix.length) : address)
    if (full !== root && !full.startsWith(root + sep)) {
      throw new ConfigError('ADDRESS_OUTSIDE_STORE', `${address} leads out of the file store`, {
        at: { file: root },
        hint: 'Name a file below that folder, or put it there.',
      })
    }
    return full
  }

  const address = (file: string): string =>
    addressIn(modelsRoot, modelsPrefix, file) ?? addressIn(dataRoot, '', file) ?? resolve(file)

  const write = async (target: string, content: Parameters<FileStore['write']>[1]): Promise<WrittenFile> => {
    const file = path(target)
    const prefix = `.${basename(file)}.`
    const temporary = join(dirname(file), `${prefix}${randomUUID()}.part`)
    const handle = await mkdir(dirname(file), { recursive: true })
      .then(() => removeLeftOvers(dirname(file), prefix))
      .then(() => open(temporary, 'wx'))
      .catch((cause: unknown) => {
        throw writeFailure(file, cause)
      })
    const hash = createHash('sha256')
    let bytes = 0
    try {
      for await (const chunk of inChunks(partsOf(content))) {
        hash.update(chunk)
        await handle.writeFile(chunk)
        bytes += chunk.length
      }
      await handle.sync()
      await handle.close()
      await rename(temporary, file)
    } catch (cause) {
      await handle.close().catch(() => undefined)
      await rm(temporary, { force: true })
      throw writeFailure(file, cause)
    }
    return { address: address(file), bytes, sha256: hash.digest('hex') }
  }

  return { path, address, write }
}

/** SHA-256 of a file in lower-case hexadecimal. */
export async function fileDigest(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash)
  return hash.digest('hex')
}

function addressIn(root: string, prefix: string, file: string): string | undefined {
  const inside = relative(root, resolve(file))
  return inside.startsWith('..') || isAbsolute(inside) ? undefined : prefix + inside.split(sep).join('/')
}

/** Whether a write failed for want of space, of the disk or of the user's quota. */
export function isDiskFull(cause: unknown): boolean {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  return code === 'ENOSPC' || code === 'EDQUOT'
}

/** DISK_FULL where the disk is full, the cause itself otherwise. */
export function writeFailure(file: string, cause: unknown): unknown {
  if (!isDiskFull(cause)) return cause
  return new FatalError('DISK_FULL', 'the disk is full', {
    at: { file },
    hint: 'Free some space, then run the same command again (naru run: with --resume); what is done stays.',
    cause,
  })
}

/** What writers of the same file left that were killed. One that still runs has lost its file and fails at its end. */
async function removeLeftOvers(folder: string, prefix: string): Promise<void> {
  const leftOver = (await readdir(folder)).filter((name) => name.startsWith(prefix) && name.endsWith('.part'))
  await Promise.all(leftOver.map((name) => rm(join(folder, name), { force: true })))
}

/** Lines come one at a time, and a write for each would take longer than all that comes before it. */
const chunkBytes = 256 * 1024

async function* inChunks(parts: AsyncIterable<Uint8Array | string>): AsyncIterable<Uint8Array> {
  let held: Uint8Array[] = []
  let bytes = 0
  for await (const part of parts) {
    // A copy: who yields may use its memory again.
    const own = Buffer.from(part)
    held.push(own)
    bytes += own.length
    if (bytes < chunkBytes) continue
    yield Buffer.concat(held, bytes)
    held = []
    bytes = 0
  }
  if (bytes > 0) yield Buffer.concat(held, bytes)
}

async function* partsOf(content: Parameters<FileStore['write']>[1]): AsyncIterable<Uint8Array | string> {
  if (typeof content === 'string' || content instanceof Uint8Array) yield content
  else yield* content
}
