import type { Article } from '../schemas/types.ts'

/** What the score is made from. */
export interface QualitySigns {
  readonly kind: Article['kind']
  /** Characters of plain text, headings included. */
  readonly characters: number
  /** Links to other pages, each as often as it stands there. */
  readonly links: number
  readonly sections: number
  readonly references: number
}

/** Weight of each sign, and the count at which it earns half of that. The weights add up to 1. */
const signs = [
  { sign: 'characters', weight: 0.4, half: 2000 },
  { sign: 'references', weight: 0.25, half: 8 },
  { sign: 'links', weight: 0.2, half: 25 },
  { sign: 'sections', weight: 0.15, half: 5 },
] as const

/** What is left of the score where the page says that it is a stub. */
const stubShare = 0.5

/**
 * How much of an article there is, 0 to 1 with three digits: Σ weight · count / (count + half), halved for a stub; 0 for
 * redirects and disambiguation pages, which hold no article. Counts saturate, so no length makes up for missing
 * references. Signs and weights are ours, judged against nothing yet, and plain enough to be judged by reading.
 */
export function qualityOf(found: QualitySigns): number {
  if (found.kind === 'redirect' || found.kind === 'disambiguation') return 0
  const sum = signs.reduce((score, { sign, weight, half }) => score + (weight * found[sign]) / (found[sign] + half), 0)
  return Math.round(sum * (found.kind === 'stub' ? stubShare : 1) * 1000) / 1000
}
