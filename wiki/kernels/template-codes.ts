/** What the kernel is told about a template, in one number; assembly/wikitext/templates.ts says the same. */
export const templateCode = {
  dropped: 0,
  first: 1,
  gloss: 2,
  handled: 3,
  hatnote: 4,
  pageName: 5,
  argument: 6,
  if: 7,
  particle: 8,
  prefix: 9,
  shortDescription: 10,
  caption: 11,
} as const

/** Bits beside the low byte; from bit 16 on, the number of the handler or of the particle. */
export const templateMark = { disambiguation: 0x100, stub: 0x200, infobox: 0x400 } as const

/** What a link prefix is; a namespace is `namespaceBase` + its number. */
export const prefixCode = { none: 0, language: 1, sister: 2 } as const
export const namespaceBase = 0x100

/** What an option of a file link is: `none` is the caption, `word` one that only file links have. */
export const imageOptionCode = { none: 0, word: 1, other: 2 } as const
