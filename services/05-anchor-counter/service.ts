import { englishStemmer, isInflectionOf } from '../../language/english.ts'
import { isSecondOfTwo, onlyDescribes } from '../../language/part-of-title.ts'
import { foldTitle, splitQualifier } from '../../language/title.ts'
import type { ScratchTable } from '../../runtime/ports.ts'
import { dropped, emit, stream } from '../../runtime/service.ts'
import type { AnchorCount } from '../../schemas/types.ts'
import { settings } from './settings.ts'

type Surfaces = readonly (readonly [surface: string, count: number])[]

/** Links of one text to one page. */
interface Tally {
  wiki: string
  language: string
  target: string
  count: number
  /** Links by the text as written. No plain object: a text may be `constructor` or `__proto__`. */
  surfaces: Surfaces
  pageId: number
  revisionId: number
  /** On that page. */
  written: string
  offset: number | null
}

export default stream(
  'anchor-counter',
  { settings, ports: ['scratch'], byKey: true },
  async function* (events, { settings, scratch }) {
    const tallies = scratch.table<Tally>('tallies')
    for await (const { value } of events) add(tallies, value)

    const stemmer = englishStemmer()
    for (const targets of bySurface(tallies)) {
      const total = targets.reduce((sum, { count }) => sum + count, 0)
      for (const { wiki, language, target, count, surfaces, pageId, revisionId, written, offset } of targets) {
        const name = mostUsed(surfaces)
        const share = count / total
        const title = splitQualifier(target).name
        if (foldTitle(name) === foldTitle(title)) yield dropped('already_known')
        else if (count < settings.minCount) yield dropped('below_threshold')
        else if (share < settings.minShare) yield dropped('ambiguous_anchor')
        else if (language === 'en' && isInflectionOf(name, title, stemmer)) yield dropped('inflected_form')
        else if (isSecondOfTwo(name, title)) yield dropped('part_of_page')
        else if (onlyDescribes(name, title)) yield dropped('not_a_name')
        else {
          yield emit.pageNames({
            wiki,
            title: target,
            name,
            nameLanguage: language,
            rule: 'anchor',
            count,
            share,
            evidenceWiki: wiki,
            evidencePageId: pageId,
            evidenceRevisionId: revisionId,
            written: written === name ? '' : written,
            offset,
            detail: '',
          })
        }
      }
    }
  },
)

function add(tallies: ScratchTable<Tally>, anchor: AnchorCount): void {
  const { wiki, language, surfaceKey, surface, target, count, pageId, revisionId, written, offset } = anchor
  const key = `${wiki}\t${surfaceKey}\t${target}`
  const known = tallies.get(key)
  const first = !known || pageId < known.pageId
  const surfaces = new Map(known?.surfaces)
  surfaces.set(surface, (surfaces.get(surface) ?? 0) + count)
  tallies.put(key, {
    wiki,
    language,
    target,
    count: (known?.count ?? 0) + count,
    surfaces: [...surfaces],
    // The lowest page stands for the evidence, so that the order of arrival does not matter.
    pageId: first ? pageId : known.pageId,
    revisionId: first ? revisionId : known.revisionId,
    written: first ? written || surface : known.written,
    offset: first ? offset : known.offset,
  })
}

/** Tallies of one wiki and folded text together. */
function* bySurface(tallies: ScratchTable<Tally>): Iterable<Tally[]> {
  let group: Tally[] = []
  let current = ''
  for (const { key, value } of tallies.entries()) {
    const surface = key.slice(0, key.lastIndexOf('\t'))
    if (surface !== current && group.length > 0) {
      yield group
      group = []
    }
    current = surface
    group.push(value)
  }
  if (group.length > 0) yield group
}

function mostUsed(surfaces: Surfaces): string {
  const [first] = [...surfaces].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
  return first?.[0] ?? ''
}
