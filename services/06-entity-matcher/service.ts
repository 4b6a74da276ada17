/**
 * Named entities: what a page and its mate both speak of is probably the same where it sounds the same, or leads to pages
 * that are mates themselves. All tables lie on disk, and are left to the update that follows.
 */
import type { z } from 'zod'
import { isLink } from '../../language/mate.ts'
import { before, type DropReason, dropped, emit, stream } from '../../runtime/service.ts'
import type { PageMentions, SynonymCandidate } from '../../schemas/types.ts'
import { AskedMates } from './asked-mates.ts'
import { KeptMatches, nameOf } from './kept-matches.ts'
import { KeptMates } from './kept-mates.ts'
import { KeptMentions } from './kept-mentions.ts'
import { candidateOf, isSure, matchesOf } from './matches.ts'
import { settings } from './settings.ts'

type Settings = z.output<typeof settings>

export default stream(
  'entity-matcher',
  { settings, ports: ['tables'] },
  async function* (events, { settings, tables }) {
    const [left, right] = settings.languages
    const mates = new KeptMates(tables, settings.languages)
    const mentions = new KeptMentions(tables)
    for await (const event of events) {
      if (event.topic === 'mentions') mentions.add(event.value)
      else if (isLink(event.value)) mates.count(event.value, 1)
    }
    mates.settleAll()
    mates.settleAllRights()

    const matches = new KeptMatches(tables)
    for (const { key: title, value: mate } of mates.entries()) {
      const asked = new AskedMates(mates)
      const found = foundIn(mentions.get(left, title), mentions.get(right, mate), asked, settings)
      for (const reason of found.refused) yield dropped(reason)
      if (asked.size > 0) matches.put(title, found.candidates, asked)
    }
    for (const candidate of matches.candidates()) {
      yield counts(candidate, settings) ? emit.synonymCandidates(candidate) : dropped('below_threshold')
    }
  },
  async function* ({ events }, { settings, tables }) {
    const [left, right] = settings.languages
    const mates = new KeptMates(tables, settings.languages)
    const mentions = new KeptMentions(tables)
    const matches = new KeptMatches(tables)
    /** Of the left: pages whose mates may be others, and pages in which other things may be found. */
    const linked = new Set<string>()
    const touched = new Set<string>()
    const touchedRight = new Set<string>()
    for await (const event of events) {
      if (event.topic === 'mentions') {
        if (event.retracted) mentions.remove(event.value)
        else mentions.add(event.value)
        const { language, title } = event.value
        if (language === left) touched.add(title)
        else if (language === right) touchedRight.add(title)
      } else if (isLink(event.value)) {
        const title = mates.count(event.value, event.retracted ? -1 : 1)
        if (title !== undefined) linked.add(title)
      }
    }

    const changed = new AskedMates(mates)
    const rights = new Set<string>()
    for (const title of linked) {
      const settled = mates.settle(title)
      if (!settled) continue
      touched.add(title)
      changed.rightOf(title)
      for (const mate of [settled.before, settled.now]) if (mate !== undefined) rights.add(mate)
    }
    for (const mate of rights) if (mates.settleRight(mate)) changed.leftOf(mate)
    for (const mate of touchedRight) for (const title of mates.leftsOf(mate)) touched.add(title)
    for (const title of matches.pagesThatAsked(changed)) touched.add(title)

    const found = new Map<string, { readonly asked: AskedMates; readonly candidates: readonly SynonymCandidate[] }>()
    const names = new Set<string>()
    for (const title of touched) {
      const asked = new AskedMates(mates)
      const mate = mates.rightOf(title)
      const there = mate === undefined ? undefined : mentions.get(right, mate)
      const { candidates, refused } = foundIn(mentions.get(left, title), there, asked, settings)
      for (const reason of refused) yield dropped(reason)
      found.set(title, { asked, candidates })
      for (const name of [...matches.of(title), ...candidates.map(nameOf)]) names.add(name)
    }
    for (const name of names) {
      const candidate = matches.candidate(name)
      if (candidate && counts(candidate, settings)) yield before(emit.synonymCandidates(candidate))
    }
    for (const [title, { asked, candidates }] of found) {
      matches.put(title, candidates, asked.size > 0 ? asked : undefined)
    }
    for (const name of names) {
      const candidate = matches.candidate(name)
      if (!candidate) continue
      yield counts(candidate, settings) ? emit.synonymCandidates(candidate) : dropped('below_threshold')
    }
  },
)

/** What is found in a page and its mate; nothing where one of them speaks of nothing. */
function foundIn(
  here: PageMentions | undefined,
  there: PageMentions | undefined,
  mates: AskedMates,
  settings: Settings,
): { readonly candidates: readonly SynonymCandidate[]; readonly refused: readonly DropReason[] } {
  const candidates: SynonymCandidate[] = []
  const refused: DropReason[] = []
  if (here === undefined || there === undefined) return { candidates, refused }
  for (const match of matchesOf(here, there, mates, settings)) {
    if (typeof match === 'string') refused.push(match)
    else candidates.push(candidateOf(match, here))
  }
  return { candidates, refused }
}

function counts(candidate: SynonymCandidate, settings: Settings): boolean {
  return candidate.count >= settings.minPages || isSure(candidate, settings)
}
