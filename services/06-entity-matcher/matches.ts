/** Which names of two linked pages mean the same. */
import { englishStemmer, isInflectionOf } from '../../language/english.ts'
import { inflectionsOf } from '../../language/korean.ts'
import { likenessOf, skeletonOf, startsWithVowel, syllablesOf } from '../../language/skeleton.ts'
import { pairKeyOf, termOf } from '../../language/term.ts'
import { foldTitle, splitQualifier } from '../../language/title.ts'
import type { DropReason } from '../../runtime/service.ts'
import type { Mention, PageMentions, SynonymCandidate, Term } from '../../schemas/types.ts'
import type { MatchSettings } from './settings.ts'

export interface Match {
  readonly left: Term
  readonly right: Term
  /** The mention of the left page. */
  readonly mention: Mention
  /** 0 to 1. */
  readonly likeness: number
}

/** A name as it may be meant, with its consonants in one string. */
interface Form {
  readonly name: string
  readonly sound: string
}

interface Heard {
  readonly mention: Mention
  readonly forms: readonly Form[]
}

/**
 * Each mention of `here` with its best mention of `there`, where that one has no better: first what leads to mates, then
 * what sounds alike. Two that lead to pages with other mates never match. At most 64 × 64 names are held against one another.
 */
export function* matchesOf(
  here: PageMentions,
  there: PageMentions,
  mateOf: (title: string) => string | undefined,
  settings: MatchSettings,
): Iterable<Match | DropReason> {
  const lefts = here.mentions.map((mention) => heard(mention, here.language))
  const rights = there.mentions.map((mention) => heard(mention, there.language))
  const pairs: { left: Heard; right: Heard; form: string; likeness: number; isSameItem: boolean }[] = []
  for (const left of lefts) {
    const mate = left.mention.target === null ? undefined : mateOf(left.mention.target)
    for (const right of rights) {
      const isSameItem = mate !== undefined && mate === right.mention.target
      if (!isSameItem && mate !== undefined && right.mention.target !== null) continue
      const best = bestForms(left, right)
      const isHeard =
        best.likeness >= settings.minLikeness &&
        Math.min(consonantsIn(best.left), consonantsIn(best.right)) >= settings.minConsonants
      if (isSameItem || isHeard) pairs.push({ left, right, form: best.name, likeness: best.likeness, isSameItem })
    }
  }
  pairs.sort((a, b) => Number(b.isSameItem) - Number(a.isSameItem) || b.likeness - a.likeness)
  const taken = new Set<Heard>()
  for (const { left, right, form, likeness, isSameItem } of pairs) {
    if (taken.has(left) || taken.has(right)) continue
    taken.add(left).add(right)
    const surface = isSameItem ? left.mention.surface : form
    if (isSameItem && [left, right].some(({ mention }) => isInflected(mention))) yield 'inflected_form'
    else if (isSameItem && isTitle(left.mention) && isTitle(right.mention)) yield 'already_known'
    else {
      yield {
        left: termOf(here.language, surface, isSameItem ? (left.mention.target ?? '') : ''),
        right: termOf(there.language, right.mention.surface, isSameItem ? (right.mention.target ?? '') : ''),
        mention: left.mention,
        likeness,
      }
    }
  }
}

/** The evidence is the left page, at the place of the mention. */
export function candidateOf({ left, right, mention, likeness }: Match, page: PageMentions): SynonymCandidate {
  return {
    pairKey: pairKeyOf(left, right),
    left,
    right,
    rule: 'entity',
    count: 1,
    share: Number(likeness.toFixed(6)),
    evidenceWiki: page.wiki,
    evidencePageId: page.pageId,
    evidenceRevisionId: page.revisionId,
    written: mention.surface === left.surface ? '' : mention.surface,
    offset: mention.offset,
    detail: left.title === '' ? 'sound' : 'same_item',
    retracted: false,
  }
}

/** Whether the sound alone says so much that one pair of pages is enough. */
export function isSure({ left, share }: SynonymCandidate, { sureConsonants }: MatchSettings): boolean {
  return share === 1 && skeletonOf(left.surface).join('').length >= sureConsonants
}

/** A Korean word that is no link may end in a particle: it is heard with and without. */
function heard(mention: Mention, language: string): Heard {
  const isBare = language !== 'ko' || mention.target !== null
  const names = isBare
    ? [mention.surface]
    : [mention.surface, ...inflectionsOf(mention.surface).map(({ stem }) => stem)]
  return {
    mention,
    forms: names.map((name) => ({ name, sound: (startsWithVowel(name) ? '_' : '') + skeletonOf(name).join(' ') })),
  }
}

/** Signs of a sound, without the mark of a vowel at its beginning. */
function consonantsIn(sound: string): number {
  return sound.replace(/[_ ]/g, '').length
}

function bestForms(left: Heard, right: Heard) {
  let best = { name: left.mention.surface, left: '', right: '', likeness: 0, beats: Number.POSITIVE_INFINITY }
  for (const { name, sound } of left.forms) {
    for (const other of right.forms) {
      const likeness = likenessOf(sound, other.sound)
      // 진해의 sounds like Jinhae as much as 진해 does, but has a syllable more.
      const beats = likeness > 0 && Math.abs(syllablesOf(name) - syllablesOf(other.name))
      const isBetter = likeness > best.likeness || (likeness === best.likeness && beats !== false && beats < best.beats)
      if (isBetter) best = { name, left: sound, right: other.sound, likeness, beats: Number(beats) }
    }
  }
  return best
}

/** microscopes for Microscope. */
function isInflected({ surface, target }: Mention): boolean {
  return target !== null && isInflectionOf(surface, splitQualifier(target).name, englishStemmer())
}

function isTitle({ surface, target }: Mention): boolean {
  return target !== null && foldTitle(surface) === foldTitle(splitQualifier(target).name)
}
