/** Lines of entries as the bytes of a file. */
import { jsonArray, textLines } from '../../dictionary/entry-lines.ts'
import type { LanguagePair } from '../../language/pair.ts'
import { parquetOfColumns } from '../../wiki/extract/parquet.ts'
import { entryColumns } from './entries.ts'
import type { Packed } from './output-folder.ts'
import type { EntryFormat } from './settings.ts'

export function packed(lines: Iterable<string>, format: EntryFormat, languages: LanguagePair): Packed {
  if (format === 'json') return jsonArray(lines)
  if (format === 'jsonl') return textLines(lines)
  return parquetOfColumns(bytesOf(textLines(lines)), entryColumns(languages))
}

async function* bytesOf(texts: AsyncIterable<string>): AsyncIterable<Uint8Array> {
  for await (const text of texts) yield Buffer.from(text)
}
