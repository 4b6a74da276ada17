/** All the evidence of a pair as one pair. Depends on the set of evidence only, never on the order of its arrival. */
import type { Evidence, SynonymCandidate, SynonymPair, SynonymRule, Term } from '../../schemas/types.ts'
import type { Trust } from './service.ts'

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

/** The same for the same statement wherever it is found again. */
export function evidenceId(candidate: SynonymCandidate): string {
  const { rule, evidenceWiki, evidencePageId, evidenceRevisionId, left, right } = candidate
  return [
    rule,
    evidenceWiki,
    evidencePageId,
    evidenceRevisionId,
    left.surface,
    right.surface,
    left.title,
    right.title,
  ].join('|')
}

/** @param candidates at least one, all of the same key, sorted by evidence id. */
export function mergedPair(pairKey: string, candidates: readonly SynonymCandidate[], trust: Trust): SynonymPair {
  return {
    pairKey,
    left: bestTerm(candidates, 'left'),
    right: bestTerm(candidates, 'right'),
    confidence: confidenceOf(candidates, trust),
    evidence: candidates.map(evidenceOf),
  }
}

/**
 * Noisy-or over independent sources: 1 − Π (1 − trust). A rule counts once for each wiki that says it, so that a link that
 * both wikis make is stronger than one that a single wiki makes, and ten redirects are no stronger than one.
 */
function confidenceOf(candidates: readonly SynonymCandidate[], trust: Trust): number {
  const sources = new Map(candidates.map(({ rule, evidenceWiki }) => [`${rule}|${evidenceWiki}`, trust[rule]]))
  let doubt = 1
  for (const probability of sources.values()) doubt *= 1 - probability
  return Number((1 - doubt).toFixed(6))
}

function bestTerm(candidates: readonly SynonymCandidate[], side: 'left' | 'right'): Term {
  const better = (a: SynonymCandidate, b: SynonymCandidate): number =>
    rulesByCare.indexOf(a.rule) - rulesByCare.indexOf(b.rule) ||
    b.count - a.count ||
    (a[side].surface < b[side].surface ? -1 : a[side].surface > b[side].surface ? 1 : 0)
  return [...candidates].sort(better)[0]![side]
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
