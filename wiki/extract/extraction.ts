/** Dumps to batches of lines: from files by worker threads, from a stream in this thread. */
import { decompressStream } from '../bz2.ts'
import { startsLikeCirrus } from '../cirrus-documents.ts'
import { siteOf } from '../site.ts'
import { headerBytes, parseSiteinfo } from '../siteinfo.ts'
import type { PlanWarning } from '../streams.ts'
import { batchesOf, type ExtractSettings } from './batches.ts'
import { chunksOf, type InputFile, siteOfInput } from './inputs.ts'
import { inOrder, type OrderedBatch } from './pool.ts'

/** Compressed bytes that are worth a worker of their own. */
const bytesPerWorker = 4 << 20

export interface FileExtraction {
  /** Worker threads, ≥ 1; the output is the same for any number. */
  readonly workers: number
  readonly signal?: AbortSignal | undefined
  readonly onWarning: (warning: PlanWarning) => void
}

/** The articles of files in the order of the dump. The lines of a batch are valid until the next one is asked for. */
export function extractFiles(
  inputs: readonly InputFile[],
  settings: ExtractSettings,
  { workers, signal, onWarning }: FileExtraction,
): AsyncGenerator<OrderedBatch, void, undefined> {
  const tasks = chunksOf(inputs, { engine: settings.engine, signal, onWarning })
  const inputBytes = inputs.reduce((sum, { bytes }) => sum + bytes, 0)
  return inOrder(tasks, settings, { workers, startedAhead: Math.floor(inputBytes / bytesPerWorker), signal })
}

export interface StreamExtraction {
  /** Stands for the stream in errors. */
  readonly name: string
  readonly wiki: string | undefined
  readonly signal?: AbortSignal | undefined
}

/** The same from a stream of bz2, gzip or plain XML or JSON, told by its first bytes. `inputBytes` counts what has been taken in. */
export async function* extractStream(
  source: AsyncIterable<Uint8Array>,
  settings: ExtractSettings,
  { name, wiki, signal }: StreamExtraction,
): AsyncGenerator<OrderedBatch, void, undefined> {
  let taken = 0
  const counted = async function* () {
    for await (const bytes of source) {
      taken += bytes.length
      yield bytes
    }
  }
  const unpacked = decompressStream(counted(), name, { engine: settings.engine, signal })
  const { start, header, whole } = await peekHeader(unpacked)
  const site = startsLikeCirrus(start)
    ? siteOf(undefined, { wiki })
    : siteOfInput(header && parseSiteinfo(header.toString('utf8')), wiki, name)
  const place = { file: name, byteOffset: 0 }
  for await (const batch of batchesOf({ bytes: whole, site, place }, settings)) {
    signal?.throwIfAborted()
    yield { ...batch, inputBytes: taken }
    taken = 0
  }
}

/** How the bytes start, the header of a document, where it has one, and all of its bytes once more. */
async function peekHeader(source: AsyncIterable<Uint8Array>) {
  const iterator = source[Symbol.asyncIterator]()
  const held: Uint8Array[] = []
  // Not closed when the header ends: the iterator goes on below.
  const reading: AsyncIterable<Uint8Array> = {
    [Symbol.asyncIterator]: () => ({
      next: async () => {
        const result = await iterator.next()
        if (!result.done) held.push(Uint8Array.from(result.value))
        return result
      },
    }),
  }
  const header = await headerBytes(reading)
  const start = Buffer.concat(held.slice(0, 64)).subarray(0, 64)
  const whole = async function* () {
    try {
      yield* held.splice(0)
      for (;;) {
        const { done, value } = await iterator.next()
        if (done) return
        yield value
      }
    } finally {
      await iterator.return?.()
    }
  }
  return { start, header, whole: whole() }
}
