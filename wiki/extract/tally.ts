import { BadEventError, type Place } from '../../runtime/errors.ts'

/** A bad page or a damaged stream in plain data, so that it can cross from a worker. */
export interface Fault {
  readonly code: string
  readonly message: string
  readonly at: Place
  readonly hint: string | undefined
}

/** What became of the pages of a piece of a dump. */
export interface Tally {
  /** Bytes of XML that were read. */
  xmlBytes: number
  /** Pages met: articles, dropped ones and bad ones. */
  pages: number
  articles: number
  /** Pages that are no article or that a filter did not keep, by reason. */
  dropped: Record<string, number>
  /** In the order of the dump. */
  faults: Fault[]
}

export function emptyTally(): Tally {
  return { xmlBytes: 0, pages: 0, articles: 0, dropped: {}, faults: [] }
}

export function addTally(sum: Tally, part: Tally): void {
  sum.xmlBytes += part.xmlBytes
  sum.pages += part.pages
  sum.articles += part.articles
  for (const [reason, count] of Object.entries(part.dropped)) sum.dropped[reason] = (sum.dropped[reason] ?? 0) + count
  sum.faults.push(...part.faults)
}

export function faultOf({ code, message, at, hint }: BadEventError): Fault {
  return { code, message, at, hint }
}

export function errorOf({ code, message, at, hint }: Fault): BadEventError {
  return new BadEventError(code, message, { at, ...(hint !== undefined && { hint }) })
}

/** Faults of the file rather than of one page: an unknown number of pages is missing behind them. */
const damageCodes = new Set([
  'BZ2_CORRUPT',
  'BZ2_TRUNCATED',
  'CIRRUS_TRUNCATED',
  'GZIP_CORRUPT',
  'GZIP_TRUNCATED',
  'PAGES_MISSING',
  'XML_TRUNCATED',
])

export function isDamage({ code }: { readonly code: string }): boolean {
  return damageCodes.has(code)
}
