/** FNV-1a over UTF-16 units with murmur3's finisher: an even, seedable 32-bit value of any text. */
export function hash(text: string): number {
  let h = 0x811c9dc5
  for (let at = 0; at < text.length; at++) h = Math.imul(h ^ text.charCodeAt(at), 0x01000193)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** A number in [0, 1) that depends on the seed alone. */
export function share(seed: string): number {
  return hash(seed) / 2 ** 32
}

export function pick<T>(seed: string, choices: readonly T[]): T {
  const chosen = choices[hash(seed) % choices.length]
  if (chosen === undefined) throw new Error(`nothing to pick from for ${seed}`)
  return chosen
}
