/** Questions to the model: titles of pages, some seen in training and one held out, in both languages. */
import type { PairEntry } from '../../dictionary/entries.ts'
import { type TaughtTerm, teachersOf } from '../../evaluation/teachers.ts'
import type { Pairs } from '../outputs.ts'
import type { ActivatedTerm, LeadHit, SearchModel } from '../published-model.ts'

export interface QueryView {
  readonly language: string
  readonly text: string
  /** The same thing's name in the other language. */
  readonly mate: string
  readonly mateLanguage: string
  /** True where the pair was on the training side of the split. */
  readonly seen: boolean
  /** Heaviest first; all of them are counted, the first are shown. */
  readonly terms: readonly ActivatedTerm[]
  /** The pairs that taught the terms shown, in their order. */
  readonly taught: readonly TaughtTerm[]
  /** From the other language's articles. */
  readonly hits: readonly LeadHit[]
}

const seenQueries = 2
const heldOutQueries = 1
const hitsShown = 5
export const termsShown = 12

/** Each pair asked by its left name, then by its right one. `entries`: those of the dictionary, of which the training pairs count. */
export async function askQueries(
  model: SearchModel,
  pairs: Pairs,
  entries: AsyncIterable<PairEntry>,
): Promise<QueryView[]> {
  const views: Omit<QueryView, 'taught'>[] = []
  for (const entry of chosen(pairs)) {
    const { left, right, languages } = entry
    const ways = [
      { text: left, language: languages[0], mate: right, mateLanguage: languages[1] },
      { text: right, language: languages[1], mate: left, mateLanguage: languages[0] },
    ]
    for (const way of ways) {
      views.push({
        ...way,
        seen: entry.split === 'train',
        terms: await model.terms(way.text, 'query'),
        hits: await model.search(way.text, hitsShown, way.mateLanguage),
      })
    }
  }
  const questions = views.map(({ text, terms }) => ({
    tokens: model.tokens(text),
    terms: terms.slice(0, termsShown).map(({ term }) => term),
  }))
  const taught = await teachersOf(questions, entries, model.tokens)
  return views.map((view, at) => ({ ...view, taught: taught[at]! }))
}

function chosen({ titles }: Pairs): PairEntry[] {
  const heldOut = [...titles.test, ...titles.val].slice(0, heldOutQueries)
  return [...titles.train.slice(0, seenQueries), ...heldOut]
}
