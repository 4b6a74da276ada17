/** The terms of a dictionary that are spelt most like one that it lacks. */
import { distance } from 'fastest-levenshtein'
import { jamoOf } from '../language/korean.ts'
import { termBatches } from './term-index.ts'

/** Letters that may differ, of those of the longer of two terms. */
const differingShare = 1 / 3

const hangul = /\p{Script=Hangul}/u

/**
 * At most `count` folded terms, most alike first. Alike are terms of which at most a third of the letters differ (Hangul by
 * jamo, so that 데이타 is one letter away from 데이터), and those that the term begins. Reads the whole index.
 */
export async function nearestTerms(index: string, folded: string, count: number): Promise<string[]> {
  const likeness = new Likeness(folded)
  let kept: { readonly term: string; readonly apart: number }[] = []
  let last = ''
  for await (const terms of termBatches(index)) {
    for (const term of terms) {
      if (term === last) continue
      last = term
      const apart = likeness.lettersApart(term)
      // In order, so that of two as near the first stays.
      if (apart === undefined || (kept.length === count && apart >= kept[count - 1]!.apart)) continue
      kept = [...kept, { term, apart }].sort((a, b) => a.apart - b.apart).slice(0, count)
    }
  }
  return kept.map(({ term }) => term)
}

class Likeness {
  private readonly folded: string
  private readonly letters: string
  private readonly characters: ReadonlySet<string>

  constructor(folded: string) {
    this.folded = folded
    this.letters = lettersOf(folded)
    this.characters = new Set(folded)
  }

  /** Undefined where the two are not alike. */
  lettersApart(term: string): number | undefined {
    const isBegun = this.folded.length > 1 && term.startsWith(this.folded)
    // Most terms share no syllable, and need not be taken apart.
    if (!isBegun && !this.sharesCharacter(term)) return undefined
    const letters = lettersOf(term)
    const most = Math.floor(Math.max(this.letters.length, letters.length) * differingShare)
    if (!isBegun && Math.abs(this.letters.length - letters.length) > most) return undefined
    const apart = distance(this.letters, letters)
    return isBegun || apart <= most ? apart : undefined
  }

  private sharesCharacter(term: string): boolean {
    for (const character of term) if (this.characters.has(character)) return true
    return false
  }
}

function lettersOf(term: string): string {
  return hangul.test(term) ? jamoOf(term) : term
}
