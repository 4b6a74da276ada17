/**
 * The page that stands for the links of one text to one page: the lowest by id, whatever the order in which they came. Some more are known beside it, so that
 * the next one is at hand when a page has the link no more.
 */
import type { AnchorCount } from '../../schemas/types.ts'

/** A link as a page has it: `[page, revision, text as written, place in the text or null]`. */
type Linking = readonly [pageId: number, revisionId: number, written: string, offset: number | null]

export interface Evidence {
  /** In order, the first of which is the evidence; none where those that were known are gone, and there are others. */
  readonly links: readonly Linking[]
  /** All links of the pages up to this id are among them; null where there are no others. */
  readonly upTo: number | null
}

export const noEvidence: Evidence = { links: [], upTo: null }

const pagesKnown = 4

/** With one link more. */
export function withLink({ links, upTo }: Evidence, anchor: AnchorCount): Evidence {
  if (upTo !== null && anchor.pageId > upTo) return { links, upTo }
  const link = linkingOf(anchor)
  const at = links.findIndex((other) => order(link, other) < 0)
  return bounded({ links: at < 0 ? [...links, link] : links.toSpliced(at, 0, link), upTo })
}

/** Without a link that is there no more. */
export function withoutLink({ links, upTo }: Evidence, anchor: AnchorCount): Evidence {
  const link = linkingOf(anchor)
  const at = links.findIndex((other) => order(link, other) === 0)
  return at < 0 ? { links, upTo } : { links: links.toSpliced(at, 1), upTo }
}

function bounded(evidence: Evidence): Evidence {
  const { links } = evidence
  if (links.length <= pagesKnown) return evidence
  const [last] = [...new Set(links.map(([pageId]) => pageId))].slice(0, pagesKnown).slice(-1)
  return last === links.at(-1)![0] ? evidence : { links: links.filter(([pageId]) => pageId <= last!), upTo: last! }
}

function linkingOf({ pageId, revisionId, surface, written, offset }: AnchorCount): Linking {
  return [pageId, revisionId, written || surface, offset]
}

/** Of one page the first in its text; what has no place there comes last. */
function order([page, revision, written, offset]: Linking, [pageB, revisionB, writtenB, offsetB]: Linking): number {
  return (
    page - pageB ||
    revision - revisionB ||
    (offset ?? Number.MAX_SAFE_INTEGER) - (offsetB ?? Number.MAX_SAFE_INTEGER) ||
    (written < writtenB ? -1 : written > writtenB ? 1 : 0)
  )
}
