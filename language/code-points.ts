/** The order of code points, which is that of their UTF-8 bytes, and so that of a sorted table. */

const surrogate = /[\ud800-\udfff]/

/** Code units sort as code points do, but for surrogates. */
export function compareCodePoints(a: string, b: string): number {
  if (surrogate.test(a) || surrogate.test(b)) return Buffer.compare(Buffer.from(a), Buffer.from(b))
  return a < b ? -1 : a > b ? 1 : 0
}

export function sortedByCodePoints(texts: string[]): string[] {
  return texts.some((text) => surrogate.test(text)) ? texts.sort(compareCodePoints) : texts.sort()
}
