/** From the bytes of a dump to lines of JSON in batches, with what became of every page. */
import { BadEventError } from '../../runtime/errors.ts'
import { type ArticlesOptions, type BytesPlace, type ExtractedArticle, fieldSet, missingPages } from '../articles.ts'
import { articleRunsOfSource } from '../articles-of-source.ts'
import type { CirrusOutcome } from '../cirrus.ts'
import { type Candidate, type Filter, namespacesOf, parseFilters } from '../filters.ts'
import type { Site } from '../site.ts'
import { isDerived, type OutputField, pickFields } from './fields.ts'
import { ArticleHead } from './head.ts'
import { emptyTally, faultOf, type Tally } from './tally.ts'

/** What is made of a dump; plain data, so that it can be sent to a worker. */
export interface ExtractSettings extends Omit<ArticlesOptions, 'namespaces'> {
  readonly fields: readonly OutputField[]
  /** Expressions of filters.ts, besides the defaults. */
  readonly filters: readonly string[]
}

export interface Batch {
  /** Whole lines, each an article; empty where there was only something to count. */
  readonly lines: Uint8Array
  /** What has happened since the batch before. */
  readonly tally: Tally
}

export interface BatchSource {
  readonly bytes: AsyncIterable<Uint8Array>
  readonly site: Site
  readonly place: BytesPlace
  /** Pages that an index promises. */
  readonly expectedPages?: number | undefined
}

/** Bytes of lines in a batch; a longer line makes a batch of its own. */
export const batchBytes = 1 << 20
/** A batch is also made after so many bytes of XML, for whoever counts. */
const quietXmlBytes = 1 << 24

/**
 * The articles of `source` that the filters keep. Faults of pages and of the source are in the tallies; the last batch
 * may have no lines. `newBuffer` gives the memory of a batch, `batchBytes` long: the reader of the batch owns it.
 */
export async function* batchesOf(
  source: BatchSource,
  settings: ExtractSettings,
  newBuffer: () => Uint8Array = () => Buffer.allocUnsafeSlow(batchBytes),
): AsyncGenerator<Batch, void, undefined> {
  const filters = parseFilters(settings.filters)
  const writer = new LineWriter(settings.fields, filters)
  const options = { ...settings, namespaces: namespacesOf(filters) }
  let tally = emptyTally()
  let pages = 0
  let isDamaged = false
  let buffer = newBuffer()
  let used = 0

  const take = (): Batch => {
    const batch = { lines: buffer.subarray(0, used), tally }
    tally = emptyTally()
    used = 0
    return batch
  }
  const counted = countBytes(source.bytes, (bytes) => {
    tally.xmlBytes += bytes
  })
  try {
    for await (const outcomes of articleRunsOfSource(counted, source.site, source.place, options)) {
      for (const outcome of outcomes) {
        tally.pages++
        pages++
        const line = lineOf(outcome, writer, tally)
        if (line === undefined) continue
        if (used > 0 && used + line.length > buffer.length) {
          // The page at hand belongs to the next batch; its counts go out a batch early.
          yield take()
          buffer = newBuffer()
        }
        if (line.length > buffer.length) buffer = Buffer.allocUnsafeSlow(line.length)
        buffer.set(line, used)
        used += line.length
      }
      if (tally.xmlBytes > quietXmlBytes) {
        yield take()
        buffer = newBuffer()
      }
    }
  } catch (error) {
    // What was whole before the fault is kept; the rest is named by the place of the fault.
    if (!(error instanceof BadEventError)) throw error
    isDamaged = true
    tally.faults.push(faultOf(error))
  }
  const missing = isDamaged ? undefined : missingPages(source.expectedPages ?? null, pages, source.place)
  if (missing) tally.faults.push(faultOf(missing))
  yield take()
}

/** The line of what is kept; whatever becomes of the page is counted. */
function lineOf(outcome: CirrusOutcome, writer: LineWriter, tally: Tally): Uint8Array | undefined {
  if (outcome.kind === 'bad') tally.faults.push(faultOf(outcome.error))
  else if (outcome.kind === 'dropped') drop(tally, outcome.reason)
  else {
    const reason = writer.dropReason(outcome.article)
    if (reason === undefined) {
      tally.articles++
      return writer.line(outcome.article)
    }
    drop(tally, reason)
  }
  return undefined
}

function drop(tally: Tally, reason: string): void {
  tally.dropped[reason] = (tally.dropped[reason] ?? 0) + 1
}

async function* countBytes(bytes: AsyncIterable<Uint8Array>, count: (bytes: number) => void) {
  for await (const part of bytes) {
    count(part.length)
    yield part
  }
}

/** An article that is decoded when a filter asks for more than its head. */
class EncodedCandidate extends ArticleHead implements Candidate {
  private readonly extracted: ExtractedArticle
  private decoded: ReturnType<ExtractedArticle['decode']> | undefined

  constructor(extracted: ExtractedArticle) {
    super(extracted.encoded)
    this.extracted = extracted
  }

  article() {
    this.decoded ??= this.extracted.decode()
    return this.decoded
  }
}

/** Judges articles and turns the kept ones into lines; decodes them only where something asks for it. */
class LineWriter {
  private readonly fields: readonly OutputField[]
  private readonly filters: readonly Filter[]
  /** Set where the engine can write the line itself. */
  private readonly set: ReturnType<typeof fieldSet> | undefined

  constructor(fields: readonly OutputField[], filters: readonly Filter[]) {
    this.fields = fields
    const stored = fields.filter((field) => !isDerived(field))
    this.set = stored.length === fields.length ? fieldSet(stored) : undefined
    // What the engine has skipped by itself needs no second look.
    const namespaces = namespacesOf(filters)
    this.filters = filters.filter(({ field }) => field !== 'namespace' || namespaces === undefined)
  }

  /** The expression that does not hold for the article, or undefined. */
  dropReason(article: ExtractedArticle): string | undefined {
    if (this.filters.length === 0) return undefined
    const candidate = new EncodedCandidate(article)
    for (const filter of this.filters) if (!filter.keeps(candidate)) return filter.expression
    return undefined
  }

  line(article: ExtractedArticle): Uint8Array {
    if (this.set !== undefined) return article.json(this.set)
    return Buffer.from(`${JSON.stringify(pickFields(article, this.fields))}\n`)
  }
}
