/** Entry of a worker thread: turns chunks of a dump into batches of lines, one chunk after another. */
import { parentPort, workerData } from 'node:worker_threads'
import { FatalError, NaruError } from '../../runtime/errors.ts'
import type { Site } from '../site.ts'
import { type Chunk, chunkBytes } from '../streams.ts'
import { batchBytes, batchesOf, type ExtractSettings } from './batches.ts'
import type { Tally } from './tally.ts'

/** What a worker is told. */
export type Order =
  /** The site of the chunks that follow. */
  | { readonly kind: 'site'; readonly site: Site }
  | { readonly kind: 'chunk'; readonly number: number; readonly chunk: Chunk }
  /** A batch was written; its memory may be used again. */
  | { readonly kind: 'written'; readonly memory: ArrayBuffer }

/** What it answers. */
export type Report =
  | { readonly kind: 'batch'; readonly number: number; readonly lines: Uint8Array; readonly tally: Tally }
  | { readonly kind: 'end'; readonly number: number }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string; readonly hint: string | undefined }

/** Batches that may be under way to the main thread: this bounds the memory, however far a worker is ahead. */
const batchesUnderWay = 6

const settings: ExtractSettings = workerData
const port = parentPort
if (!port) throw new FatalError('NOT_A_WORKER', 'wiki/extract/worker runs on a worker thread only')

const memory: ArrayBuffer[] = []
let underWay = 0
let room: (() => void) | undefined
let site: Site | undefined
let work: Promise<void> = Promise.resolve()

port.on('message', (order: Order) => {
  if (order.kind === 'site') {
    // Chunks that wait keep the site that they came after.
    work = work.then(() => {
      site = order.site
    })
  } else if (order.kind === 'chunk') {
    work = work.then(() => extract(order.number, order.chunk)).catch(fail)
  } else {
    underWay--
    if (order.memory.byteLength === batchBytes) memory.push(order.memory)
    room?.()
  }
})

async function extract(number: number, chunk: Chunk): Promise<void> {
  if (!site) throw new FatalError('SITE_MISSING', 'a chunk came before its site')
  const bytes = chunkBytes(chunk, { engine: settings.engine, lends: true })
  const place = { file: chunk.file, byteOffset: chunk.start }
  const expectedPages = 'pages' in chunk ? chunk.pages : undefined
  const newBuffer = () => new Uint8Array(memory.pop() ?? new ArrayBuffer(batchBytes))
  for await (const { lines, tally } of batchesOf({ bytes, site, place, expectedPages }, settings, newBuffer)) {
    while (underWay >= batchesUnderWay) await new Promise<void>((resolve) => (room = resolve))
    room = undefined
    underWay++
    send({ kind: 'batch', number, lines, tally }, [lines.buffer as ArrayBuffer])
  }
  send({ kind: 'end', number })
}

function fail(error: unknown): void {
  const isKnown = error instanceof NaruError
  send({
    kind: 'failed',
    code: isKnown ? error.code : 'UNEXPECTED',
    message: error instanceof Error ? (isKnown ? error.message : (error.stack ?? error.message)) : String(error),
    hint: isKnown ? error.hint : 'This is a fault in naru: please report it.',
  })
}

function send(report: Report, transfer: readonly ArrayBuffer[] = []): void {
  port?.postMessage(report, transfer)
}
