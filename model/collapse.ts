import { Randomness } from './randomness.ts'
import { dot, type SparseVector } from './sparse-vector.ts'

/** Signs that sparse vectors no longer tell texts apart. */
export interface CollapseFigures {
  /** Share of the texts in which the most frequent term fires, and that term. */
  readonly mostFrequentTermShare: number
  readonly mostFrequentTerm: number
  /** Mean cosine of pairs of different texts, drawn at random. */
  readonly randomPairCosine: number
  /** Share of the texts without any active term. */
  readonly emptyShare: number
  /** Of the weight on terms whose language is known, the share of each; none where no term's is. */
  readonly languageShares: readonly number[]
}

const drawnPairs = 1000

/** Figures of at least two texts. `sideOf` is 0 or 1 for a term of either language, -1 where that cannot be told. The pairs drawn follow from the seed. */
export function collapseFigures(
  vectors: readonly SparseVector[],
  sideOf: (term: number) => number,
  seed: number,
): CollapseFigures {
  const textsOfTerm = new Map<number, number>()
  const sides = [0, 0]
  for (const { terms, weights } of vectors) {
    for (const [i, term] of terms.entries()) {
      textsOfTerm.set(term, (textsOfTerm.get(term) ?? 0) + 1)
      const side = sideOf(term)
      if (side >= 0) sides[side]! += weights[i]!
    }
  }
  const known = sides.reduce((sum, weight) => sum + weight)
  let [mostFrequentTerm, most] = [0, 0]
  for (const [term, texts] of textsOfTerm) {
    if (texts > most || (texts === most && term < mostFrequentTerm)) [mostFrequentTerm, most] = [term, texts]
  }
  return {
    mostFrequentTermShare: most / vectors.length,
    mostFrequentTerm,
    randomPairCosine: meanCosine(vectors, new Randomness(seed)),
    emptyShare: vectors.filter(({ terms }) => terms.length === 0).length / vectors.length,
    languageShares: known === 0 ? [] : sides.map((weight) => weight / known),
  }
}

function meanCosine(vectors: readonly SparseVector[], randomness: Randomness): number {
  const norms = vectors.map((vector) => Math.sqrt(dot(vector, vector)))
  let total = 0
  for (let pair = 0; pair < drawnPairs; pair++) {
    const a = randomness.below(vectors.length)
    // Any other text.
    const b = (a + 1 + randomness.below(vectors.length - 1)) % vectors.length
    const norm = norms[a]! * norms[b]!
    if (norm > 0) total += dot(vectors[a]!, vectors[b]!) / norm
  }
  return total / drawnPairs
}

/** Largest figures that are let pass. */
export interface CollapseLimits {
  readonly termShare: number
  readonly pairCosine: number
  readonly emptyShare: number
  /** Smallest share of either language in the weight. */
  readonly languageShare: number
}

/** What is wrong and what it mostly comes from, in a sentence each; none where the vectors are sound. */
export function diagnose(
  figures: CollapseFigures,
  limits: CollapseLimits,
  names: { readonly termOf: (term: number) => string; readonly languages: readonly string[] },
): readonly string[] {
  const percent = (share: number) => `${(100 * share).toFixed(0)} %`
  const { mostFrequentTermShare, mostFrequentTerm, randomPairCosine, emptyShare, languageShares } = figures
  const found: string[] = []
  if (emptyShare > limits.emptyShare) {
    found.push(
      `${percent(emptyShare)} of the texts have no active term: the sparsity penalty is too strong or rises too fast`,
    )
  }
  if (mostFrequentTermShare > limits.termShare) {
    const term = names.termOf(mostFrequentTerm)
    found.push(
      `the term "${term}" fires in ${percent(mostFrequentTermShare)} of the texts: it stands for nothing any more`,
    )
  }
  if (randomPairCosine > limits.pairCosine) {
    found.push(`random pairs have a mean cosine of ${randomPairCosine.toFixed(2)}: the same terms fire for everything`)
  }
  for (const [side, share] of languageShares.entries()) {
    if (share >= limits.languageShare) continue
    found.push(`${percent(share)} of the weight lies on ${names.languages[side]} terms: one language speaks for both`)
  }
  return found
}
