/** A small corpus whose negatives can be worked out by hand, and the assembler driven over it. */
import type { TestContext } from 'node:test'
import type { Incoming } from '../../runtime/service.ts'
import type { Article, Split, SynonymPair } from '../../schemas/types.ts'
import exampleAssembler from '../../services/09-example-assembler/service.ts'
import { drive, incoming, temporaryFolder } from './drive.ts'
import { articleOf, pairOf, synonymOf } from './events.ts'

let pages = 0
export const page = (language: string, title: string, lead: string, set: Partial<Article> = {}): Incoming =>
  incoming('articles', articleOf(language, ++pages, title, { lead, ...set }))

export const clusterOf = (cluster: string, split: Split, ...pairs: readonly SynonymPair[]): Incoming[] =>
  pairs.map((pair) => incoming('synonyms', synonymOf(pair, { cluster, split })))

export async function assemble(t: TestContext, events: readonly Incoming[], settings = {}) {
  const driven = await drive(await temporaryFolder(t), exampleAssembler, events, { settings })
  return { ...driven, examples: driven.events('training-examples') }
}

const linkTo = (target: string) => ({ links: [{ target, surface: target, count: 1 }] })
/** Pages in the way of Water: its cluster, its links both ways, a copy, a held-out one. */
export const english = [
  ...clusterOf('c1', 'train', pairOf('물', 'Water'), pairOf('물', 'Aqua', ['아쿠아', 'Aqua'])),
  ...clusterOf('c2', 'test', pairOf('바다', 'Sea')),
  page('en', 'Water', 'water flows down rivers and fills lakes', linkTo('Rain')),
  page('en', 'Stone', 'stone lies there'),
  page('en', 'Oil', 'oil flows in pipes'),
  page('en', 'Ice', 'ice fills lakes and rivers in winter'),
  page('en', 'Copy', 'water flows down rivers and fills seas'),
  page('en', 'Rain', 'rain fills rivers and lakes'),
  page('en', 'Lake', 'lakes and rivers', linkTo('Water')),
  page('en', 'Aqua', 'aqua fills big round glass lakes'),
  page('en', 'Sea', 'salt water of rivers fills it'),
  page('ko', '호수', 'water fills lakes'),
]
/** Four words in common, then one, then none; a copy has six of eight. */
export const hardestOfWater = ['ice fills lakes and rivers in winter', 'oil flows in pipes', 'stone lies there']

export const negativesOfWater = async (t: TestContext, settings: object) => {
  const { examples } = await assemble(t, english, { kinds: ['title_lead'], ...settings })
  return examples.find(({ query, documentLanguage }) => query === 'Water' && documentLanguage === 'en')?.negativeDocs
}
