/** Which names the lead of an article speaks of: its links, and proper nouns as far as the language shows them. */
import { englishWords } from '../../language/english.ts'
import { stripParticle } from '../../language/korean.ts'
import type { MorphemeAnalyser } from '../../language/morphemes.ts'
import { whyNotAName } from '../../language/name.ts'
import type { Article, Mention } from '../../schemas/types.ts'

/** A lead speaks of few things; beyond these it is a list. */
const mostMentions = 64
/** Links of the infobox and of tables stand before those of the lead and are not in it. */
const mostMisses = 64

/** The mentions in the order of the text, links before names that are none; each surface once. */
export function mentionsIn(article: Article, morphemes: MorphemeAnalyser | undefined): Mention[] {
  const found = new Map<string, Mention>()
  const add = (mention: Mention) => {
    if (found.size < mostMentions && !found.has(mention.surface) && !whyNotAName(mention.surface)) {
      found.set(mention.surface, mention)
    }
  }
  for (const mention of linkedIn(article)) add(mention)
  const covered = [...found.values()].map(
    ({ surface, offset }) => [offset ?? 0, (offset ?? 0) + surface.length] as const,
  )
  for (const { text, at } of nounsIn(article, morphemes)) {
    const isLinked = covered.some(([from, to]) => at >= from && at < to)
    if (!isLinked) add({ surface: text, target: null, offset: at })
  }
  return [...found.values()].sort((a, b) => (a.offset ?? 0) - (b.offset ?? 0))
}

/** Links come in the order of their first appearance, so each is sought behind the one before. */
function* linkedIn({ links, lead, language }: Article): Iterable<Mention> {
  let from = 0
  let misses = 0
  for (const { surface, target } of links) {
    const at = lead.indexOf(surface, from)
    if (at < 0) {
      if (++misses > mostMisses) return
      continue
    }
    from = at
    yield { surface: language === 'ko' ? stripParticle(surface, target) : surface, target, offset: at }
  }
}

function nounsIn({ lead, language }: Article, morphemes: MorphemeAnalyser | undefined): { text: string; at: number }[] {
  if (language === 'en') return englishWords(lead).filter(({ text }) => /^\p{Lu}.*\p{Ll}/u.test(text))
  if (language !== 'ko') return []
  if (morphemes) return morphemes.morphemesOf(lead).filter(({ text, tag }) => tag === 'NNP' && text.length > 1)
  return [...lead.matchAll(/\p{Script=Hangul}{2,}/gu)].map(({ 0: text, index: at }) => ({ text, at }))
}
