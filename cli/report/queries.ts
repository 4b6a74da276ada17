/** Questions to the model: titles of pages, some seen in training and one held out, in both languages. */
import type { PairEntry } from '../../dictionary/entries.ts'
import { type TaughtTerm, teachersOf } from '../../evaluation/teachers.ts'
import type { Pairs } from '../outputs.ts'
import type { ActivatedTerm, LeadHit, SearchModel } from '../published-model.ts'

export interface QueryView {
  readonly language: 'ko' | 'en'
  readonly text: string
  /** The same thing's name in the other language. */
  readonly mate: string
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

/** Each pair asked in Korean, then in English. `entries`: those of the dictionary, of which the training pairs count. */
export async function askQueries(
  model: SearchModel,
  pairs: Pairs,
  entries: AsyncIterable<PairEntry>,
): Promise<QueryView[]> {
  const views: Omit<QueryView, 'taught'>[] = []
  for (const entry of chosen(pairs)) {
    for (const language of ['ko', 'en'] as const) {
      const [text, mate] = language === 'ko' ? [entry.korean, entry.english] : [entry.english, entry.korean]
      views.push({
        language,
        text,
        mate,
        seen: entry.split === 'train',
        terms: await model.terms(text, 'query'),
        hits: await model.search(text, hitsShown, language === 'ko' ? 'en' : 'ko'),
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
