import type { SynonymCandidate } from '../schemas/types.ts'

/** The same for the same statement wherever it is found again. */
export function evidenceId(candidate: SynonymCandidate): string {
  const { rule, evidenceWiki, evidencePageId, evidenceRevisionId, detail, left, right } = candidate
  return [
    rule,
    evidenceWiki,
    evidencePageId,
    evidenceRevisionId,
    detail,
    left.surface,
    right.surface,
    left.title,
    right.title,
  ].join('|')
}
