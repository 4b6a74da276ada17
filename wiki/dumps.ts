import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { BadEventError } from '../runtime/errors.ts'

/** What a file of a dump holds. */
export type DumpKind = 'articles' | 'articles-index' | 'langlinks' | 'page' | 'redirect'

/** A file name of a dump, taken apart. */
export interface DumpName {
  readonly wiki: string
  /** `YYYYMMDD`, or `latest`. */
  readonly date: string
  readonly kind: DumpKind
  readonly isMultistream: boolean
  /** Number of the part, 1 and up; 0 where the file is the whole. */
  readonly part: number
  readonly firstPageId?: number
  readonly lastPageId?: number
}

export interface ArticlesFile {
  readonly file: string
  readonly name: DumpName | undefined
  /** The multistream index that belongs to the file. */
  readonly index?: string
}

/** The files of one dump that naru reads. */
export interface DumpFiles {
  readonly wiki: string | undefined
  readonly date: string | undefined
  /** In the order of their parts. */
  readonly articles: readonly ArticlesFile[]
  readonly langlinks?: string
  readonly page?: string
  readonly redirect?: string
}

const articlesPattern =
  /^(?<wiki>[a-z][a-z0-9_]*)-(?<date>\d{8}|latest)-pages-(?:articles|meta-current)(?<multi>-multistream)?(?<index>-index)?(?<part>\d*)\.(?:xml|txt)(?:-p(?<first>\d+)p(?<last>\d+))?(?:\.bz2|\.gz)?$/
const tablePattern = /^(?<wiki>[a-z][a-z0-9_]*)-(?<date>\d{8}|latest)-(?<kind>langlinks|page|redirect)\.sql(?:\.gz)?$/

/** Takes the name of a dump file apart; undefined for any other file. */
export function parseDumpName(fileName: string): DumpName | undefined {
  const table = tablePattern.exec(fileName)?.groups
  if (table !== undefined) {
    const kind = table.kind === 'langlinks' ? 'langlinks' : table.kind === 'page' ? 'page' : 'redirect'
    return { wiki: table.wiki ?? '', date: table.date ?? '', kind, isMultistream: false, part: 0 }
  }
  const articles = articlesPattern.exec(fileName)?.groups
  if (articles === undefined) return undefined
  return {
    wiki: articles.wiki ?? '',
    date: articles.date ?? '',
    kind: articles.index === undefined ? 'articles' : 'articles-index',
    isMultistream: articles.multi !== undefined,
    part: Number(articles.part || 0),
    ...(articles.first !== undefined && { firstPageId: Number(articles.first) }),
    ...(articles.last !== undefined && { lastPageId: Number(articles.last) }),
  }
}

export interface DumpChoice {
  /** Needed where a folder holds dumps of several wikis. */
  readonly wiki?: string | undefined
  /** The latest where absent. */
  readonly date?: string | undefined
}

/**
 * The files of a dump in a folder, or beside a single file. Multistream is preferred over single-stream, the whole
 * over parts, the latest date over others; tables and index must be of the same wiki and date. A lone file of any
 * name is taken for articles. Throws BadEventError DUMP_NOT_FOUND or DUMP_AMBIGUOUS.
 */
export async function dumpFilesOf(path: string, choice: DumpChoice = {}): Promise<DumpFiles> {
  const isFolder = (await stat(path)).isDirectory()
  if (!isFolder) {
    const name = parseDumpName(basename(path))
    if (name?.kind !== 'articles') return { wiki: choice.wiki, date: undefined, articles: [{ file: path, name }] }
    const files = chooseDump(dirname(path), await readdir(dirname(path)), { wiki: name.wiki, date: name.date })
    const index = indexFor({ file: basename(path), name }, await readdir(dirname(path)))
    const article = { file: path, name, ...(index !== undefined && { index: join(dirname(path), index) }) }
    return { ...files, wiki: choice.wiki ?? name.wiki, articles: [article] }
  }
  return chooseDump(path, await readdir(path), choice)
}

export interface NamedFile {
  readonly file: string
  readonly name: DumpName
}

/** The files among these that have the name of a dump's file, by name. */
export function namedFiles(fileNames: Iterable<string>): NamedFile[] {
  return [...fileNames].sort().flatMap((file) => {
    const name = parseDumpName(file)
    return name === undefined ? [] : [{ file, name }]
  })
}

/** Of one dump's articles files those to be read: multistream before single-stream, the whole before its parts, in order. */
export function bestArticles(files: readonly NamedFile[]): NamedFile[] {
  const articles = files.filter(({ name }) => name.kind === 'articles')
  const rank = ({ name }: NamedFile) => (name.isMultistream ? 0 : 2) + (name.part === 0 ? 0 : 1)
  const best = Math.min(...articles.map(rank))
  return articles
    .filter((file) => rank(file) === best)
    .sort((a, b) => a.name.part - b.name.part || (a.name.firstPageId ?? 0) - (b.name.firstPageId ?? 0))
}

/** The name that the index of a multistream file has; undefined for any other file. */
export function indexNameOf({ file, name }: NamedFile): string | undefined {
  return name.isMultistream ? file.replace('-multistream', '-multistream-index').replace('.xml', '.txt') : undefined
}

function chooseDump(folder: string, fileNames: readonly string[], choice: DumpChoice): DumpFiles {
  const sorted = [...fileNames].sort()
  const named = namedFiles(sorted).filter(
    ({ name }) => (choice.wiki ?? name.wiki) === name.wiki && (choice.date ?? name.date) === name.date,
  )
  const articles = named.filter(({ name }) => name.kind === 'articles')
  if (articles.length === 0) return loneArticles(folder, sorted, choice)

  const wikis = new Set(articles.map(({ name }) => name.wiki))
  if (wikis.size > 1) {
    throw new BadEventError('DUMP_AMBIGUOUS', `the folder holds dumps of ${[...wikis].join(', ')}`, {
      at: { file: folder },
      hint: 'say which wiki is meant, or name the file',
    })
  }
  const date = articles
    .map(({ name }) => name.date)
    .sort()
    .at(-1)
  const chosen = bestArticles(articles.filter(({ name }) => name.date === date))
  const tables = Object.fromEntries(
    named.flatMap(({ file, name }) =>
      name.date === date && (name.kind === 'langlinks' || name.kind === 'page' || name.kind === 'redirect')
        ? [[name.kind, join(folder, file)]]
        : [],
    ),
  )
  return {
    wiki: chosen[0]?.name.wiki,
    date,
    articles: chosen.map(({ file, name }) => {
      const index = indexFor({ file, name }, sorted)
      return { file: join(folder, file), name, ...(index !== undefined && { index: join(folder, index) }) }
    }),
    ...tables,
  }
}

function indexFor(articles: NamedFile, fileNames: readonly string[]): string | undefined {
  const wanted = indexNameOf(articles)
  return fileNames.find((candidate) => candidate === wanted)
}

/** A folder whose only XML file has a name of its own. */
function loneArticles(folder: string, fileNames: readonly string[], choice: DumpChoice): DumpFiles {
  const [file, ...others] = fileNames.filter((name) => /\.xml(?:\.bz2|\.gz)?$/.test(name))
  if (file !== undefined && others.length === 0 && parseDumpName(file) === undefined) {
    return { wiki: choice.wiki, date: undefined, articles: [{ file: join(folder, file), name: undefined }] }
  }
  throw new BadEventError('DUMP_NOT_FOUND', 'the folder holds no articles of a dump', {
    at: { file: folder, ...(choice.wiki !== undefined && { wiki: choice.wiki }) },
    hint: 'expected a file such as kowiki-20260901-pages-articles-multistream.xml.bz2',
  })
}

/** One file as dumpstatus.json lists it. */
export interface DumpStatusFile {
  readonly name: string
  readonly kind: DumpKind | undefined
  /** Bytes on disk. */
  readonly size?: number
  /** Path on the server, from its root. */
  readonly url?: string
  /** Lower-case hexadecimal. */
  readonly md5?: string
  readonly sha1?: string
}

export interface DumpJob {
  readonly name: string
  readonly isDone: boolean
  readonly files: readonly DumpStatusFile[]
}

const statusSchema = z.object({
  jobs: z.record(
    z.string(),
    z.object({
      status: z.string(),
      files: z
        .record(
          z.string(),
          z.object({
            size: z.number().optional(),
            url: z.string().optional(),
            md5: z.string().optional(),
            sha1: z.string().optional(),
          }),
        )
        .optional(),
    }),
  ),
})

/** The jobs of a `dumpstatus.json`, in its order. Throws BadEventError DUMPSTATUS_MALFORMED. */
export function parseDumpStatus(json: string): DumpJob[] {
  const hint = 'is the address that of a dump, such as …/kowiki/20260901/dumpstatus.json?'
  let parsed: unknown
  try {
    parsed = JSON.parse(json)
  } catch (cause) {
    throw new BadEventError('DUMPSTATUS_MALFORMED', 'dumpstatus.json is no JSON', { hint, cause })
  }
  const status = statusSchema.safeParse(parsed)
  if (!status.success) {
    const message = `dumpstatus.json has another form: ${z.prettifyError(status.error)}`
    throw new BadEventError('DUMPSTATUS_MALFORMED', message, { hint, cause: status.error })
  }
  return Object.entries(status.data.jobs).map(([name, job]) => ({
    name,
    isDone: job.status === 'done',
    files: Object.entries(job.files ?? {}).map(([fileName, { size, url, md5, sha1 }]) => ({
      name: fileName,
      kind: parseDumpName(fileName)?.kind,
      ...(size !== undefined && { size }),
      ...(url !== undefined && { url }),
      ...(md5 !== undefined && { md5: md5.toLowerCase() }),
      ...(sha1 !== undefined && { sha1: sha1.toLowerCase() }),
    })),
  }))
}

export interface Checksum {
  readonly algorithm: 'md5' | 'sha1' | 'sha256'
  /** Lower-case hexadecimal. */
  readonly hex: string
}

const algorithms: ReadonlyMap<number, Checksum['algorithm']> = new Map([
  [32, 'md5'],
  [40, 'sha1'],
  [64, 'sha256'],
])

/** File name → checksum, from a text as md5sum, sha1sum and sha256sum write it. Throws CHECKSUMS_MALFORMED. */
export function parseChecksums(text: string): Map<string, Checksum> {
  const sums = new Map<string, Checksum>()
  for (const [i, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const [, hex, name] = /^([0-9a-fA-F]+) [ *](.+?)\r?$/.exec(line) ?? []
    const algorithm = algorithms.get(hex?.length ?? 0)
    if (hex === undefined || name === undefined || algorithm === undefined) {
      throw new BadEventError('CHECKSUMS_MALFORMED', `line ${i + 1} is not "checksum  file name"`, {
        at: { line: i + 1 },
        hint: 'download the list of checksums again',
      })
    }
    sums.set(name, { algorithm, hex: hex.toLowerCase() })
  }
  return sums
}
