/** What an extraction made: as JSON, and as people read it. */
import { isDamage } from '../wiki/extract/tally.ts'
import type { Destination } from './destination.ts'
import type { ExtractWatch } from './extract-watch.ts'
import { formatBytes, formatCount, formatDuration } from './quantities.ts'

export interface ExtractSummary {
  readonly inputs: readonly string[]
  /** Null for standard output. */
  readonly output: string | null
  /** False where damage has cost articles; bad pages by themselves do not. */
  readonly complete: boolean
  readonly pages: number
  readonly articles: number
  /** Pages by reason: other_namespace, not_wikitext, or the filter that they failed. */
  readonly dropped: Readonly<Record<string, number>>
  /** Bad pages and damages by code. */
  readonly bad: Readonly<Record<string, number>>
  readonly bytesIn: number
  readonly bytesOfXml: number
  readonly bytesOut: number
  readonly workers: number
  readonly seconds: number
  /** 10⁶ bytes of XML. */
  readonly megabytesPerSecond: number
  readonly articlesPerSecond: number
}

export interface ExtractFacts {
  readonly inputs: readonly string[]
  readonly destination: Destination
  readonly workers: number
}

export function summaryOf(watch: ExtractWatch, { inputs, destination, workers }: ExtractFacts): ExtractSummary {
  const { tally, inputBytes, seconds } = watch
  const bad: Record<string, number> = {}
  for (const { code } of tally.faults) bad[code] = (bad[code] ?? 0) + 1
  return {
    inputs,
    output: destination.file ?? null,
    complete: !tally.faults.some(isDamage),
    pages: tally.pages,
    articles: tally.articles,
    dropped: sorted(tally.dropped),
    bad: sorted(bad),
    bytesIn: inputBytes,
    bytesOfXml: tally.xmlBytes,
    bytesOut: destination.bytes,
    workers,
    seconds,
    megabytesPerSecond: rate(tally.xmlBytes / 1e6, seconds),
    articlesPerSecond: rate(tally.articles, seconds),
  }
}

function rate(amount: number, seconds: number): number {
  return Math.round((amount / Math.max(seconds, 0.001)) * 1000) / 1000
}

/** Most first. */
function sorted(counts: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)))
}

export function renderExtracted(summary: ExtractSummary): string {
  const { pages, articles, dropped, bad, output, bytesOut, bytesOfXml, seconds } = summary
  const where = output === null ? 'on standard output' : `in ${output}`
  const lines = [
    `${formatCount(articles)} articles of ${formatCount(pages)} pages, ${formatBytes(bytesOut)} ${where}.`,
    ...countLines('Dropped', dropped),
    ...countLines('Bad', bad),
    `${formatBytes(bytesOfXml)} of XML in ${formatDuration(seconds)}: ${formatBytes(summary.megabytesPerSecond * 1e6)}/s.`,
  ]
  return lines.join('\n')
}

function countLines(title: string, counts: Readonly<Record<string, number>>): string[] {
  const entries = Object.entries(counts)
  if (entries.length === 0) return []
  return [`${title}: ${entries.map(([reason, count]) => `${formatCount(count)} ${reason}`).join('; ')}.`]
}
