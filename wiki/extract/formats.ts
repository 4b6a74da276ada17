/** What lines of JSON are packed into. */
import { extname } from 'node:path'
import { ConfigError } from '../../runtime/errors.ts'
import type { OutputField } from './fields.ts'
import { gzipOf } from './gzip.ts'
import { zstdOf } from './zstd.ts'

const outputFormats = ['jsonl', 'gzip', 'zstd', 'parquet'] as const
export type OutputFormat = (typeof outputFormats)[number]

const byEnding = new Map<string, OutputFormat>([
  ['', 'jsonl'],
  ['.jsonl', 'jsonl'],
  ['.ndjson', 'jsonl'],
  ['.gz', 'gzip'],
  ['.zst', 'zstd'],
  ['.parquet', 'parquet'],
])

/** The format that a file name asks for; lines of JSON without an ending. Throws ConfigError FORMAT_UNKNOWN. */
export function formatOf(fileName: string): OutputFormat {
  const ending = extname(fileName)
  const format = byEnding.get(ending)
  if (format !== undefined) return format
  throw new ConfigError('FORMAT_UNKNOWN', `articles cannot be written as ${ending}`, {
    hint: 'The file ends in .jsonl, .jsonl.gz, .jsonl.zst or .parquet.',
  })
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
