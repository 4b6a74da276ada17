/** A file from a server, resumed where an earlier attempt, or an earlier run, was cut off. */
import { type FileHandle, mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import { RetryableError } from '../runtime/errors.ts'
import { writeFailure } from '../runtime/files.ts'
import { checksumMismatch, type Found, hashFile, mismatchOf, type Published } from './checksums.ts'
import { type Http, request, withRetries } from './http.ts'
import { type Answer, shown } from './refusals.ts'

export interface Download {
  readonly url: string
  readonly published: Published
  /** Absolute path of the finished file; until then the bytes lie in `<target>.part`. */
  readonly target: string
}

/** What a cut-off download needs to go on: the validator says whether the server still has the same file. */
const partNote = z.object({ url: z.string(), validator: z.string() })

/**
 * Downloads, verifies what lies on disk, and only then gives the file its name. Bytes that fail the verification are
 * deleted and fetched once more from the start.
 * @param report called with the bytes on disk so far, which fall back where the download starts over.
 */
export async function download(file: Download, http: Http, report: (bytes: number) => void): Promise<Found> {
  const { url, published, target } = file
  const part = `${target}.part`
  await mkdir(dirname(target), { recursive: true })
  for (let isSecondTry = false; ; isSecondTry = true) {
    await fetchToEnd(file, part, http, report)
    const found = await hashFile(part, published, http.signal)
    const mismatch = mismatchOf(published, found)
    if (mismatch === undefined) {
      await rename(part, target)
      await rm(noteOf(part), { force: true })
      return found
    }
    await rm(part)
    await rm(noteOf(part), { force: true })
    if (isSecondTry) {
      const hint = 'Downloaded twice with the same end: take another mirror or date, in a new data set folder.'
      throw checksumMismatch({ file: target, url: shown(url) }, mismatch, hint)
    }
    http.log.warn({ url: shown(url), ...mismatch }, 'downloaded file is damaged, it is fetched again')
  }
}

async function fetchToEnd(file: Download, part: string, http: Http, report: (bytes: number) => void): Promise<void> {
  const { url, published } = file
  let furthest = 0
  await withRetries(url, http, async (progressed) => {
    const begun = await resumable(part, url)
    report(begun.bytes)
    if (begun.bytes > 0 && begun.bytes === published.bytes) return
    furthest = Math.max(furthest, begun.bytes)
    // Only bytes never reached before count as progress: a file that starts over for ever must come to an end.
    await continueFrom(begun, file, part, http, (bytes) => {
      report(bytes)
      if (bytes > furthest) {
        furthest = bytes
        progressed()
      }
    })
  })
}

interface Begun {
  readonly bytes: number
  /** Strong ETag, or Last-Modified, of the file that the bytes are of. */
  readonly validator: string
}

async function continueFrom(
  begun: Begun,
  { url, published }: Download,
  part: string,
  http: Http,
  report: (bytes: number) => void,
): Promise<void> {
  const range: Record<string, string> =
    begun.bytes > 0 ? { range: `bytes=${begun.bytes}-`, 'if-range': begun.validator } : {}
  await request(url, range, http, async (answer, body) => {
    const { isWhole, start } = placeOf(answer, begun)
    if (isWhole) return
    const bytes = await append(part, start, body, {
      opened: () => writeNote(part, { url: shown(url), validator: validatorOf(answer.headers) }),
      limit: published.bytes,
      report,
    })
    if (published.bytes !== undefined && bytes < published.bytes) {
      throw new RetryableError('CUT_OFF', `ended after ${bytes} of ${published.bytes} bytes`, {
        at: { url: shown(url) },
      })
    }
  }).catch(async (error: unknown) => {
    if (error instanceof RetryableError && startOverCodes.includes(error.code)) await rm(part, { force: true })
    throw error
  })
}

const startOverCodes = ['CHANGED_ON_SERVER', 'TOO_LONG']

/** Where the bytes of an answer belong. A 200 is the whole file, whether or not a range was asked for. */
function placeOf(answer: Answer, begun: Begun): { isWhole: boolean; start: number } {
  if (answer.status === 200) return { isWhole: false, start: 0 }
  const contentRange = answer.headers.get('content-range') ?? ''
  const changed = (reason: string) =>
    new RetryableError('CHANGED_ON_SERVER', reason, { at: { url: shown(answer.url) } })
  if (answer.status === 416) {
    if (contentRange === `bytes */${begun.bytes}`) return { isWhole: true, start: begun.bytes }
    throw changed('the server has no more bytes')
  }
  const start = /^bytes (\d+)-/.exec(contentRange)?.[1]
  if (Number(start) !== begun.bytes) throw changed(`asked for byte ${begun.bytes}, got ${contentRange || 'no range'}`)
  const validator = validatorOf(answer.headers)
  // Some caches answer a range of the new file without regard to If-Range.
  if (begun.bytes > 0 && validator !== begun.validator) throw changed('the file has another ETag')
  return { isWhole: false, start: begun.bytes }
}

/** A weak ETag promises no equal bytes, so If-Range does not take it. Empty where the server gives neither. */
function validatorOf(headers: Headers): string {
  const etag = headers.get('etag') ?? ''
  return etag.startsWith('"') ? etag : (headers.get('last-modified') ?? '')
}

interface Appending {
  /** Called when the file has been cut to its start and before the first byte. */
  readonly opened: () => Promise<void>
  /** Bytes that the file must not exceed, whatever the server says its length is. */
  readonly limit: number | undefined
  readonly report: (bytes: number) => void
}

/** Writes behind `start`; returns the bytes that the file then has. */
async function append(
  part: string,
  start: number,
  body: AsyncIterable<Uint8Array>,
  { opened, limit, report }: Appending,
): Promise<number> {
  const handle = await open(part, start === 0 ? 'w' : 'r+')
  let bytes = start
  try {
    await opened()
    for await (const piece of body) {
      await writeAt(handle, piece, bytes, part)
      bytes += piece.length
      if (limit !== undefined && bytes > limit) {
        throw new RetryableError('TOO_LONG', `more than the ${limit} bytes that the dump promises`)
      }
      report(bytes)
    }
    await handle.sync()
    return bytes
  } finally {
    await handle.close()
  }
}

async function writeAt(handle: FileHandle, piece: Uint8Array, position: number, file: string): Promise<void> {
  for (let written = 0; written < piece.length; ) {
    try {
      written += (await handle.write(piece, written, piece.length - written, position + written)).bytesWritten
    } catch (cause) {
      throw writeFailure(file, cause)
    }
  }
}

function noteOf(part: string): string {
  return `${part}.json`
}

async function writeNote(part: string, note: z.output<typeof partNote>): Promise<void> {
  try {
    await writeFile(noteOf(part), JSON.stringify(note))
  } catch (cause) {
    throw writeFailure(noteOf(part), cause)
  }
}

/** The bytes that can be built upon: none unless the same address and a validator are known. */
async function resumable(part: string, url: string): Promise<Begun> {
  const nothing = { bytes: 0, validator: '' }
  try {
    const note = partNote.parse(JSON.parse(await readFile(noteOf(part), 'utf8')))
    if (note.url !== shown(url) || note.validator === '') return nothing
    return { bytes: (await stat(part)).size, validator: note.validator }
  } catch {
    return nothing
  }
}
