/** The index of terms: where in combined_synonyms.json the entries of each term lie. */
import { Places } from '../../dictionary/entry-lines.ts'
import { indexKey } from '../../dictionary/term-index.ts'
import type { Scratch, ScratchTable } from '../../runtime/ports.ts'
import type { Synonym } from '../../schemas/types.ts'
import { combinedEntry } from './entries.ts'

/** The lines of the index, sorted; the entries are in combined_synonyms.json in the order of `synonyms`. */
export function* termLines(synonyms: ScratchTable<Synonym>, scratch: Scratch): Iterable<string> {
  const bytesByKey = scratch.table<number>('terms')
  const places = new Places()
  for (const { value } of synonyms.entries()) {
    const entry = combinedEntry(value)
    if (entry === undefined) continue
    const place = places.next(JSON.stringify(entry))
    const [left = '', right = ''] = value.pairKey.split('\t')
    bytesByKey.put(indexKey({ folded: left, language: value.left.language, ...place }), place.bytes)
    bytesByKey.put(indexKey({ folded: right, language: value.right.language, ...place }), place.bytes)
  }
  for (const { key, value } of bytesByKey.entries()) yield `${key}\t${value}`
}
