/** What an update changes in the examples: those of the clusters and pages that are told otherwise than before, and no others. */
import { isDeepStrictEqual } from 'node:util'
import { bigrams } from '../../language/tokens.ts'
import { type Before, type Deps, dropped, emit, type Outcome, before as saidBefore } from '../../runtime/service.ts'
import type { Found } from '../../search/negatives.ts'
import { pagesOf } from './cluster-pages.ts'
import { pointOf, type TextKind, textKinds } from './documents.ts'
import { type Draft, exampleOf, toldOf } from './examples.ts'
import { type AssemblerChanges, type Changed, changedIn, titleKey } from './exchange.ts'
import { inGroups } from './groups.ts'
import { copyOfKeptWorld, keepWorld, keptWorld } from './kept-world.ts'
import { foundNow, isOnArc, minedKey, minedTextAt } from './negatives.ts'
import type { PageTitle } from './pages.ts'
import { type Relayered, relayer } from './relayering.ts'
import type { Settings } from './settings.ts'
import { isForm, spanDraftsOf, wordsOf } from './spans.ts'
import type { World } from './world.ts'

type AmendDeps = Deps<Settings, 'files' | 'scratch'>
type Amendment = Outcome<'training-examples'> | Before<'training-examples'>

/** New documents that are looked at for a text: more than are often among the first. */
const comeAtMost = 16

/** The world as it was and as it is, and where they differ. */
interface Step extends Changed {
  readonly before: World
  readonly after: World
  /** Pages whose documents are others, by language and title. */
  readonly exchanged: ReadonlySet<string>
  /** Texts that have other negatives, by their keys. */
  readonly remined: ReadonlySet<string>
}

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
    const remined = await reminedOf(before, after, changed, doubtful, deps)
    const step = { ...changed, before, after, exchanged: exchangedOf(changed), remined }
    log.info({ clusters: changed.clusters.size, doubtful: doubtful.size, remined: remined.size }, 'mined anew')
    yield* ofClusters(step, deps)
    yield* ofSpans(step, deps)
    for (const { reason, count } of after.dropped()) yield dropped(reason, count)
    await before.close()
    await keepWorld(after, deps)
  } catch (error) {
    await before.close()
    await after.close()
    throw error
  }
}

function exchangedOf({ exchanges }: Changed): Set<string> {
  const titles = new Set<string>()
  for (const [language, { gone, come }] of exchanges) {
    for (const { title } of [...gone, ...come]) titles.add(titleKey({ language, title }))
  }
  return titles
}

/** What was mined and may be otherwise now, which is forgotten: by its key, what is found now where that follows from what was. */
function doubtfulMined(
  after: World,
  { exchanges }: Changed,
  relayered: ReadonlyMap<string, ReadonlyMap<TextKind, Relayered>>,
): Map<string, Found | undefined> {
  const points = new Map(
    [...exchanges].map(([language, { come }]) => [language, come.map(({ title }) => pointOf(title))]),
  )
  const doubtful = new Map<string, Found | undefined>()
  for (const { key, value: mined } of after.mined.entries()) {
    const { language, kind } = minedTextAt(key)
    const now = relayered.get(language)?.get(kind)
    if (now === undefined) continue
    const documents = after.documents.get(language)!
    const own = mined.seen[0]!
    if (now.newest === undefined || documents.isGone(own) || now.reweighed.has(own)) {
      doubtful.set(key, undefined)
      continue
    }
    const { base, index } = now.newest
    const terms = bigrams(documents.at(own)[kind])
    const isDoubtful =
      mined.seen.some((number) => documents.isGone(number)) ||
      (mined.arc && points.get(language)!.some((point) => isOnArc(point, mined.arc!))) ||
      index.hasHit(terms, mined.least)
    if (!isDoubtful) continue
    const hits = index.search(terms, comeAtMost).map(({ doc, score }) => ({ doc: base + doc, score }))
    doubtful.set(key, foundNow(mined, { hits, isAll: hits.length < comeAtMost }, documents))
  }
  for (const key of doubtful.keys()) after.mined.put(key, null)
  return doubtful
}

/** Texts whose negatives are others, of those that were mined and those that are new. */
async function reminedOf(
  before: World,
  after: World,
  { exchanges }: Changed,
  doubtful: ReadonlyMap<string, Found | undefined>,
  { signal }: Pick<AmendDeps, 'signal'>,
): Promise<Set<string>> {
  const remined = new Set<string>()
  for (const [language, { come }] of exchanges) {
    for (const { title } of come) {
      if (before.documents.get(language)!.numberOf(title) !== undefined) continue
      for (const kind of textKinds) remined.add(minedKey({ language, kind, title }))
    }
  }
  for await (const group of inGroups(doubtful)) {
    signal.throwIfAborted()
    for (const [key, found] of group) {
      const text = minedTextAt(key)
      const [was, is] = [await before.negatives.of(text), await after.negatives.of(text, found)]
      if (!isDeepStrictEqual(was, is)) remined.add(key)
    }
  }
  return remined
}

async function* ofClusters(step: Step, { settings, progress, signal }: AmendDeps): AsyncIterable<Amendment> {
  const { before, after, clusters, exchanged } = step
  const names = clustersOf(step)
  let done = 0
  for await (const group of inGroups(names)) {
    signal.throwIfAborted()
    for (const name of group) {
      const is = after.clusters.at(name)
      const told = is && toldOf(is, after.documents, settings)
      const isSame = is && !clusters.has(name) && ![...pagesOf(is)].some((page) => exchanged.has(titleKey(page)))
      const was = isSame ? is : before.clusters.at(name)
      const toldBefore = isSame ? told : was && toldOf(was, before.documents, settings)
      if (toldBefore) after.drop(toldBefore.untold.reason, -toldBefore.untold.count)
      if (told) after.drop(told.untold.reason, told.untold.count)
      yield* difference(toldBefore?.drafts ?? [], told?.drafts ?? [], step)
    }
    done += group.length
    progress.report({ done, total: names.length, unit: 'clusters' })
  }
}

/** Names of the clusters that are others, or have pages that are, or that have other negatives. */
function clustersOf({ before, after, clusters, exchanged, remined }: Step): string[] {
  const names = new Set(clusters)
  const pages = new Set([...exchanged, ...[...remined].map((key) => titleKey(minedTextAt(key)))])
  for (const page of pages) {
    for (const { clusterPages } of [before, after]) {
      for (const { cluster } of clusterPages.allOf(pageTitleAt(page))) names.add(cluster)
    }
  }
  return [...names].sort()
}

function pageTitleAt(titleKey: string): PageTitle {
  const [language = '', title = ''] = titleKey.split('\t')
  return { language, title }
}

async function* ofSpans(step: Step, { settings, signal }: AmendDeps): AsyncIterable<Amendment> {
  const { before, after, exchanged, remined } = step
  if (!settings.kinds.includes('span_lead')) return
  const draftsIn = (world: World, { language, title }: PageTitle) => {
    const document = world.documents.get(language)!.of(title)
    return document === undefined ? [] : spanDraftsOf(document, language, world, settings)
  }
  const others = new Set([...exchanged, ...pagesOfChangedWords(step)])
  const pages = new Set([...others, ...[...remined].map((key) => titleKey(minedTextAt(key)))])
  for await (const group of inGroups(pages)) {
    signal.throwIfAborted()
    for (const page of group) {
      const is = draftsIn(after, pageTitleAt(page))
      yield* difference(others.has(page) ? draftsIn(before, pageTitleAt(page)) : is, is, step)
    }
  }
}

/** Pages with a word that is rarer or commoner than before, or held out or no longer so. */
function* pagesOfChangedWords({ before, after, exchanges, heldOutNames }: Step): Iterable<string> {
  for (const [language, { gone, come }] of exchanges) {
    const [was, is] = [before.words.get(language)!, after.words.get(language)!]
    const words = new Set<string>()
    for (const document of [...gone, ...come]) {
      for (const word of wordsOf(document)) if (was.commonnessOf(word) !== is.commonnessOf(word)) words.add(word)
    }
    if (words.size + heldOutNames.size === 0) continue
    const beginnings = new Set([...heldOutNames].map((name) => name.charAt(0)))
    // A form begins as its name does, but for ς, which is folded.
    const mayBeForm = (word: string) => beginnings.has(word.charAt(0) === 'ς' ? 'σ' : word.charAt(0))
    const isChanged = (word: string) => words.has(word) || (mayBeForm(word) && isForm(word, heldOutNames))
    for (const document of after.documents.get(language)!) {
      if (document.split !== 'train') continue
      for (const word of wordsOf(document)) {
        if (!isChanged(word)) continue
        yield titleKey({ language, title: document.title })
        break
      }
    }
  }
}

async function* difference(
  was: readonly Draft[],
  is: readonly Draft[],
  { before, after, remined }: Step,
): AsyncIterable<Amendment> {
  const standing = new Map(was.map((draft) => [draft.exampleId, draft]))
  for (const draft of is) {
    const same = standing.get(draft.exampleId)
    if (same && (same === draft || isDeepStrictEqual(same, draft)) && !remined.has(minedKey(draft.text))) {
      standing.delete(draft.exampleId)
    } else yield emit.trainingExamples(await exampleOf(draft, after.negatives))
  }
  for (const draft of standing.values()) {
    yield saidBefore(emit.trainingExamples(await exampleOf(draft, before.negatives)))
  }
}
