/** What is published about a file, what is found on disk, and whether the two agree. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { z } from 'zod'
import { BadEventError, FatalError } from '../runtime/errors.ts'
import { parseChecksums } from '../wiki/checksum-lists.ts'
import { parseDumpStatus } from '../wiki/dump-lists.ts'

const algorithms = ['sha1', 'md5', 'sha256'] as const

/** Size in bytes and checksums in lower-case hexadecimal, as far as anybody published them. */
export const published = z.object({
  bytes: z.number().optional(),
  sha1: z.string().optional(),
  md5: z.string().optional(),
  sha256: z.string().optional(),
})
export type Published = z.output<typeof published>

/** The same, counted and computed from the bytes. The SHA-1 is always computed: the event carries it. */
export const found = published.extend({ bytes: z.number(), sha1: z.string() })
export type Found = z.output<typeof found>

export function hasChecksum(file: Published): boolean {
  return algorithms.some((algorithm) => file[algorithm] !== undefined)
}

/** A text that publishes checksums, and where it came from. */
export interface ChecksumText {
  readonly from: string
  readonly text: string
}

/**
 * File name → what all the texts publish about it. A text that begins with a brace is a dumpstatus.json, any other a
 * list such as sha1sums.txt. Throws FatalError CHECKSUMS_MALFORMED, DUMPSTATUS_MALFORMED, or CHECKSUMS_DISAGREE where
 * two texts say different things about one file.
 */
export function gatherPublished(texts: readonly ChecksumText[]): Map<string, Published> {
  const files = new Map<string, Published>()
  for (const source of texts) {
    for (const [name, file] of entriesOf(source)) files.set(name, merge(name, files.get(name) ?? {}, file, source.from))
  }
  return files
}

function entriesOf({ from, text }: ChecksumText): [string, Published][] {
  try {
    if (text.trimStart().startsWith('{')) {
      const listed = parseDumpStatus(text).flatMap((job) => job.files)
      return listed.map(({ name, size, sha1, md5 }) => [name, published.parse({ bytes: size, sha1, md5 })])
    }
    return [...parseChecksums(text)].map(([name, sum]) => [name, { [sum.algorithm]: sum.hex }])
  } catch (cause) {
    if (!(cause instanceof BadEventError)) throw cause
    const { line } = cause.at
    throw new FatalError(cause.code, cause.message, {
      at: { file: from, ...(line !== undefined && { line }) },
      hint: 'Download the list of checksums again.',
      cause,
    })
  }
}

function merge(name: string, known: Published, more: Published, from: string): Published {
  for (const key of ['bytes', ...algorithms] as const) {
    if (known[key] === undefined || more[key] === undefined || known[key] === more[key]) continue
    throw new FatalError('CHECKSUMS_DISAGREE', `${name}: ${key} is ${more[key]} here, and ${known[key]} elsewhere`, {
      at: { file: from },
      hint: 'The lists belong to different dumps, or one of them is damaged: download them again.',
    })
  }
  return published.parse({ ...known, ...dropUndefined(more) })
}

function dropUndefined(file: Published): Published {
  return Object.fromEntries(Object.entries(file).filter(([, value]) => value !== undefined))
}

export interface Hasher {
  update(part: Uint8Array): void
  finish(): Found
}

/** Computes the SHA-1 and whatever else is published, so that all of it can be compared. */
export function hasherFor(expected: Published): Hasher {
  const wanted = algorithms.filter((algorithm) => algorithm === 'sha1' || expected[algorithm] !== undefined)
  const hashes = wanted.map((algorithm) => ({ algorithm, hash: createHash(algorithm) }))
  let bytes = 0
  return {
    update: (part) => {
      bytes += part.length
      for (const { hash } of hashes) hash.update(part)
    },
    finish: () => {
      const sums = hashes.map(({ algorithm, hash }) => [algorithm, hash.digest('hex')])
      return found.parse({ bytes, ...Object.fromEntries(sums) })
    },
  }
}

const readBytes = 1024 * 1024

export async function hashFile(file: string, expected: Published, signal: AbortSignal): Promise<Found> {
  const hasher = hasherFor(expected)
  for await (const part of createReadStream(file, { highWaterMark: readBytes })) {
    signal.throwIfAborted()
    hasher.update(part)
  }
  return hasher.finish()
}

export interface Mismatch {
  readonly what: string
  readonly expected: string
  readonly found: string
}

/** The first thing that differs; size before checksums, because it says more. An algorithm not computed differs. */
export function mismatchOf(expected: Published, actual: Found): Mismatch | undefined {
  if (expected.bytes !== undefined && expected.bytes !== actual.bytes) {
    return { what: 'size', expected: `${expected.bytes} bytes`, found: `${actual.bytes} bytes` }
  }
  for (const algorithm of algorithms) {
    const wanted = expected[algorithm]
    const got = actual[algorithm]
    if (wanted !== undefined && wanted !== got) {
      return { what: algorithm, expected: wanted, found: got ?? 'not computed' }
    }
  }
  return undefined
}

export function checksumMismatch(place: { file: string; url?: string }, mismatch: Mismatch, hint: string): FatalError {
  const { what, expected, found } = mismatch
  return new FatalError('CHECKSUM_MISMATCH', `${what} should be ${expected}, but is ${found}`, { at: place, hint })
}
