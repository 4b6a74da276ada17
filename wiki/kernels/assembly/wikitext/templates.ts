/** What the outside says about a template, in one number; `../../template-codes.ts` says the same. */
export const enum Template {
  /** No prose; an infobox where it has enough named parameters. */
  Dropped = 0,
  /** Its first positional parameter. */
  First = 1,
  /** Text in the language of its first parameter: the second. */
  Gloss = 2,
  /** A handler outside writes it. */
  Handled = 3,
  /** The same, and what it writes is a hatnote. */
  Hatnote = 4,
  /** The title of the page. */
  PageName = 5,
  /** Parser functions: what follows the colon, … */
  Argument = 6,
  /** … the first or the second branch, … */
  If = 7,
  /** … what follows the colon, with a Korean particle. */
  Particle = 8,
  /** A prefix without meaning: the name is what follows the colon. */
  Prefix = 9,
  /** The short description of the page. */
  ShortDescription = 10,
  /** As `Handled`, and what it writes is the caption of a picture or sound. */
  Caption = 11,
}

/** Bits beside the low byte; from bit 16 on, the number of the handler or of the particle. */
export const marksDisambiguation: i32 = 0x100
export const marksStub: i32 = 0x200
export const isInfoboxName: i32 = 0x400

/** What a link prefix is: 0 nothing, `Language`, `Sister`, or 0x100 + the number of a namespace, which is ≥ −2. */
export const enum Prefix {
  None = 0,
  Language = 1,
  Sister = 2,
}
export const namespaceBase: i32 = 0x100

/** What an option of a file link is. */
export const enum ImageOption {
  /** The caption. */
  None = 0,
  /** A word that only a file link has. */
  Word = 1,
  Other = 2,
}

/** The kinds of pages, in the order of the schema. */
export const enum PageKind {
  Article = 0,
  Redirect = 1,
  Disambiguation = 2,
  List = 3,
  Stub = 4,
}
