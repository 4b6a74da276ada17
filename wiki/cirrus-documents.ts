/**
 * The weekly dumps of a wiki's search index (CirrusSearch): Elasticsearch bulk JSON, a line that names a document and a
 * line that is it. Fields: https://www.mediawiki.org/wiki/Extension:CirrusSearch/Schema; real shards have `page_id` in
 * the document and fold the titles of redirects into the page that they lead to. Headings are not part of `text`.
 */
import { z } from 'zod'
import { BadEventError } from '../runtime/errors.ts'

const optionalText = z.string().nullish()
const texts = z.array(z.string()).nullish()
const count = z.number().int().min(0).nullish()

const documentSchema = z.object({
  page_id: z.number().int().nullish(),
  version: z.number().int().nullish(),
  timestamp: optionalText,
  wiki: optionalText,
  language: optionalText,
  namespace: z.number().int(),
  namespace_text: optionalText,
  title: z.string(),
  page_type: optionalText,
  content_model: optionalText,
  text: optionalText,
  opening_text: optionalText,
  redirect: z.array(z.object({ namespace: z.number().int(), title: z.string() })).nullish(),
  category: texts,
  template: texts,
  heading: texts,
  outgoing_link: texts,
  incoming_links: count,
  text_bytes: count,
  wikibase_item: optionalText,
  coordinates: z
    .array(
      z.object({
        coord: z.object({ lat: z.number(), lon: z.number() }),
        globe: optionalText,
        primary: z.boolean().nullish(),
      }),
    )
    .nullish(),
})

/** The id stands in the line before; older dumps have it nowhere else, and as a text. */
const actionSchema = z.object({
  index: z.object({ _id: z.union([z.string(), z.number()]).optional(), _type: z.string().optional() }),
})

/** A page as the search index holds it. */
export interface CirrusDocument {
  readonly pageId: number
  /** 0 where the document does not say. */
  readonly revisionId: number
  readonly timestamp: string
  readonly wiki: string | undefined
  readonly language: string | undefined
  readonly namespace: number
  /** With the name of its namespace, as a page is called. */
  readonly title: string
  /** A page that is a redirect itself; most are told by `redirects` of the page that they lead to only. */
  readonly isRedirect: boolean
  readonly contentModel: string
  /** Rendered text of the page on one line, without headings, tables and notes. */
  readonly text: string
  /** What stands before the first heading; undefined where the page has none, or begins with one. */
  readonly openingText: string | undefined
  /** Titles, without the name of their namespace, that lead to this page. */
  readonly redirects: readonly { readonly namespace: number; readonly title: string }[]
  readonly categories: readonly string[]
  /** With the name of their namespace; those that others use, too. */
  readonly templates: readonly string[]
  readonly headings: readonly string[]
  /** Titles with underscores and the names of their namespaces. */
  readonly outgoingLinks: readonly string[]
  /** Pages that link here. */
  readonly incomingLinks: number
  /** Wikidata's item, such as Q42. */
  readonly wikibaseItem: string | undefined
  /** The page's own on Earth, in degrees. */
  readonly coordinates: { readonly latitude: number; readonly longitude: number } | undefined
  /** Length of the wikitext in UTF-8 bytes. */
  readonly textBytes: number
}

export type CirrusDocumentOutcome =
  | { readonly kind: 'document'; readonly document: CirrusDocument }
  /** CIRRUS_MALFORMED, CIRRUS_LINE_TOO_LONG or CIRRUS_TRUNCATED, with file and line; later documents still come. */
  | { readonly kind: 'bad'; readonly error: BadEventError }

export interface CirrusPlace {
  readonly file: string
  /** Where in it the bytes start, as it lies on disk: lines are counted from there. 0 where absent. */
  readonly byteOffset?: number
}

/**
 * The documents in uncompressed bytes, in order. Lines longer than `maxLineBytes` are reported, not read. Errors of the
 * source are thrown on, after the documents before them.
 */
export async function* cirrusDocumentsOf(
  chunks: AsyncIterable<Uint8Array>,
  { file, byteOffset = 0 }: CirrusPlace,
  maxLineBytes: number,
): AsyncGenerator<CirrusDocumentOutcome, void, undefined> {
  /** The action line that waits for its document. */
  let action: { readonly id: string | undefined; readonly line: number } | undefined
  const bad = (code: string, reason: string, line: number): CirrusDocumentOutcome => ({
    kind: 'bad',
    error: new BadEventError(code, reason, {
      at: { file, line, ...(byteOffset > 0 && { byteOffset }) },
      hint: badHint,
    }),
  })
  for await (const { line, bytes, length } of linesIn(chunks, maxLineBytes)) {
    if (length > maxLineBytes) {
      yield bad('CIRRUS_LINE_TOO_LONG', `the line has ${length} bytes, ${maxLineBytes} are allowed`, line)
      action = undefined
      continue
    }
    const value = parseJson(bytes)
    const named = value.kind === 'json' ? actionSchema.safeParse(value.json) : undefined
    if (named?.success) {
      if (action !== undefined) yield bad('CIRRUS_MALFORMED', 'no document follows the line that names it', action.line)
      action = { id: named.data.index._id?.toString(), line }
      continue
    }
    yield value.kind === 'json' ? documentIn(value.json, action?.id, line) : bad('CIRRUS_MALFORMED', value.reason, line)
    action = undefined
  }
  if (action !== undefined)
    yield bad('CIRRUS_TRUNCATED', 'the data end before the document that is named last', action.line)

  function documentIn(json: unknown, id: string | undefined, line: number): CirrusDocumentOutcome {
    const parsed = documentSchema.safeParse(json)
    if (!parsed.success) {
      return bad('CIRRUS_MALFORMED', `the document has another form: ${z.prettifyError(parsed.error)}`, line)
    }
    const pageId = parsed.data.page_id ?? Number(id ?? Number.NaN)
    if (!Number.isSafeInteger(pageId)) return bad('CIRRUS_MALFORMED', 'the document has no page id', line)
    return { kind: 'document', document: documentOf(parsed.data, pageId) }
  }
}

const badHint = 'compare the size of the file with the one that the server lists, and download it again'

function documentOf(found: z.output<typeof documentSchema>, pageId: number): CirrusDocument {
  const prefix = found.namespace_text ? `${found.namespace_text.replaceAll('_', ' ')}:` : ''
  return {
    pageId,
    revisionId: found.version ?? 0,
    timestamp: found.timestamp ?? '',
    wiki: found.wiki ?? undefined,
    language: found.language ?? undefined,
    namespace: found.namespace,
    title: prefix + found.title,
    isRedirect: found.page_type === 'redirect',
    contentModel: found.content_model ?? 'wikitext',
    text: found.text ?? '',
    openingText: found.opening_text || undefined,
    redirects: found.redirect ?? [],
    categories: found.category ?? [],
    templates: found.template ?? [],
    headings: found.heading ?? [],
    outgoingLinks: found.outgoing_link ?? [],
    incomingLinks: found.incoming_links ?? 0,
    wikibaseItem: found.wikibase_item || undefined,
    coordinates: ownCoordinates(found.coordinates ?? []),
    textBytes: found.text_bytes ?? 0,
  }
}

type FoundCoordinates = NonNullable<z.output<typeof documentSchema>['coordinates']>

/** Those of the page's subject, not of what it mentions, and none on the Moon. */
function ownCoordinates(all: FoundCoordinates): CirrusDocument['coordinates'] {
  const own = all.find(({ primary, globe }) => primary === true && (globe ?? 'earth') === 'earth')
  return own === undefined ? undefined : { latitude: own.coord.lat, longitude: own.coord.lon }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

function parseJson(bytes: Uint8Array): { kind: 'json'; json: unknown } | { kind: 'bad'; reason: string } {
  try {
    return { kind: 'json', json: JSON.parse(utf8.decode(bytes)) }
  } catch (cause) {
    const reason = cause instanceof SyntaxError ? 'the line is no JSON' : 'the line is no UTF-8'
    return { kind: 'bad', reason }
  }
}

interface Line {
  /** From 1. */
  readonly line: number
  /** Without the line end; the beginning only where it is too long. */
  readonly bytes: Uint8Array
  readonly length: number
}

/** Cuts bytes into lines, empty ones left out; holds at most `maxLineBytes` of a line, and copies what it holds. */
async function* linesIn(
  chunks: AsyncIterable<Uint8Array>,
  maxLineBytes: number,
): AsyncGenerator<Line, void, undefined> {
  let held: Buffer[] = []
  let heldBytes = 0
  let length = 0
  let line = 1
  const hold = (bytes: Uint8Array) => {
    length += bytes.length
    if (length > maxLineBytes || bytes.length === 0) return
    held.push(Buffer.from(bytes))
    heldBytes += bytes.length
  }
  const take = (): Line => {
    const taken = { line, bytes: held.length === 1 ? held[0]! : Buffer.concat(held, heldBytes), length }
    held = []
    heldBytes = 0
    length = 0
    return taken
  }
  for await (const chunk of chunks) {
    let from = 0
    for (let at = chunk.indexOf(0x0a); at >= 0; at = chunk.indexOf(0x0a, from)) {
      hold(chunk.subarray(from, at))
      if (length > 0) yield take()
      line++
      from = at + 1
    }
    hold(chunk.subarray(from))
  }
  if (length > 0) yield take()
}
