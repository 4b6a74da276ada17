/**
 * Which training pairs taught a model to activate a term for a text: those in which a name that shares tokens with the text stands
 * beside the term. A text says its own tokens itself; a term that no pair holds was learnt from leads, or is noise.
 */
import { nameOf, type PairEntry } from '../dictionary/entries.ts'

export type TeachingPair = Pick<PairEntry, 'left' | 'right' | 'source'>

export interface TaughtTerm {
  readonly term: string
  /** Whether the text holds the term itself. */
  readonly isOwn: boolean
  /** Training pairs that hold it beside tokens of the text. */
  readonly pairs: number
  /** Those that share most with the text, at most three. */
  readonly examples: readonly TeachingPair[]
}

export interface Question {
  /** Of the text, as the vocabulary writes them. */
  readonly tokens: readonly string[]
  readonly terms: readonly string[]
}

const examplesKept = 3

interface Candidate {
  readonly pair: TeachingPair
  /** Tokens that text and name have in common ÷ tokens of either, 0 to 1. */
  readonly likeness: number
}

interface Gathered {
  pairs: number
  best: Candidate[]
}

/** In the order of the questions and of their terms. Reads the entries once; those of val and test taught nothing. */
export async function teachersOf(
  questions: readonly Question[],
  entries: AsyncIterable<PairEntry>,
  tokensOf: (text: string) => readonly string[],
): Promise<TaughtTerm[][]> {
  const asked = questions.map(({ tokens, terms }) => ({
    tokens: new Set(tokens),
    mayShare: mayShareTokens(tokens),
    terms: new Map(terms.map((term): [string, Gathered] => [term, { pairs: 0, best: [] }])),
  }))
  for await (const { left: leftName, right: rightName, source, split } of entries) {
    if (split !== 'train') continue
    const pair = { left: leftName, right: rightName, source }
    for (const { tokens, mayShare, terms } of asked) {
      if (!mayShare(leftName) && !mayShare(rightName)) continue
      const [left, right] = [new Set(tokensOf(leftName)), new Set(tokensOf(rightName))]
      const likeness = Math.max(likenessOf(tokens, left), likenessOf(tokens, right))
      if (likeness === 0) continue
      for (const [term, gathered] of terms) if (left.has(term) || right.has(term)) gather(gathered, { pair, likeness })
    }
  }
  return asked.map(({ tokens, terms }) =>
    Array.from(terms, ([term, { pairs, best }]) => {
      return { term, isOwn: tokens.has(term), pairs, examples: best.map(({ pair }) => pair) }
    }),
  )
}

/** Cutting a name into tokens costs a hundred times as much as to see that none can be among them. */
function mayShareTokens(tokens: readonly string[]): (name: string) => boolean {
  const bare = tokens.map((token) => token.replace(/^(?:##|▁)/u, '').toLowerCase()).filter((token) => token !== '')
  return (name) => {
    const lower = name.toLowerCase()
    return bare.some((token) => lower.includes(token))
  }
}

function likenessOf(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let common = 0
  for (const token of b) if (a.has(token)) common += 1
  return common === 0 ? 0 : common / (a.size + b.size - common)
}

function gather(gathered: Gathered, candidate: Candidate): void {
  gathered.pairs += 1
  gathered.best.push(candidate)
  gathered.best.sort((a, b) => b.likeness - a.likeness || (nameOf(a.pair) < nameOf(b.pair) ? -1 : 1))
  gathered.best.length = Math.min(gathered.best.length, examplesKept)
}
