/** naru extract FILE…: the articles of dump files, or of what is piped in, as JSON lines or Parquet. */
import { availableParallelism } from 'node:os'
import { ConfigError, FatalError } from '../../runtime/errors.ts'
import type { ExtractSettings } from '../../wiki/extract/batches.ts'
import { extractFiles, extractStream } from '../../wiki/extract/extraction.ts'
import { parseFields } from '../../wiki/extract/fields.ts'
import { formatOf, packed } from '../../wiki/extract/formats.ts'
import { type InputFile, inputsOf } from '../../wiki/extract/inputs.ts'
import type { OrderedBatch } from '../../wiki/extract/pool.ts'
import { parseFilters } from '../../wiki/filters.ts'
import { defaultMaxPageBytes } from '../../wiki/index.ts'
import { type Destination, openDestination, ReaderLeft } from '../destination.ts'
import { type ExtractFlags, isPipedIn } from '../extract-flags.ts'
import { type ExtractSummary, renderExtracted, summaryOf } from '../extract-summary.ts'
import { ExtractWatch } from '../extract-watch.ts'
import { inputFlagNames } from '../flags.ts'
import { listenForInterrupts } from '../interrupt.ts'
import { print, say } from '../print.ts'

const standardInput = '-'
const standardOutput = '-'

export async function extract(paths: readonly string[], flags: ExtractFlags): Promise<void> {
  refuseMixed(flags)
  const settings = settingsOf(flags)
  const format = formatOf(flags.out ?? standardOutput)
  const inputs = readsStandardInput(paths) ? undefined : await inputsOf(paths, flags.wiki)
  const destination = await openDestination(flags.out)
  const workers = inputs === undefined ? 1 : (flags.workers ?? availableParallelism())
  const watch = new ExtractWatch(inputs, flags.quiet ?? false)
  const interrupts = listenForInterrupts(() =>
    say('stopping; no unfinished file is left behind. Press ctrl-C again to stop at once.'),
  )
  try {
    const batches = batchesOf(inputs, settings, { wiki: flags.wiki, workers, watch, signal: interrupts.signal })
    const bytes = packed(watch.lines(batches), format, settings.fields)
    await save(bytes, destination, interrupts.signal)
  } finally {
    interrupts.release()
    watch.stop()
  }
  const summary = summaryOf(watch, { inputs: inputs?.map(({ file }) => file) ?? [standardInput], destination, workers })
  tell(summary, flags)
  refuseDamaged(summary)
}

function refuseMixed(flags: ExtractFlags): void {
  const mixed = inputFlagNames.find((name) => flags[name] !== undefined)
  if (mixed === undefined) return
  throw new ConfigError('FLAGS_MIXED', `--${mixed} does not go with dump files`, {
    hint: 'naru extract FILE… makes a file of articles; naru extract --ko … --en … does what a run needs.',
  })
}

function settingsOf({ fields, filter = [], engine = 'kernel', parser = 'fast' }: ExtractFlags): ExtractSettings {
  // What is wrong with them is said here, not by a worker.
  parseFilters(filter)
  return { fields: parseFields(fields), filters: filter, engine, parser, maxPageBytes: defaultMaxPageBytes }
}

function readsStandardInput(paths: readonly string[]): boolean {
  if (paths.length > 0 && !paths.includes(standardInput)) return false
  if (paths.length > 1) {
    throw new ConfigError('INPUTS_MIXED', '- does not go with files: standard input is read by itself', {
      hint: 'Name files, or pipe one in; not both.',
    })
  }
  if (paths.length === 0 && !isPipedIn()) {
    throw new ConfigError('INPUT_MISSING', 'no dump file is named, and nothing is piped in', {
      hint: 'Such as naru extract kowiki-20260901-pages-articles-multistream.xml.bz2 --out kowiki.jsonl.zst',
    })
  }
  return true
}

interface Reading {
  readonly wiki: string | undefined
  readonly workers: number
  readonly watch: ExtractWatch
  readonly signal: AbortSignal
}

function batchesOf(
  inputs: readonly InputFile[] | undefined,
  settings: ExtractSettings,
  { wiki, workers, watch, signal }: Reading,
): AsyncIterable<OrderedBatch> {
  if (inputs !== undefined) {
    return extractFiles(inputs, settings, { workers, signal, onWarning: (warning) => watch.warn(warning) })
  }
  // Wakes whoever waits for more of it.
  signal.addEventListener('abort', () => process.stdin.destroy(), { once: true })
  return extractStream(process.stdin, settings, { name: 'standard input', wiki, signal })
}

async function save(bytes: AsyncIterable<Uint8Array>, destination: Destination, signal: AbortSignal): Promise<void> {
  try {
    for await (const part of bytes) {
      signal.throwIfAborted()
      await destination.write(part)
    }
    signal.throwIfAborted()
    await destination.finish()
  } catch (error) {
    await destination.discard()
    if (error instanceof ReaderLeft) return
    signal.throwIfAborted()
    throw error
  }
}

/** The summary is a result only where standard output has no other. */
function tell(summary: ExtractSummary, { json, quiet }: ExtractFlags): void {
  if (!json && quiet) return
  const text = json ? JSON.stringify(summary, null, 2) : renderExtracted(summary)
  if (summary.output !== null) print(text)
  else process.stderr.write(`${text}\n`)
}

function refuseDamaged({ complete, articles, output }: ExtractSummary): void {
  if (complete) return
  const kept = `the ${articles} articles that could be read are in ${output ?? 'standard output'}`
  throw new FatalError('INPUT_DAMAGED', `the input is damaged, articles are missing; ${kept}`, {
    hint: 'The places are named above. Download the file again and compare its checksum.',
  })
}
