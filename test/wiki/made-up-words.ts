/** Text that looks like words and does not compress, the same for a seed. Source of the draws: Numerical Recipes' linear congruence. */
export function madeUpWords(length: number, seed: number): string {
  let state = seed
  let text = ''
  while (text.length < length) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    text += `${(state >>> 8).toString(36)} `
  }
  return text.slice(0, length)
}
