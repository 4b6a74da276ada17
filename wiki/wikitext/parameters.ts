import type { Parameters } from './inline-templates.ts'

/** A part of a template: offsets in the text, the last that of its first `=` outside of brackets or −1. */
export interface Part {
  readonly from: number
  readonly to: number
  readonly equals: number
}

/** Characters, or bytes in the kernel; nearly all of either are ASCII. */
const longestKey = 120

/** What the parts are read with. */
export interface PartReader {
  /** Text as it stands. */
  source(from: number, to: number): string
  /** Canonical wikitext. */
  expand(from: number, to: number): string
}

/** The parameters of a template. Each is expanded once: one looked at twice would cost 2^depth when nested. */
export function parametersOf(parts: readonly Part[], reader: PartReader, language: string): Parameters {
  const positional: (Part | undefined)[] = []
  const named = new Map<string, Part>()
  for (const part of parts) {
    const key = keyOf(part, reader.source)
    const value = { from: part.equals + 1, to: part.to, equals: -1 }
    if (key === undefined) positional.push(part)
    else if (/^[1-9]\d?$/.test(key)) positional[Number(key) - 1] = value
    else named.set(key, value)
  }
  const values = new Map<Part, string>()
  const read = (part: Part | undefined) => {
    if (part === undefined) return ''
    const value = values.get(part) ?? reader.expand(part.from, part.to).trim()
    values.set(part, value)
    return value
  }
  return {
    at: (position) => read(positional[position - 1]),
    named: (key) => read(named.get(key)),
    count: positional.length,
    language,
  }
}

/** The name of a parameter `name = value`; undefined for a positional one, such as one whose text holds a `=`. */
export function keyOf({ from, equals }: Part, source: PartReader['source']): string | undefined {
  if (equals < 0 || equals - from > longestKey) return undefined
  const key = source(from, equals).trim()
  return /^[\p{L}\p{M}\p{N} _().,/-]+$/u.test(key) ? key : undefined
}
