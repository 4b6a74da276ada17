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

interface Alike {
  readonly left: Heard
  readonly right: Heard
  /** Undefined where they lead to the same item, but sound nothing alike. */
  readonly alike: Likeness | undefined
  readonly isSameItem: boolean
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
  const pairs: Alike[] = []
  for (const left of lefts) {
    const mate = left.mention.target === null ? undefined : mateOf(left.mention.target)
    for (const right of rights) {
      const isSameItem = mate !== undefined && mate === right.mention.target
      if (!isSameItem && mate !== undefined && right.mention.target !== null) continue
      const alike = mostAlike(left.forms, right.forms)
      if (isSameItem || isHeard(alike, settings)) pairs.push({ left, right, alike, isSameItem })
    }
  }
  const likenessIn = ({ alike }: Alike) => alike?.likeness ?? 0
  pairs.sort((a, b) => Number(b.isSameItem) - Number(a.isSameItem) || likenessIn(b) - likenessIn(a))
  const taken = new Set<Heard>()
  for (const pair of pairs) {
    const { left, right } = pair
    if (taken.has(left) || taken.has(right)) continue
    taken.add(left).add(right)
    if (pair.isSameItem && (isInflected(left.mention) || isInflected(right.mention))) yield 'inflected_form'
    else if (pair.isSameItem && isTitle(left.mention) && isTitle(right.mention)) yield 'already_known'
    else {
      const term = (language: string, { mention }: Heard, form: Form | undefined) =>
        pair.isSameItem || !form
          ? termOf(language, mention.surface, mention.target ?? '')
          : termOf(language, form.name, '')
      yield {
        left: term(here.language, left, pair.alike?.left),
        right: term(there.language, right, pair.alike?.right),
        mention: left.mention,
        likeness: likenessIn(pair),
      }
    }
  }
}

function isHeard(alike: Likeness | undefined, { minLikeness, minConsonants }: MatchSettings): boolean {
  if (!alike || alike.likeness < minLikeness) return false
  return Math.min(consonantsIn(alike.left.sound), consonantsIn(alike.right.sound)) >= minConsonants
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

interface Likeness {
  readonly left: Form
  readonly right: Form
  readonly likeness: number
  /** Syllables that one has more than the other: 진해의 sounds like Jinhae as much as 진해 does, but is longer. */
  readonly apart: number
}

function mostAlike(lefts: readonly Form[], rights: readonly Form[]): Likeness | undefined {
  let best: Likeness | undefined
  for (const left of lefts) {
    for (const right of rights) {
      const likeness = likenessOf(left.sound, right.sound)
      if (likeness === 0) continue
      const apart = Math.abs(syllablesOf(left.name) - syllablesOf(right.name))
      const isBetter = !best || likeness > best.likeness || (likeness === best.likeness && apart < best.apart)
      if (isBetter) best = { left, right, likeness, apart }
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
