import { BadEventError, type Place } from '../runtime/errors.ts'
import { type PagePiece, pagePieces } from './page-pieces.ts'
import { xmlParser } from './xml-parser.ts'

/** A page of a dump as it stands there, its last revision only. */
export interface RawPage {
  readonly pageId: number
  readonly revisionId: number
  readonly parentId?: number
  /** ISO 8601, UTC, as in the dump. */
  readonly timestamp: string
  readonly title: string
  readonly namespace: number
  /** Content model: `wikitext`, `css`, `javascript`, `Scribunto`, `wikibase-item` … */
  readonly model: string
  readonly redirectTitle?: string
  /** Source text; empty where the revision is empty or its text was hidden. */
  readonly text: string
  /** UTF-8 bytes of the text as the dump states them, or as counted where it does not. */
  readonly textBytes: number
  /** True where the text was hidden by an administrator. */
  readonly textDeleted: boolean
  /** Base 36, as in the dump. */
  readonly sha1?: string
}

export type PageOutcome =
  | { readonly kind: 'page'; readonly page: RawPage }
  | { readonly kind: 'bad'; readonly error: BadEventError }

export interface PagesOptions {
  /** The file that the bytes come from, for the place of an error. */
  readonly file: string
  /** Where in it the bytes start, as it lies on disk. */
  readonly byteOffset: number
  /** Pages longer than this many bytes of XML are reported, not read. */
  readonly maxPageBytes: number
}

/**
 * The pages in a stream of export XML (schemas 0.8 to 0.11), in order: a whole document, or a fragment that starts
 * at a page. Each page is parsed alone, so one bad page costs no other. Codes of bad outcomes: XML_MALFORMED,
 * XML_TRUNCATED, INVALID_UTF8, PAGE_TOO_LARGE, PAGE_WITHOUT_REVISION. Errors of the source are thrown on, after the
 * pages before them.
 */
export async function* pagesOf(
  chunks: AsyncIterable<Uint8Array>,
  { file, byteOffset, maxPageBytes }: PagesOptions,
): AsyncGenerator<PageOutcome, void, undefined> {
  for await (const piece of pagePieces(chunks, maxPageBytes)) {
    const outcome = readPiece(piece, { file, byteOffset }, maxPageBytes)
    if (outcome !== undefined) yield outcome
  }
}

/** The careful reader: what a piece holds, or what is wrong with it; undefined for what belongs between pages. */
export function readPiece(piece: PagePiece, place: Place, maxPageBytes: number): PageOutcome | undefined {
  if (piece.kind === 'between' && isExpectedBetweenPages(piece)) return undefined
  const { at, length } = piece
  const where = `at byte ${at} of the uncompressed text`
  const named = piece.kind === 'between' ? place : { ...place, ...nameOf(piece.bytes) }
  if (piece.kind === 'between') {
    const message = `${length} bytes ${where} are no page and were skipped`
    return bad('XML_MALFORMED', message, named, 'is this an export of MediaWiki? compare the checksum of the file')
  }
  if (piece.kind === 'cut-short') {
    const message = `the data end ${length} bytes into the page ${where}`
    return bad('XML_TRUNCATED', message, named, 'the file is cut short: download it again and compare the checksum')
  }
  if (piece.kind === 'unended') {
    const message = `the page ${where} has no end before the next begins; ${length} bytes were skipped`
    return bad('XML_MALFORMED', message, named, 'compare the checksum of the file')
  }
  if (length > maxPageBytes) {
    const message = `the page ${where} has ${length} bytes; the limit is ${maxPageBytes}`
    return bad('PAGE_TOO_LARGE', message, named, 'raise the limit if the page is genuine')
  }
  return readPage(piece, named)
}

/** The header, the end of the document, and white space. */
function isExpectedBetweenPages({ bytes, length }: PagePiece): boolean {
  if (bytes.length < length) return false
  const text = bytes.toString('utf8').replace(/^\ufeff?\s*<\?xml[^>]*>/u, '')
  const header = /^\s*<mediawiki[^>]*>/.exec(text)?.[0].length ?? 0
  const siteinfoEnd = text.indexOf('</siteinfo>')
  const rest = text.slice(siteinfoEnd < 0 ? header : siteinfoEnd + '</siteinfo>'.length).trim()
  return rest === '' || rest === '</mediawiki>'
}

function bad(code: string, message: string, at: Place, hint: string, cause?: unknown): PageOutcome {
  return { kind: 'bad', error: new BadEventError(code, message, { at, hint, cause }) }
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function readPage({ bytes, at }: PagePiece, place: Place): PageOutcome {
  let xml: string
  try {
    xml = strictUtf8.decode(bytes)
  } catch (cause) {
    const message = `byte ${at + firstInvalidUtf8(bytes)} of the uncompressed text is not UTF-8`
    return bad('INVALID_UTF8', message, place, 'the page was skipped; compare the checksum of the file', cause)
  }
  try {
    const page = parsePage(xml)
    if (page !== undefined) return { kind: 'page', page }
    return bad('PAGE_WITHOUT_REVISION', 'the page has no revision', place, 'it was deleted while the dump ran')
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.replace(/\s*\n\s*/g, ', ') : String(cause)
    const message = `the page at byte ${at} of the uncompressed text is no well-formed XML: ${reason}`
    return bad('XML_MALFORMED', message, place, 'the page was skipped; compare the checksum of the file', cause)
  }
}

/** Where strict decoding stops: the longest prefix that decodes as a stream is found by halving. */
function firstInvalidUtf8(bytes: Buffer): number {
  let valid = 0
  let step = bytes.length
  while (step > 0) {
    try {
      // A code point cut at the end of the prefix is no fault yet.
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, valid + step), { stream: true })
      valid += step
    } catch {
      step = Math.floor(step / 2)
    }
    if (valid + step > bytes.length) step = bytes.length - valid
  }
  return valid
}

/** The page, or undefined where it has no revision. Throws where the XML is malformed or a field is missing. */
function parsePage(xml: string): RawPage | undefined {
  let path = ''
  let text = ''
  let page: Record<string, string> = {}
  let revision: Record<string, string> | undefined
  let redirectTitle: string | undefined
  let textAttributes: Record<string, string> = {}

  const parser = xmlParser()
  parser.onerror = (error) => {
    throw error
  }
  parser.onopentag = ({ name, attributes }) => {
    path += `/${name}`
    text = ''
    if (path === '/page/redirect') redirectTitle = String(attributes.title ?? '')
    if (path === '/page/revision') {
      revision = {}
      textAttributes = {}
    }
    if (path === '/page/revision/text') {
      for (const [key, value] of Object.entries(attributes)) textAttributes[key] = String(value)
    }
  }
  parser.ontext = (part) => {
    text += part
  }
  parser.oncdata = parser.ontext
  parser.onclosetag = (name) => {
    const parent = path.slice(0, -name.length - 1)
    if (parent === '/page') page = { ...page, [name]: text }
    if (parent === '/page/revision' && revision !== undefined) revision[name] = text
    path = parent
    text = ''
  }
  parser.write(xml).close()

  if (revision === undefined) return undefined
  const source = revision.text ?? ''
  const sha1 = revision.sha1 || textAttributes.sha1
  const parentId = revision.parentid
  return {
    pageId: numberOf('id', page.id),
    revisionId: numberOf('revision id', revision.id),
    ...(parentId !== undefined && { parentId: numberOf('parentid', parentId) }),
    timestamp: required('timestamp', revision.timestamp),
    title: required('title', page.title).normalize('NFC'),
    namespace: numberOf('ns', page.ns ?? '0'),
    model: revision.model ?? 'wikitext',
    ...(redirectTitle !== undefined && { redirectTitle }),
    text: source,
    textBytes: textAttributes.bytes === undefined ? Buffer.byteLength(source) : numberOf('bytes', textAttributes.bytes),
    textDeleted: textAttributes.deleted !== undefined,
    ...(sha1 && { sha1 }),
  }
}

function required(name: string, value: string | undefined): string {
  if (value === undefined || value === '') throw new Error(`<${name}> is missing`)
  return value
}

function numberOf(name: string, value: string | undefined): number {
  const number = Number(required(name, value))
  if (!Number.isSafeInteger(number)) throw new Error(`<${name}> is no number: ${value}`)
  return number
}

/** Title and id as far as the first bytes of a page tell them. */
function nameOf(bytes: Buffer): Place {
  const prefix = bytes.subarray(0, 4096).toString('utf8')
  const [, title] = /<title>([^<]*)<\/title>/.exec(prefix) ?? []
  const [, id] = /<id>(\d+)<\/id>/.exec(prefix) ?? []
  return { ...(title !== undefined && { title }), ...(id !== undefined && { pageId: Number(id) }) }
}
