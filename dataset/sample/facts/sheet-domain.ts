/** A domain whose subjects all have the same kinds of facts: a table and the sentences that tell its columns.
 *  Cells: `12` is a number, `숲/forest` a text in both languages, `@France;Spain` other subjects, empty is unknown.
 *  Besides its columns a sentence may use `{kin}` (same value in the kin column), `{prev}`, `{next}` (neighbours in the
 *  table with the same value there), `{xRank}` and `{total}` for a numeric column x. */
export interface SheetDomain {
  readonly name: string
  readonly rows: readonly Readonly<Record<string, string>>[]
  /** The column that makes two subjects kin. */
  readonly kin: string
  /** Subjects without kin are listed with the next ones of the table. */
  readonly looseKin?: boolean
  readonly koLead: readonly string[]
  readonly enLead: readonly string[]
  readonly sections: readonly SheetSection[]
  readonly koBox: string
  readonly enBox: string
  /** Column → label in the infobox. */
  readonly koLabels: Readonly<Record<string, string>>
  readonly enLabels: Readonly<Record<string, string>>
  readonly koKinHeading: string
  readonly enKinHeading: string
  readonly koCategory: string
  readonly enCategory: string
  /** English leads give the Korean name too. */
  readonly korean?: boolean
  /** Redirects made from the row, with `{column}` slots: `조선 {order}대 왕`. */
  readonly koRedirects?: readonly string[]
  readonly enRedirects?: readonly string[]
  readonly koLater: readonly string[]
  readonly enLater: readonly string[]
}

export interface SheetSection {
  readonly ko: readonly string[]
  readonly en: readonly string[]
  readonly sentences: readonly SheetSentence[]
}

export interface SheetSentence {
  readonly ko: readonly string[]
  readonly en: readonly string[]
}
