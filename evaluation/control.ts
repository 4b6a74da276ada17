/**
 * Whether a name activates the words of its mate, beside the words of another's mate: a model that fires the same terms for
 * everything does the one as often as the other.
 */
import { Randomness } from '../model/randomness.ts'
import { cosine } from './sparsity.ts'
import type { Query, Task } from './tasks.ts'
import type { TextEncoder, Vectors } from './vectors.ts'

export interface ControlFigures {
  readonly pairs: number
  /** Mean share of the mate's tokens that are active in the name's vector. */
  readonly activation: number
  readonly shuffledActivation: number
  /** Mean cosine of the two vectors. */
  readonly cosine: number
  readonly shuffledCosine: number
}

/** `task`: names that ask for names. Every query goes with its first answer, then with that of another query, seeded. */
export function controlOf(
  task: Task,
  queries: readonly Query[],
  vectors: Vectors,
  { contentIds, seed }: Pick<TextEncoder, 'contentIds'> & { readonly seed: number },
): ControlFigures {
  const shuffled = new Randomness(seed).shuffled(queries)
  const mateOf = ({ relevant }: Query): string => task.pool.texts[Math.min(...relevant)]!
  const tokens = new Map(queries.map((query) => [mateOf(query), [...new Set(contentIds(mateOf(query)))]]))
  const mean = (figureOf: (name: string, mate: string) => number, shift: number): number =>
    shuffled.reduce((sum, query, at) => {
      const other = shuffled[(at + shift) % shuffled.length]!
      return sum + figureOf(query.text, mateOf(other))
    }, 0) / Math.max(1, shuffled.length)
  const activation = (name: string, mate: string): number => {
    const wanted = tokens.get(mate)!
    const active = new Set(vectors.query(name).terms)
    return wanted.filter((token) => active.has(token)).length / Math.max(1, wanted.length)
  }
  const likeness = (name: string, mate: string): number => cosine(vectors.query(name), vectors.document(mate))
  return {
    pairs: queries.length,
    activation: mean(activation, 0),
    shuffledActivation: mean(activation, 1),
    cosine: mean(likeness, 0),
    shuffledCosine: mean(likeness, 1),
  }
}
