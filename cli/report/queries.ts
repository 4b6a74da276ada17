/** Questions to the model: titles of pages, some seen in training and one held out, in both languages. */
import type { PairEntry } from '../../dictionary/entries.ts'
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
  /** From the other language's articles. */
  readonly hits: readonly LeadHit[]
}

const seenQueries = 2
const heldOutQueries = 1
const hitsShown = 5

export async function askQueries(model: SearchModel, pairs: Pairs): Promise<QueryView[]> {
  const views: QueryView[] = []
  for (const language of ['ko', 'en'] as const) {
    for (const entry of chosen(pairs)) {
      const [text, mate] = language === 'ko' ? [entry.korean, entry.english] : [entry.english, entry.korean]
      views.push({
        language,
        text,
        mate,
        seen: entry.split === 'train',
        terms: await model.terms(text),
        hits: await model.search(text, hitsShown, language === 'ko' ? 'en' : 'ko'),
      })
    }
  }
  return views
}

function chosen({ titles }: Pairs): PairEntry[] {
  const heldOut = [...titles.test, ...titles.val].slice(0, heldOutQueries)
  return [...titles.train.slice(0, seenQueries), ...heldOut]
}
