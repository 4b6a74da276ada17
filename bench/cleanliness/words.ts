import type { Site } from '../../wiki/site.ts'
import { imageOption } from '../../wiki/wikitext/image-options.ts'

/** Words as the shared consensus counts them, and how many of one text another keeps. */
export type WordCounts = ReadonlyMap<string, number>

/** Runs of letters and digits, lower case, NFKC, so that `km²` is `km2` as most extractors have it. Chinese and Japanese have no spaces: a phrase is a word there. */
export function wordsOf(text: string): WordCounts {
  const counts = new Map<string, number>()
  for (const [word] of text
    .normalize('NFC')
    .toLowerCase()
    .matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  return counts
}

export function total(counts: WordCounts): number {
  let sum = 0
  for (const count of counts.values()) sum += count
  return sum
}

/**
 * Words of wikitext that a text should not hold, though extractors that undo little markup agree on them: names and options of
 * files, prefixes of categories, addresses of links.
 */
export function debrisOf(source: string, site: Site): WordCounts {
  const parts: string[] = []
  for (const [, target = '', rest = ''] of source.matchAll(/\[\[([^[\]|\n]{1,300})((?:\|[^[\]|\n]{0,40})*)/g)) {
    const [prefix = ''] = target.split(':', 1)
    const namespace = site.namespaces.get(prefix.trim().toLowerCase())
    const options = rest.split('|').filter((part) => imageOption(part, site) !== undefined)
    if (namespace === 6) parts.push(target, ...options)
    if (namespace === 14) parts.push(prefix)
  }
  for (const [address] of source.matchAll(/https?:\/\/[^\s\]<>]+/g)) parts.push(address)
  return wordsOf(parts.join('\n'))
}

/** `wanted` as often as it is not in `debris`. */
export function without(wanted: WordCounts, debris: WordCounts): WordCounts {
  const left = [...wanted].map(([word, count]) => [word, count - (debris.get(word) ?? 0)] as const)
  return new Map(left.filter(([, count]) => count > 0))
}

/** How many of `wanted`, with repetition, are in `found`. */
export function shared(wanted: WordCounts, found: WordCounts): number {
  let sum = 0
  for (const [word, count] of wanted) sum += Math.min(count, found.get(word) ?? 0)
  return sum
}

/** The words of `wanted` that `found` has too few of, most missing first. */
export function missing(wanted: WordCounts, found: WordCounts): [string, number][] {
  return [...wanted]
    .map(([word, count]): [string, number] => [word, count - (found.get(word) ?? 0)])
    .filter(([, lacking]) => lacking > 0)
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
}

/** For each word the count that at least `votes` of the texts reach: the words that two extractors keep. */
export function agreed(texts: readonly WordCounts[], votes: number): WordCounts {
  const counts = new Map<string, number>()
  for (const word of new Set(texts.flatMap((text) => [...text.keys()]))) {
    const ranked = texts.map((text) => text.get(word) ?? 0).sort((a, b) => b - a)
    const count = ranked[votes - 1] ?? 0
    if (count > 0) counts.set(word, count)
  }
  return counts
}

/**
 * `shared` for a language without spaces, where two extractors part a sentence differently: a phrase counts as kept
 * as often as it stands anywhere in the text's letters and digits.
 */
export function sharedPhrases(wanted: WordCounts, text: string): number {
  const letters = text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, '')
  let sum = 0
  for (const [phrase, count] of wanted) sum += Math.min(count, letters.split(phrase).length - 1)
  return sum
}
