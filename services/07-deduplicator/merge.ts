/** All the evidence of a pair as one pair. Depends on the set of evidence only, never on the order of its arrival. */
import { evidenceId } from '../../confidence/evidence-id.ts'
import { confidenceOf, type Weights } from '../../confidence/formula.ts'
import { voicesOf } from '../../confidence/voices.ts'
import type { Evidence, Sense, SynonymCandidate, SynonymPair, SynonymRule, Term } from '../../schemas/types.ts'

/** Forms are taken from the strongest rule first: a title is spelt with more care than a link. */
const rulesByCare: readonly SynonymRule[] = [
  'langlink',
  'wikidata',
  'existing',
  'bold',
  'gloss',
  'infobox',
  'redirect',
  'anchor',
  'entity',
]
const digits = 6

/** @param candidates of one key. */
export function mergedPair(
  pairKey: string,
  candidates: readonly [SynonymCandidate, ...SynonymCandidate[]],
  weights: Weights,
): SynonymPair {
  const evidence = eachOnce(candidates).sort(byText(evidenceId)).map(evidenceOf)
  const senses = sensesOf(evidence, weights)
  return {
    pairKey,
    left: bestTerm(candidates, 'left'),
    right: bestTerm(candidates, 'right'),
    confidence: Math.max(...senses.map(({ confidence }) => confidence)),
    evidence,
    senses,
  }
}

/** What is found for a page and for its mate is one statement. */
function eachOnce(candidates: readonly SynonymCandidate[]): SynonymCandidate[] {
  const bySide = [...candidates].sort(byText(({ side }) => side))
  return [...new Map(bySide.reverse().map((one) => [evidenceId(one), one])).values()]
}

/** The page pairs behind the evidence, surest first. What names no pages, as a list does, speaks for each of them. */
function sensesOf(evidence: readonly Evidence[], weights: Weights): Sense[] {
  const pageless = evidence.filter(({ leftTitle, rightTitle }) => leftTitle === '' && rightTitle === '')
  const bySense = new Map<string, Evidence[]>()
  for (const one of evidence) {
    if (pageless.includes(one)) continue
    const key = `${one.leftTitle}\t${one.rightTitle}`
    bySense.set(key, [...(bySense.get(key) ?? []), one])
  }
  const senses = bySense.size > 0 ? [...bySense.values()] : [[]]
  return senses
    .map((own): Sense => {
      const { leftTitle, rightTitle } = own[0] ?? { leftTitle: '', rightTitle: '' }
      const confidence = confidenceOf(voicesOf([...own, ...pageless]), weights)
      return { leftTitle, rightTitle, confidence: Number(confidence.toFixed(digits)) }
    })
    .sort((a, b) => b.confidence - a.confidence || byText(titlesOf)(a, b))
}

function titlesOf({ leftTitle, rightTitle }: Sense): string {
  return `${leftTitle}\t${rightTitle}`
}

function bestTerm(candidates: readonly [SynonymCandidate, ...SynonymCandidate[]], side: 'left' | 'right'): Term {
  const better = (a: SynonymCandidate, b: SynonymCandidate): number =>
    rulesByCare.indexOf(a.rule) - rulesByCare.indexOf(b.rule) ||
    b.count - a.count ||
    byText<SynonymCandidate>((one) => one[side].surface)(a, b) ||
    byText<SynonymCandidate>((one) => one[side].title)(a, b)
  return candidates.reduce((best, one) => (better(one, best) < 0 ? one : best))[side]
}

function byText<T>(textOf: (value: T) => string): (a: T, b: T) => number {
  return (a, b) => {
    const [left, right] = [textOf(a), textOf(b)]
    return left < right ? -1 : left > right ? 1 : 0
  }
}

function evidenceOf(candidate: SynonymCandidate): Evidence {
  const { left, right, rule, count, share, evidenceWiki, evidencePageId, evidenceRevisionId } = candidate
  const { written, offset, detail } = candidate
  return {
    rule,
    leftSurface: left.surface,
    rightSurface: right.surface,
    leftTitle: left.title,
    rightTitle: right.title,
    count,
    share,
    wiki: evidenceWiki,
    pageId: evidencePageId,
    revisionId: evidenceRevisionId,
    written,
    offset,
    detail,
  }
}
