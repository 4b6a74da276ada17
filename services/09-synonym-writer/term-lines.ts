/** The index of terms: where in combined_synonyms.json the entries of each term lie. */
import { indexKey } from '../../dictionary/term-index.ts'
import type { LanguagePair } from '../../language/pair.ts'
import type { Scratch } from '../../runtime/ports.ts'
import type { PieceFile } from '../../runtime/update/piece-file.ts'
import { foldedTermsOf } from './search-rules.ts'

/** The lines of the index, sorted. */
export function* termLines(combined: PieceFile, [left, right]: LanguagePair, scratch: Scratch): Iterable<string> {
  const bytesByKey = scratch.table<number>('terms')
  for (const { key, offset, bytes } of combined.places()) {
    const [foldedLeft, foldedRight] = foldedTermsOf(key.toString())
    bytesByKey.put(indexKey({ folded: foldedLeft, language: left, offset, bytes }), bytes)
    bytesByKey.put(indexKey({ folded: foldedRight, language: right, offset, bytes }), bytes)
  }
  for (const { key, value } of bytesByKey.entries()) yield `${key}\t${value}`
}
