/** What lines of JSON are packed into. */
import type { OutputField } from './fields.ts'
import { gzipOf } from './gzip.ts'
import { zstdOf } from './zstd.ts'

export const outputFormats = ['jsonl', 'gzip', 'zstd', 'parquet'] as const
export type OutputFormat = (typeof outputFormats)[number]

/** The format that a file name asks for. */
export function formatOf(fileName: string): OutputFormat {
  if (fileName.endsWith('.gz')) return 'gzip'
  if (fileName.endsWith('.zst')) return 'zstd'
  return fileName.endsWith('.parquet') ? 'parquet' : 'jsonl'
}

/**
 * Batches of whole lines in a format: the bytes of the file. Neither a batch that goes in nor the bytes that come out are
 * to be looked at once the next are asked for.
 */
export function packed(
  lines: AsyncIterable<Uint8Array>,
  format: OutputFormat,
  fields: readonly OutputField[],
): AsyncIterable<Uint8Array> {
  if (format === 'gzip') return gzipOf(lines)
  if (format === 'zstd') return zstdOf(lines)
  return format === 'parquet' ? inParquet(lines, fields) : lines
}

/** The writer of Parquet is loaded where it is wanted. */
async function* inParquet(lines: AsyncIterable<Uint8Array>, fields: readonly OutputField[]) {
  const { parquetOf } = await import('./parquet.ts')
  yield* parquetOf(lines, fields)
}
