/** Which documents an update takes away and which it brings, as they follow from the pages and clusters that have changed. */

import type { InputChanges } from '../../runtime/service.ts'
import type { TopicName } from '../../topology.ts'
import { heldOutNamesOf, pagesOf } from './cluster-pages.ts'
import type { Document } from './documents.ts'
import { nameKeyOf, type Page, type PageTitle } from './pages.ts'
import type { Exchange } from './ranking.ts'
import type { World } from './world.ts'

export type AssemblerChanges = InputChanges<Extract<TopicName, 'articles' | 'synonyms'>>

export interface Changed {
  /** Names of clusters. */
  readonly clusters: ReadonlySet<string>
  /** Folded names that are held out and were not, or the other way round. */
  readonly heldOutNames: ReadonlySet<string>
  /** By language. Documents that come are in the order of their titles. */
  readonly exchanges: ReadonlyMap<string, Exchange>
}

/** Brings pages, clusters and held-out names of `after` up to date. Its documents stay as they are. */
export async function changedIn(changes: AssemblerChanges, before: World, after: World): Promise<Changed> {
  const titles = new Titles()
  const { clusters, events } = await take(changes, after, titles, before)
  const names = new Set<string>()
  for (const name of clusters) {
    const [was, is] = [before.clusters.at(name), after.clusters.at(name)]
    if (was) after.clusterPages.remove(was)
    if (was) after.heldOut.remove(was)
    if (is) after.clusterPages.add(is)
    if (is) after.heldOut.add(is)
    for (const cluster of [was, is]) {
      if (!cluster) continue
      for (const page of pagesOf(cluster)) titles.add(page)
      for (const heldOut of heldOutNamesOf(cluster)) names.add(heldOut)
    }
  }
  const ofTest = new Set([...names].filter((name) => before.heldOut.isOfTest(name) !== after.heldOut.isOfTest(name)))
  for (const { key, page } of before.pages.events()) {
    if (!events.has(key) && !changes.isKept(key)) {
      after.pages.remove(key)
      titles.add(page)
    } else if (ofTest.size > 0 && ofTest.has(nameKeyOf(page.title))) titles.add(page)
  }
  const heldOutNames = new Set([...names].filter((name) => before.heldOut.has(name) !== after.heldOut.has(name)))
  return { clusters, heldOutNames, exchanges: exchangesOf(titles, before, after) }
}

/** Pages by language and title, each once. */
class Titles {
  readonly #pages = new Map<string, PageTitle>()

  add(page: PageTitle | undefined): void {
    if (page) this.#pages.set(titleKey(page), page)
  }

  get sorted(): PageTitle[] {
    return [...this.#pages.values()].sort((a, b) => Buffer.compare(Buffer.from(a.title), Buffer.from(b.title)))
  }
}

export function titleKey({ language, title }: PageTitle): string {
  return `${language}\t${title}`
}

async function take(
  { events }: AssemblerChanges,
  after: World,
  titles: Titles,
  before: World,
): Promise<{ readonly clusters: Set<string>; readonly events: Set<string> }> {
  const clusters = new Set<string>()
  const keys = new Set<string>()
  for await (const event of events) {
    if (event.topic === 'synonyms') {
      for (const cluster of after.clusters.put(event.key, event.value)) clusters.add(cluster)
    } else {
      keys.add(event.key)
      titles.add(before.pages.titleAt(event.key))
      titles.add(event.value)
      after.pages.put(event.key, event.value)
    }
  }
  return { clusters, events: keys }
}

function exchangesOf(titles: Titles, before: World, after: World): Map<string, Exchange> {
  const exchanges = new Map(
    [...after.documents.keys()].map((language) => [language, { gone: [] as Document[], come: [] as Document[] }]),
  )
  for (const title of titles.sorted) {
    const [was, is] = [madeOf(before.pages.of(title), before), madeOf(after.pages.of(title), after)]
    if (typeof was === 'string') after.drop(was, -1)
    if (typeof is === 'string') after.drop(is, 1)
    const exchange = exchanges.get(title.language)
    const [goes, comes] = [was, is].map((one) => (typeof one === 'string' ? undefined : one))
    if (exchange === undefined || JSON.stringify(goes) === JSON.stringify(comes)) continue
    if (goes) exchange.gone.push(goes)
    if (comes) exchange.come.push(comes)
  }
  return exchanges
}

function madeOf(page: Page | undefined, world: World) {
  return page === undefined ? undefined : world.documentOf(page)
}
