/**
 * Named entities: what a page and its mate both speak of is probably the same where it sounds the same, or leads to pages
 * that are mates themselves. All tables lie on disk.
 */
import { isLink, mateOf } from '../../language/mate.ts'
import { mateLanguage } from '../../language/pair.ts'
import type { ScratchTable } from '../../runtime/ports.ts'
import { dropped, emit, stream } from '../../runtime/service.ts'
import type { PageMentions, PageName, SynonymCandidate } from '../../schemas/types.ts'
import { languageOfWiki } from '../../wiki/site.ts'
import { candidateOf, isSure, matchesOf } from './matches.ts'
import { settings } from './settings.ts'

export default stream(
  'entity-matcher',
  { settings, ports: ['scratch'] },
  async function* (events, { settings, scratch }) {
    const [left, right] = settings.languages
    const links = scratch.table<PageName>('links')
    const mentions = scratch.table<PageMentions>('mentions')
    for await (const event of events) {
      if (event.topic === 'mentions') addMentions(mentions, event.value)
      else if (isLink(event.value) && mateLanguage(settings.languages, event.value.nameLanguage) !== undefined) {
        const { wiki, title, rule, name } = event.value
        links.put([languageOfWiki(wiki), title, rule, name].join('\t'), event.value)
      }
    }
    const mates = scratch.table<string>('mates')
    const titles = scratch.table<string>('titles')
    for (const [title, mate] of matesIn(links, left)) {
      mates.put(title, mate)
      titles.put(mate, title)
    }
    const both = { rightOf: (title: string) => mates.get(title), leftOf: (title: string) => titles.get(title) }

    const found = scratch.table<SynonymCandidate>('found')
    for (const { key: title, value: mate } of mates.entries()) {
      const here = mentions.get(keyOf(left, title))
      const there = mentions.get(keyOf(right, mate))
      if (here === undefined || there === undefined) continue
      for (const match of matchesOf(here, there, both, settings)) {
        if (typeof match === 'string') yield dropped(match)
        else add(found, candidateOf(match, here))
      }
    }
    for (const { value } of found.entries()) {
      if (value.count < settings.minPages && !isSure(value, settings)) yield dropped('below_threshold')
      else yield emit.synonymCandidates(value)
    }
  },
)

/** Of two pages of one title, as a move in the middle of a dump leaves them, the younger speaks, whichever comes first. */
function addMentions(mentions: ScratchTable<PageMentions>, page: PageMentions): void {
  const key = keyOf(page.language, page.title)
  const other = mentions.get(key)
  if (other === undefined || other.pageId < page.pageId) mentions.put(key, page)
}

/** Pages of a language with their mates, in the order of their titles. */
function* matesIn(links: ScratchTable<PageName>, language: string): Iterable<[title: string, mate: string]> {
  let page: PageName[] = []
  const mate = () => {
    const found = mateOf(page)
    return typeof found === 'string' ? undefined : found.title
  }
  for (const { value } of links.entries({ from: `${language}\t`, to: `${language}\n` })) {
    const title = page[0]?.title
    if (title !== undefined && title !== value.title) {
      const found = mate()
      if (found !== undefined) yield [title, found]
      page = []
    }
    page.push(value)
  }
  const [last, found] = [page[0]?.title, mate()]
  if (last !== undefined && found !== undefined) yield [last, found]
}

/** Counts the page pairs; the first page stands for the evidence, and pages come in the order of their titles. */
function add(found: ScratchTable<SynonymCandidate>, candidate: SynonymCandidate): void {
  const { left, right } = candidate
  const key = [candidate.pairKey, left.title, right.title].join('\t')
  const known = found.get(key)
  found.put(key, known === undefined ? candidate : { ...known, count: known.count + 1 })
}

function keyOf(language: string, title: string): string {
  return `${language}\t${title}`
}
