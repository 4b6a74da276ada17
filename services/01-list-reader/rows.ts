/** What an existing list is made of, whatever its form. */

/** Two terms in the order in which the file has them, or a header says. */
export interface Row {
  readonly kind: 'row'
  /** From 1. */
  readonly line: number
  readonly terms: readonly [string, string]
}

/** What is no pair of terms, by the line on which it stands. */
export interface BadRow {
  readonly kind: 'bad'
  readonly line: number
  /** The term, or what else of the row tells it from others. */
  readonly title: string
  readonly reason: string
}

export type Read = Row | BadRow

/** U+FFFD stands where bytes were no UTF-8, such as those of a file in EUC-KR. */
export function isDamaged(text: string): boolean {
  return text.includes('\ufffd')
}
