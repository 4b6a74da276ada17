/** What an update changes in the examples: those of the clusters and pages that are told otherwise than before, and no others. */
import { isDeepStrictEqual } from 'node:util'
import type { ScratchTable } from '../../runtime/ports.ts'
import { type Deps, dropped, emit, type Outcome, withdrawal } from '../../runtime/service.ts'
import { pagesOf } from './cluster-pages.ts'
import { type TextKind, textKinds } from './documents.ts'
import { doubts } from './doubts.ts'
import { type Draft, draftsOf, exampleOf, toldOf } from './examples.ts'
import { type AssemblerChanges, type Changed, changedIn, titleKey } from './exchange.ts'
import { inGroups } from './groups.ts'
import { copyOfKeptWorld, keepWorld, keptWorld } from './kept-world.ts'
import { type Mined, type MinedText, minedKey, minedTextAt } from './negatives.ts'
import type { PageTitle } from './pages.ts'
import { type Relayered, relayer } from './relayering.ts'
import type { Settings } from './settings.ts'
import { isForm, spanDraftsOf, wordsOf } from './spans.ts'
import type { World } from './world.ts'

type AmendDeps = Deps<Settings, 'files' | 'scratch'>
type Amendment = Outcome<'training-examples'>

/** The world as it was and as it is, and where they differ. */
interface Step extends Changed {
  readonly before: World
  readonly after: World
  /** Pages whose documents are others, by language and title. */
  readonly exchanged: ReadonlySet<string>
  /** Texts that have other negatives, by their keys. */
  readonly remined: ScratchTable<true>
}

export async function* amendments(changes: AssemblerChanges, deps: AmendDeps): AsyncIterable<Amendment> {
  const { settings } = deps
  const before = keptWorld(settings, deps)
  const after = copyOfKeptWorld(settings, deps)
  try {
    const changed = await changedIn(changes, before, after)
    const relayered = new Map<string, ReadonlyMap<TextKind, Relayered>>()
    for (const [language, exchange] of changed.exchanges) {
      if (exchange.gone.length + exchange.come.length === 0) continue
      relayered.set(language, await relayer(language, exchange, after, deps))
    }
    const remined = await reminedOf(before, after, changed, relayered, deps)
    const step = { ...changed, before, after, exchanged: exchangedOf(changed), remined }
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

/** Mines what is in doubt. Returns the texts whose negatives are others, and those that are new, by their keys. */
async function reminedOf(
  before: World,
  after: World,
  changed: Changed,
  relayered: ReadonlyMap<string, ReadonlyMap<TextKind, Relayered>>,
  { scratch, signal, log }: AmendDeps,
): Promise<ScratchTable<true>> {
  const remined = scratch.table<true>('texts with other negatives')
  for (const [language, { come }] of changed.exchanges) {
    for (const { title } of come) {
      if (before.documents.get(language)!.numberOf(title) !== undefined) continue
      for (const kind of textKinds) remined.put(minedKey({ language, kind, title }), true)
    }
  }
  let doubtful = 0
  for await (const group of inGroups(doubts(before, after, changed, relayered))) {
    signal.throwIfAborted()
    doubtful += group.length
    for (const { text, was, found } of group) {
      const is = await after.negatives.mineAnew(text, found)
      if (!saysTheSame(text, was, is, before, after)) remined.put(minedKey(text), true)
    }
  }
  log.info({ clusters: changed.clusters.size, doubtful, remined: remined.size }, 'mined anew')
  return remined
}

/** Whether the texts of the negatives are those that they were. Each version of a document has a number of its own. */
function saysTheSame(
  { language, kind }: MinedText,
  was: Mined,
  is: Mined | undefined,
  before: World,
  after: World,
): boolean {
  if (was.negatives.length !== is?.negatives.length) return false
  const [earlier, now] = [before.documents.get(language)!, after.documents.get(language)!]
  return was.negatives.every((number, rank) => {
    const own = is.negatives[rank]!
    return number === own || earlier.at(number)[kind] === now.at(own)[kind]
  })
}

async function* ofClusters(step: Step, { settings, progress, signal }: AmendDeps): AsyncIterable<Amendment> {
  const { before, after, clusters, exchanged } = step
  const names = clustersOf(step)
  let done = 0
  for await (const group of inGroups(names)) {
    signal.throwIfAborted()
    for (const name of group) {
      const is = after.clusters.at(name)
      if (is && !clusters.has(name) && ![...pagesOf(is)].some((page) => exchanged.has(titleKey(page)))) {
        yield* retold(draftsOf(is, after.documents, settings), step)
        continue
      }
      const was = before.clusters.at(name)
      const [toldBefore, told] = [
        was && toldOf(was, before.documents, settings),
        is && toldOf(is, after.documents, settings),
      ]
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
  const pages = new Set([...exchanged, ...[...remined.entries()].map(({ key }) => titleKey(minedTextAt(key)))])
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
  const pages = new Set([...others, ...[...remined.entries()].map(({ key }) => titleKey(minedTextAt(key)))])
  for await (const group of inGroups(pages)) {
    signal.throwIfAborted()
    for (const page of group) {
      const is = draftsIn(after, pageTitleAt(page))
      if (others.has(page)) yield* difference(draftsIn(before, pageTitleAt(page)), is, step)
      else yield* retold(is, step)
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

/** Of what is told as before: that of which the negatives are others. */
async function* retold(drafts: readonly Draft[], { after, remined }: Step): AsyncIterable<Amendment> {
  for (const draft of drafts) {
    if (remined.get(minedKey(draft.text))) yield emit.trainingExamples(await exampleOf(draft, after.negatives))
  }
}

async function* difference(
  was: readonly Draft[],
  is: readonly Draft[],
  { after, remined }: Step,
): AsyncIterable<Amendment> {
  const standing = new Map(was.map((draft) => [draft.exampleId, draft]))
  for (const draft of is) {
    const same = standing.get(draft.exampleId)
    standing.delete(draft.exampleId)
    if (same && isDeepStrictEqual(same, draft) && !remined.get(minedKey(draft.text))) continue
    yield emit.trainingExamples(await exampleOf(draft, after.negatives))
  }
  for (const exampleId of standing.keys()) yield withdrawal('training-examples', exampleId)
}
