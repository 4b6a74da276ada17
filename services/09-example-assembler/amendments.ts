/** What an update changes in the examples: those of the clusters and pages that are told otherwise than before, and no others. */
import { isDeepStrictEqual } from 'node:util'
import { bigrams } from '../../language/tokens.ts'
import { type Deps, dropped, emit, type Outcome, type Retraction, retraction } from '../../runtime/service.ts'
import type { TrainingExample } from '../../schemas/types.ts'
import { pointOf, type TextKind } from './documents.ts'
import { type AssemblerChanges, type Changed, changedIn, titleKey } from './exchange.ts'
import { inGroups } from './groups.ts'
import { copyOfKeptWorld, keepWorld, keptWorld } from './kept-world.ts'
import { isOnArc, type Mined, minedTextAt } from './negatives.ts'
import type { PageTitle } from './pages.ts'
import { type Relayered, relayer } from './relayering.ts'
import type { Settings } from './settings.ts'
import { isForm, type SpanSettings, spanExamplesOf, wordsOf } from './spans.ts'
import { toldOf } from './told.ts'
import type { World } from './world.ts'

type AmendDeps = Deps<Settings, 'files' | 'scratch'>
type Amendment = Outcome<'training-examples'> | Retraction<'training-examples'>
/** Pages by language and title. */
type PageSet = Map<string, PageTitle>

export async function* amendments(changes: AssemblerChanges, deps: AmendDeps): AsyncIterable<Amendment> {
  const { settings, log } = deps
  const before = keptWorld(settings, deps)
  const after = copyOfKeptWorld(settings, deps)
  try {
    const changed = await changedIn(changes, before, after)
    const relayered = new Map<string, ReadonlyMap<TextKind, Relayered>>()
    for (const [language, exchange] of changed.exchanges) {
      if (exchange.gone.length + exchange.come.length === 0) continue
      relayered.set(language, await relayer(language, exchange, after, deps))
    }
    const doubtful = doubtfulMined(after, changed, relayered)
    const pages = await changedPages(before, after, changed, doubtful, deps)
    log.info({ clusters: changed.clusters.size, mined: doubtful.length, pages: pages.size }, 'what has changed')
    yield* ofClusters(before, after, clustersOf(before, after, changed, pages), deps)
    for (const page of pagesOfChangedWords(before, after, changed, settings)) pages.set(titleKey(page), page)
    yield* ofSpans(before, after, pages, deps)
    for (const { reason, count } of after.dropped()) yield dropped(reason, count)
    await before.close()
    await keepWorld(after, deps)
  } catch (error) {
    await before.close()
    await after.close()
    throw error
  }
}

/** What was mined and may be otherwise now, which is forgotten; its keys. */
function doubtfulMined(
  after: World,
  { exchanges }: Changed,
  relayered: ReadonlyMap<string, ReadonlyMap<TextKind, Relayered>>,
): string[] {
  const points = new Map(
    [...exchanges].map(([language, { come }]) => [language, come.map(({ title }) => pointOf(title))]),
  )
  const isDoubtful = (key: string, { seen, least, arc }: Mined): boolean => {
    const { language, kind } = minedTextAt(key)
    const now = relayered.get(language)?.get(kind)
    if (now === undefined) return false
    const documents = after.documents.get(language)!
    if (now.newest === undefined || seen.some((number) => documents.isGone(number))) return true
    const own = seen[0]!
    if (now.reweighed.has(own)) return true
    if (arc && points.get(language)!.some((point) => isOnArc(point, arc))) return true
    return now.newest.hasHit(bigrams(documents.at(own)[kind]), least)
  }
  const doubtful: string[] = []
  for (const { key, value } of after.mined.entries()) if (isDoubtful(key, value)) doubtful.push(key)
  for (const key of doubtful) after.mined.put(key, null)
  return doubtful
}

/** Pages whose documents are others, or have other negatives. */
async function changedPages(
  before: World,
  after: World,
  { exchanges }: Changed,
  doubtful: readonly string[],
  { signal }: Pick<AmendDeps, 'signal'>,
): Promise<PageSet> {
  const pages: PageSet = new Map()
  const add = (page: PageTitle) => pages.set(titleKey(page), page)
  for (const [language, { gone, come }] of exchanges) {
    for (const { title } of [...gone, ...come]) add({ language, title })
  }
  for await (const group of inGroups(doubtful)) {
    signal.throwIfAborted()
    for (const key of group) {
      const text = minedTextAt(key)
      const [was, is] = [await before.negatives.of(text), await after.negatives.of(text)]
      if (!isDeepStrictEqual(was, is)) add(text)
    }
  }
  return pages
}

function clustersOf(before: World, after: World, { clusters }: Changed, pages: PageSet): string[] {
  const names = new Set(clusters)
  for (const page of pages.values()) {
    for (const world of [before, after]) for (const { cluster } of world.clusterPages.allOf(page)) names.add(cluster)
  }
  return [...names].sort()
}

async function* ofClusters(
  before: World,
  after: World,
  names: readonly string[],
  { settings, progress, signal }: AmendDeps,
): AsyncIterable<Amendment> {
  let done = 0
  for await (const group of inGroups(names)) {
    signal.throwIfAborted()
    for (const name of group) {
      const [was, is] = [before.clusters.at(name), after.clusters.at(name)]
      const toldBefore = was && (await toldOf(was, before, settings))
      const told = is && (await toldOf(is, after, settings))
      if (toldBefore) after.drop(toldBefore.untold.reason, -toldBefore.untold.count)
      if (told) after.drop(told.untold.reason, told.untold.count)
      yield* difference(toldBefore?.examples ?? [], told?.examples ?? [])
    }
    done += group.length
    progress.report({ done, total: names.length, unit: 'clusters' })
  }
}

/** Pages with a word that is rarer or commoner than before, or held out or no longer so. */
function* pagesOfChangedWords(
  before: World,
  after: World,
  { exchanges, heldOutNames }: Changed,
  { kinds }: SpanSettings,
): Iterable<PageTitle> {
  if (!kinds.includes('span_lead')) return
  for (const [language, { gone, come }] of exchanges) {
    const [was, is] = [before.words.get(language)!, after.words.get(language)!]
    const words = new Set<string>()
    for (const document of [...gone, ...come]) {
      for (const word of wordsOf(document)) if (was.commonnessOf(word) !== is.commonnessOf(word)) words.add(word)
    }
    if (words.size + heldOutNames.size === 0) continue
    const isChanged = (word: string) => words.has(word) || (heldOutNames.size > 0 && isForm(word, heldOutNames))
    for (const document of after.documents.get(language)!) {
      if (document.split !== 'train') continue
      for (const word of wordsOf(document)) {
        if (!isChanged(word)) continue
        yield { language, title: document.title }
        break
      }
    }
  }
}

async function* ofSpans(
  before: World,
  after: World,
  pages: PageSet,
  { settings, signal }: AmendDeps,
): AsyncIterable<Amendment> {
  const examplesIn = (world: World, { language, title }: PageTitle) => {
    const document = world.documents.get(language)!.of(title)
    return document === undefined ? [] : spanExamplesOf(document, language, world, settings)
  }
  for await (const group of inGroups(pages.values())) {
    signal.throwIfAborted()
    for (const page of group) yield* difference(await examplesIn(before, page), await examplesIn(after, page))
  }
}

function* difference(was: readonly TrainingExample[], is: readonly TrainingExample[]): Iterable<Amendment> {
  const standing = new Map(was.map((example) => [example.exampleId, example]))
  for (const example of is) {
    const same = standing.get(example.exampleId)
    if (same !== undefined && isDeepStrictEqual(same, example)) standing.delete(example.exampleId)
    else yield emit.trainingExamples(example)
  }
  for (const example of standing.values()) yield retraction(emit.trainingExamples(example))
}
