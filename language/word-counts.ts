/** Word counts of a corpus, and which Korean words are a noun with a particle, as the counts themselves tell. */
import { HeldOutNames } from './held-out-names.ts'
import { type Inflected, inflectionsOf } from './korean.ts'

/** Kinds of particles, a bit each. The first three follow nouns only, never another particle: 서울에 takes 는, but no 이. */
const [subject, object, company, topic, genitive, place, direction, extent, copula] = [1, 2, 4, 8, 16, 32, 64, 128, 256]
const caseKinds = subject | object | company
/** Verb endings look like the particles that are left out: 사용하였다, 사용하라. */
const kindOfParticle = new Map(
  Object.entries({
    [subject]: '이 가',
    [object]: '을 를',
    [company]: '과 와',
    [topic]: '은 는',
    [genitive]: '의',
    [place]: '에 에서 에는 에서는 에서의 에게',
    [direction]: '로 으로',
    [extent]: '까지 부터',
    [copula]: '이다 이며 이자 이었다',
  }).flatMap(([kind, forms]) => forms.split(' ').map((form) => [form, Number(kind)] as const)),
)
const endsInHangul = /\p{Script=Hangul}$/u
/** A one-letter stem must also occur bare this often: 많이 and 많을 do not make a noun 많. */
const minBareCount = 2

export interface WordCountSettings {
  /** Names whose words are not counted, wherever they stand; a vocabulary of the counts has none of them as an entry. */
  readonly heldOut?: HeldOutNames
  readonly maxDistinct?: number
}

/**
 * Counts words as the tokenizer will see them. Above `maxDistinct` different words the rarest are forgotten (lossy
 * counting: a kept count is short by at most `forgottenBelow`); the same texts in the same order give the same counts.
 */
export class WordCounts {
  readonly counts = new Map<string, number>()
  readonly heldOut: HeldOutNames
  private readonly maxDistinct: number
  private floor = 0

  static of(texts: Iterable<string>, settings: WordCountSettings = {}): WordCounts {
    const counts = new WordCounts(settings)
    for (const text of texts) counts.add(text)
    return counts
  }

  constructor({ heldOut = HeldOutNames.none, maxDistinct = 4_000_000 }: WordCountSettings = {}) {
    this.heldOut = heldOut
    this.maxDistinct = maxDistinct
  }

  /** The highest count that a forgotten word can have had; 0 while nothing was forgotten. */
  get forgottenBelow(): number {
    return this.floor
  }

  add(text: string): void {
    for (const word of this.heldOut.wordsBeside(text)) this.counts.set(word, (this.counts.get(word) ?? this.floor) + 1)
    while (this.counts.size > this.maxDistinct) {
      this.floor += 1
      for (const [word, count] of this.counts) if (count <= this.floor) this.counts.delete(word)
    }
  }
}

/**
 * Parts a word into noun and particle when the corpus shows the noun: it is followed by particles of two kinds, or by a
 * case particle and stands bare. A word that is shown to be a noun itself is never parted: 고양이 ends in 이, but 고양이가
 * and 고양이를 occur. Where a shorter noun explains a word (서울에서 before 는 and 의), only case particles show a noun.
 */
export class ParticleSplitter {
  private readonly counts: ReadonlyMap<string, number>
  private readonly names: ReadonlySet<string>
  /** Bit set of the kinds of particles seen after a stem. */
  private readonly kinds = new Map<string, number>()
  private readonly verdicts = new Map<string, boolean>()

  /** `names`: words that are nouns whatever the counts say, such as title words; in the form of `bertWords`. */
  constructor(counts: ReadonlyMap<string, number>, names: ReadonlySet<string>) {
    this.counts = counts
    this.names = names
    for (const word of counts.keys()) {
      if (!endsInHangul.test(word)) continue
      for (const { stem, particle } of inflectionsOf(word)) {
        const kind = kindOfParticle.get(particle)
        if (kind !== undefined) this.kinds.set(stem, (this.kinds.get(stem) ?? 0) | kind)
      }
    }
  }

  split(word: string): Inflected | undefined {
    if (!endsInHangul.test(word) || this.isNoun(word)) return undefined
    return inflectionsOf(word).find(({ stem }) => this.isNoun(stem))
  }

  private isNoun(word: string): boolean {
    const known = this.verdicts.get(word)
    if (known !== undefined) return known
    const verdict = this.names.has(word) || this.showsNoun(word)
    this.verdicts.set(word, verdict)
    return verdict
  }

  private showsNoun(word: string): boolean {
    const kinds = this.kinds.get(word) ?? 0
    const cases = bitCount(kinds & caseKinds)
    const isBare = (this.counts.get(word) ?? 0) >= minBareCount
    if (word.length === 1) return cases >= 2 && isBare
    if (cases >= 2 || (cases === 1 && isBare)) return true
    return bitCount(kinds) >= 2 && !inflectionsOf(word).some(({ stem }) => this.isNoun(stem))
  }
}

function bitCount(bits: number): number {
  let count = 0
  for (let rest = bits; rest > 0; rest &= rest - 1) count += 1
  return count
}
