import { createHash } from 'node:crypto'

/** lmdb takes keys of 1,978 bytes; three bytes a character at most, and some are escaped. */
const longestKey = 400

/** A word, whichever, as a key: never empty, never too long. Two words never share one. */
export function termKey(term: string): string {
  return term.length <= longestKey ? `=${term}` : createHash('sha256').update(term).digest('hex')
}
