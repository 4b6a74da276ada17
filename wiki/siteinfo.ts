import { BadEventError } from '../runtime/errors.ts'
import { xmlParser } from './xml-parser.ts'

/** Whether the first letter of a title is case-sensitive (`case-sensitive`) or always a capital (`first-letter`). */
export type TitleCase = 'first-letter' | 'case-sensitive'

export interface Namespace {
  /** MediaWiki's number: 0 articles, 6 files, 10 templates, 14 categories. */
  readonly key: number
  readonly case: TitleCase
  /** Local name; empty for articles. */
  readonly name: string
}

/** What the header of a dump says about its wiki. */
export interface Siteinfo {
  /** Database name such as `kowiki`; from the base address in old dumps that lack it. */
  readonly dbname: string
  readonly sitename: string
  readonly base: string
  readonly generator: string
  readonly case: TitleCase
  /** `xml:lang` of the document. */
  readonly language: string
  /** Version of the export schema, such as `0.11`. */
  readonly version: string
  readonly namespaces: readonly Namespace[]
}

/** A header longer than this is not one: kowiki's is 3 KB, the largest known under 10 KB. */
const headerLimit = 1 << 18
const closing = '</siteinfo>'

/** The bytes up to `</siteinfo>`, or undefined where a page, the end, or 256 KiB come first. */
export async function headerBytes(chunks: AsyncIterable<Uint8Array>): Promise<Buffer | undefined> {
  let bytes: Buffer = Buffer.alloc(0)
  for await (const chunk of chunks) {
    bytes = Buffer.concat([bytes, chunk])
    const end = bytes.indexOf(closing)
    const page = bytes.indexOf('<page>')
    if (end >= 0 && (page < 0 || end < page)) return bytes.subarray(0, end + closing.length)
    if (page >= 0 || bytes.length > headerLimit) return undefined
  }
  return undefined
}

/**
 * Reads the header `<mediawiki …><siteinfo>…</siteinfo>` of the export schemas 0.8 to 0.11; what follows is ignored.
 * Throws BadEventError SITEINFO_MALFORMED.
 */
export function parseSiteinfo(xml: string): Siteinfo {
  const end = xml.indexOf(closing)
  const fields = new Map<string, string>()
  const namespaces: Namespace[] = []
  let language = ''
  let version = ''
  let text = ''
  let namespace: { key: number; case: TitleCase } | undefined

  const parser = xmlParser()
  parser.onerror = (error) => {
    throw malformed(error.message.split('\n')[0] ?? 'not XML', error)
  }
  parser.onopentag = ({ name, attributes }) => {
    text = ''
    if (name === 'mediawiki') {
      language = String(attributes['xml:lang'] ?? '')
      version = String(attributes.version ?? '')
    }
    if (name === 'namespace') namespace = { key: Number(attributes.key), case: titleCaseOf(String(attributes.case)) }
  }
  parser.ontext = (part) => {
    text += part
  }
  parser.onclosetag = (name) => {
    if (name === 'namespace' && namespace !== undefined) namespaces.push({ ...namespace, name: text })
    else fields.set(name, text)
    text = ''
  }
  parser.write(end < 0 ? xml : xml.slice(0, end + closing.length))

  if (!fields.has('siteinfo')) throw malformed('it has no <siteinfo>')
  const base = fields.get('base') ?? ''
  const dbname = fields.get('dbname') || dbnameOfBase(base)
  if (dbname === '') throw malformed('it names neither <dbname> nor a known <base>')
  return {
    dbname,
    sitename: fields.get('sitename') ?? '',
    base,
    generator: fields.get('generator') ?? '',
    case: titleCaseOf(fields.get('case') ?? ''),
    language,
    version,
    namespaces,
  }
}

/** `https://zh-min-nan.wikipedia.org/wiki/…` → `zh_min_nanwiki`; empty for any other address. */
function dbnameOfBase(base: string): string {
  const [, language] = /^https?:\/\/([a-z-]+)\.wikipedia\.org\//.exec(base) ?? []
  return language === undefined ? '' : `${language.replaceAll('-', '_')}wiki`
}

function titleCaseOf(value: string): TitleCase {
  return value === 'case-sensitive' ? 'case-sensitive' : 'first-letter'
}

function malformed(reason: string, cause?: unknown): BadEventError {
  return new BadEventError('SITEINFO_MALFORMED', `the header of the dump cannot be read: ${reason}`, {
    hint: 'give the wiki by name, for example kowiki',
    cause,
  })
}
