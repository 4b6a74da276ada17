import { createReadStream } from 'node:fs'
import type { ExtractSettings } from '../../wiki/extract/batches.ts'
import { extractFiles, extractStream } from '../../wiki/extract/extraction.ts'
import { parseFields } from '../../wiki/extract/fields.ts'
import { inputsOf } from '../../wiki/extract/inputs.ts'
import type { OrderedBatch } from '../../wiki/extract/pool.ts'
import { addTally, emptyTally } from '../../wiki/extract/tally.ts'
import type { Article } from '../../wiki/index.ts'
import { smallPages } from './small-dump.ts'

export const settings: ExtractSettings = {
  engine: 'kernel',
  parser: 'fast',
  maxPageBytes: 1 << 24,
  fields: parseFields(undefined),
  filters: [],
}
export const quietly = { onWarning: () => undefined }

/** Batches taken together, as the CLI does. */
export async function gathered(batches: AsyncIterable<OrderedBatch>) {
  const tally = emptyTally()
  const parts: Buffer[] = []
  let inputBytes = 0
  for await (const batch of batches) {
    parts.push(Buffer.from(batch.lines))
    addTally(tally, batch.tally)
    inputBytes += batch.inputBytes
  }
  return { lines: Buffer.concat(parts).toString('utf8'), tally, inputBytes }
}

export async function extracted(files: readonly string[], workers: number, changes: Partial<ExtractSettings> = {}) {
  const inputs = await inputsOf(files, undefined)
  return gathered(extractFiles(inputs, { ...settings, ...changes }, { workers, ...quietly }))
}

/** The same in this thread, where it is not about files and workers. */
export async function streamed(file: string, changes: Partial<ExtractSettings> = {}) {
  return gathered(extractStream(createReadStream(file), { ...settings, ...changes }, { name: file, wiki: undefined }))
}

export const titlesOf = (lines: string): string[] =>
  lines
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line).title)

const keptByDefault = smallPages.filter((page) => (page.namespace ?? 0) === 0 && page.redirect === undefined)
export const keptTitles = keptByDefault.map(({ title }) => title)

export function articlesOfLines(lines: string): Article[] {
  return lines
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
}
