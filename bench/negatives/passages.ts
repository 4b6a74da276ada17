/** Passages and queries in the words of the real English pages, as many as are wanted. */
import { words } from '../../language/tokens.ts'
import { Randomness } from '../../model/randomness.ts'
import { articlesOfPages, ourEngines } from '../pages/our-articles.ts'
import { realWikis } from '../pages/real-pages.ts'

const stretchWords = 20
const stretchesPerPassage = 3
const shortQueryWords = 5
const seed = 20_261_127

export interface Passages {
  readonly passages: readonly (readonly string[])[]
  /** Five words in a row of a passage each. */
  readonly short: readonly (readonly string[])[]
  /** Passages of the corpus. */
  readonly whole: readonly (readonly string[])[]
  /** The passage that each query is of, both kinds. */
  readonly positives: readonly number[]
}

/**
 * Each passage is three stretches of 20 words in a row, drawn from all pages: words are as frequent, and stand beside one
 * another, as in the pages. Throws where the pages are not here.
 */
export async function makePassages(count: number, queries: number): Promise<Passages> {
  const [first] = (await realWikis()).filter(({ wiki }) => wiki === 'enwiki')
  if (first === undefined) throw new Error('no pages to make passages of: ../shared/data/wiki-dumps is not here')
  const text: string[] = []
  for (const { lead, sections } of await articlesOfPages(first.pages, first.site, ourEngines[0]!)) {
    for (const part of [lead, ...sections.map((section) => section.text)])
      for (const word of words(part)) text.push(word)
  }
  const randomness = new Randomness(seed)
  const stretch = (): string[] => {
    const at = randomness.below(text.length - stretchWords)
    return text.slice(at, at + stretchWords)
  }
  const passages = Array.from({ length: count }, () => Array.from({ length: stretchesPerPassage }, stretch).flat())
  const positives = Array.from({ length: queries }, () => randomness.below(count))
  const whole = positives.map((at) => passages[at]!)
  const short = whole.map((passage) => {
    const at = stretchWords * randomness.below(stretchesPerPassage) + randomness.below(stretchWords - shortQueryWords)
    return passage.slice(at, at + shortQueryWords)
  })
  return { passages, short, whole, positives }
}
