/** Who says that a pair is right, counted so that what is really one source counts once. */
import { foldTitle, splitQualifier } from '../language/title.ts'
import type { Evidence } from '../schemas/types.ts'

/** What can speak for a pair. Links are told apart by what the rule saw, for one made by both wikis is another thing. */
export const voices = [
  'link_mutual',
  'link_one_sided',
  'link_inline',
  'gloss',
  'infobox',
  'bold',
  'redirect',
  'anchor',
  'entity',
  'existing',
] as const
export type Voice = (typeof voices)[number]

export type Statement = Pick<
  Evidence,
  'rule' | 'wiki' | 'detail' | 'leftSurface' | 'rightSurface' | 'leftTitle' | 'rightTitle'
>

const linkVoices: readonly Voice[] = ['link_mutual', 'link_one_sided', 'link_inline']

/**
 * The independent voices among the evidence of a pair in one sense, sorted.
 * - Links are one voice, the strongest of them: langlinks come out of Wikidata's items, in whichever table they are found.
 * - Any other rule is one voice for each wiki (or list) in which it is found: ten redirects are no stronger than one.
 * - An alias that is the title itself says that a page bears its title, which is no word about the other page; it counts
 *   only where there is nothing else.
 */
export function voicesOf(evidence: readonly Statement[]): Voice[] {
  const telling = evidence.filter((one) => !isTitleAlias(one))
  const spoken = new Map<string, Voice>()
  for (const one of telling.length > 0 ? telling : evidence) {
    const voice = voiceOf(one)
    const isLink = linkVoices.includes(voice)
    const key = isLink ? 'link' : `${voice}|${one.wiki}`
    const known = spoken.get(key)
    if (known === undefined || voices.indexOf(voice) < voices.indexOf(known)) spoken.set(key, voice)
  }
  return [...spoken.values()].sort((a, b) => voices.indexOf(a) - voices.indexOf(b))
}

function voiceOf({ rule, detail }: Statement): Voice {
  if (rule !== 'langlink' && rule !== 'wikidata') return rule
  if (detail === 'mutual') return 'link_mutual'
  return detail === 'inline' ? 'link_inline' : 'link_one_sided'
}

function isTitleAlias({ rule, leftSurface, rightSurface, leftTitle, rightTitle }: Statement): boolean {
  if (rule !== 'redirect' && rule !== 'anchor' && rule !== 'bold') return false
  return isNameOf(leftSurface, leftTitle) && isNameOf(rightSurface, rightTitle)
}

function isNameOf(surface: string, title: string): boolean {
  return foldTitle(surface) === foldTitle(splitQualifier(title).name)
}
