/** Which names of two linked pages mean the same. */
import { englishStemmer, isInflectionOf } from '../../language/english.ts'
import { inflectionsOf, isSurelyInflected } from '../../language/korean.ts'
import { likenessOf, otherReadings, skeletonOf, startsWithVowel } from '../../language/skeleton.ts'
import { pairKeyOf, termOf } from '../../language/term.ts'
import { foldTitle, splitQualifier } from '../../language/title.ts'
import { type Sound, soundLikeness, soundsOf } from '../../language/transliteration.ts'
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

/** Which linked page stands under a title. */
export interface Mates {
  /** Title on the right of the page that is the mate of `left`. */
  rightOf(left: string): string | undefined
  leftOf(right: string): string | undefined
}

/** A name as it may be meant, with its consonants in one string. */
interface Form {
  readonly name: string
  readonly consonants: string
  readonly sounds: readonly Sound[]
}

interface Heard {
  readonly mention: Mention
  readonly forms: readonly Form[]
  /** The page that it leads to, or whose title it is; null where that is not known. */
  readonly target: string | null
  /** Title of the mate of that page. */
  readonly mate: string | undefined
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
 * what sounds alike. A name that is the title of a linked page, with or without a particle, is taken to mean that page. Two
 * that mean pages with other mates never match, and a name of a page with a mate only matches what that one's title holds.
 * At most 64 × 64 names are held against one another.
 */
export function* matchesOf(
  here: PageMentions,
  there: PageMentions,
  mates: Mates,
  settings: MatchSettings,
): Iterable<Match | DropReason> {
  const lefts = here.mentions.map((mention) => heard(mention, here.language, (title) => mates.rightOf(title)))
  const rights = there.mentions.map((mention) => heard(mention, there.language, (title) => mates.leftOf(title)))
  const pairs: Alike[] = []
  for (const left of lefts) {
    for (const right of rights) {
      const isSameItem = left.mate !== undefined && left.mate === right.target
      if (!isSameItem && !couldBeOne(left, right)) continue
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
    if (pair.isSameItem && (isInflected(left) || isInflected(right))) yield 'inflected_form'
    else if (pair.isSameItem && isTitle(left) && isTitle(right) && !isHeardAnew(pair, settings)) yield 'already_known'
    else {
      const term = (language: string, { mention, target, forms }: Heard, form: Form | undefined) =>
        (pair.isSameItem && mention.target !== null) || !form
          ? termOf(language, forms[0]?.name ?? mention.surface, target ?? '')
          : termOf(language, form.name, '')
      yield {
        left: term(here.language, left, pair.alike?.left),
        right: term(there.language, right, pair.alike?.right),
        mention: left.mention,
        likeness: pair.alike?.sound ?? 0,
      }
    }
  }
}

/** Titles of mates that are no links here: that both pages speak of them, and that they sound alike, confirms the link. */
function isHeardAnew({ left, right, alike }: Alike, settings: MatchSettings): boolean {
  return (left.mention.target === null || right.mention.target === null) && isHeard(alike, settings)
}

/** Of two names that are not known to mean one item. */
function couldBeOne(left: Heard, right: Heard): boolean {
  if (left.mate === undefined && right.mate === undefined) return true
  if (left.target !== null && right.target !== null) return false
  const [title, name] = left.mate === undefined ? [right.mate, left] : [left.mate, right]
  const parts = splitQualifier(title ?? '')
    .name.split(/[\s·-]+/)
    .map(foldTitle)
  return parts.length > 1 && name.forms.some((form) => parts.includes(foldTitle(form.name)))
}

function isHeard(alike: Likeness | undefined, { minLikeness, minSound, minConsonants }: MatchSettings): boolean {
  if (!alike || alike.likeness < minLikeness) return false
  const { left, right, sound } = alike
  return Math.min(consonantsIn(left.consonants), consonantsIn(right.consonants)) >= minConsonants && sound >= minSound
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
    side: '',
  }
}

/** Whether the sound alone says so much that one pair of pages is enough. */
export function isSure({ left, right }: SynonymCandidate, { sureConsonants }: MatchSettings): boolean {
  const [here, there] = [left.surface, right.surface].map((name) =>
    [name, ...otherReadings(name)].map((reading) => skeletonOf(reading).join('')),
  )
  return here?.some((one) => one.length >= sureConsonants && there?.includes(one)) ?? false
}

/** A Korean word that is no link may end in a particle: it is heard with and without. A Latin name is heard as it may be read. */
function heard(mention: Mention, language: string, mateOf: (title: string) => string | undefined): Heard {
  const { surface } = mention
  const isWord = language === 'ko' && mention.target === null
  const names = isWord ? [surface, ...inflectionsOf(surface).map(({ stem }) => stem)] : [surface]
  const title = mention.target ?? names.find((name) => name.length > 1 && mateOf(name) !== undefined) ?? null
  const meant = isWord && title !== null ? [title] : isWord && isSurelyInflected(surface) ? names.slice(1) : names
  return {
    mention,
    forms: meant.flatMap((name) =>
      [name, ...otherReadings(name)].map((reading) => ({
        name,
        consonants: (startsWithVowel(reading) ? '_' : '') + skeletonOf(reading).join(' '),
        sounds: soundsOf(reading),
      })),
    ),
    target: title,
    mate: title === null ? undefined : mateOf(title),
  }
}

/** Consonants, without the mark of a vowel at its beginning. */
function consonantsIn(consonants: string): number {
  return consonants.replace(/[_ ]/g, '').length
}

interface Likeness {
  readonly left: Form
  readonly right: Form
  /** Of the consonants. */
  readonly likeness: number
  /** Vowels included: 진해의 has the consonants of Jinhae as 진해 does, and 템플 those of Templo, but 템플로 is heard. */
  readonly sound: number
}

/** What the sound of a longer form must have more than that of a shorter: 나이팅게일이 ends as Nightingale does, by chance. */
const clearly = 0.05

function mostAlike(lefts: readonly Form[], rights: readonly Form[]): Likeness | undefined {
  let best: Likeness | undefined
  for (const left of shortestFirst(lefts)) {
    for (const right of shortestFirst(rights)) {
      const likeness = likenessOf(left.consonants, right.consonants)
      if (likeness === 0 || (best && likeness < best.likeness)) continue
      const sound = soundLikeness(left.sounds, right.sounds)
      const isBetter = !best || likeness > best.likeness || sound > best.sound + clearly
      if (isBetter) best = { left, right, likeness, sound }
    }
  }
  return best
}

function shortestFirst(forms: readonly Form[]): readonly Form[] {
  return forms.toSorted((a, b) => a.name.length - b.name.length)
}

/** microscopes for Microscope. */
function isInflected({ mention, target }: Heard): boolean {
  return target !== null && isInflectionOf(mention.surface, splitQualifier(target).name, englishStemmer())
}

function isTitle({ forms, target }: Heard): boolean {
  return target !== null && foldTitle(forms[0]?.name ?? '') === foldTitle(splitQualifier(target).name)
}
