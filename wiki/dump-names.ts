/** Names of dump files: what they say, and which of them are to be read. */

const tableKinds = ['langlinks', 'page', 'redirect', 'wb_items_per_site'] as const
type TableKind = (typeof tableKinds)[number]

/** What a file of a dump holds. */
export type DumpKind = 'articles' | 'articles-index' | TableKind

/** A file name of a dump, taken apart. */
export interface DumpName {
  readonly wiki: string
  /** `YYYYMMDD`, or `latest`. */
  readonly date: string
  /** dump: the XML dumps; content-export: MediaWiki Content File Exports, whose shards hold pages of all namespaces. */
  readonly source: 'dump' | 'content-export'
  readonly kind: DumpKind
  readonly isMultistream: boolean
  /** Number of the part, 1 and up; 0 where the file is the whole. */
  readonly part: number
  readonly firstPageId?: number
  readonly lastPageId?: number
  /** Of a shard that holds some revisions of one page only. */
  readonly firstRevisionId?: number
  readonly lastRevisionId?: number
}

const articlesPattern =
  /^(?<wiki>[a-z][a-z0-9_]*)-(?<date>\d{8}|latest)-pages-(?:articles|meta-current)(?<multi>-multistream)?(?<index>-index)?(?<part>\d*)\.(?:xml|txt)(?:-p(?<first>\d+)p(?<last>\d+))?(?:\.bz2|\.gz)?$/
const tablePattern =
  /^(?<wiki>[a-z][a-z0-9_]*)-(?<date>\d{8}|latest)-(?<kind>langlinks|page|redirect|wb_items_per_site)\.sql(?:\.gz)?$/

const exportPattern =
  /^(?<wiki>[a-z][a-z0-9_]*)-(?<date>\d{4}-\d{2}-\d{2})-p(?<first>\d+)(?:p(?<last>\d+)|r(?<firstRevision>\d+)r(?<lastRevision>\d+))\.xml(?:\.bz2|\.gz)?$/

/** Takes the name of a dump file apart; undefined for any other file. */
export function parseDumpName(fileName: string): DumpName | undefined {
  const shard = exportPattern.exec(fileName)?.groups
  if (shard !== undefined) return shardName(shard)
  const source = 'dump'
  const table = tablePattern.exec(fileName)?.groups
  if (table !== undefined) {
    const kind = tableKinds.find((known) => known === table.kind)!
    return { wiki: table.wiki ?? '', date: table.date ?? '', source, kind, isMultistream: false, part: 0 }
  }
  const articles = articlesPattern.exec(fileName)?.groups
  if (articles === undefined) return undefined
  return {
    wiki: articles.wiki ?? '',
    date: articles.date ?? '',
    source,
    kind: articles.index === undefined ? 'articles' : 'articles-index',
    isMultistream: articles.multi !== undefined,
    part: Number(articles.part || 0),
    ...(articles.first !== undefined && { firstPageId: Number(articles.first) }),
    ...(articles.last !== undefined && { lastPageId: Number(articles.last) }),
  }
}

function shardName(shard: Readonly<Record<string, string | undefined>>): DumpName {
  const first = Number(shard.first)
  return {
    wiki: shard.wiki ?? '',
    date: (shard.date ?? '').replaceAll('-', ''),
    source: 'content-export',
    kind: 'articles',
    isMultistream: false,
    part: 0,
    firstPageId: first,
    lastPageId: shard.last === undefined ? first : Number(shard.last),
    ...(shard.firstRevision !== undefined && { firstRevisionId: Number(shard.firstRevision) }),
    ...(shard.lastRevision !== undefined && { lastRevisionId: Number(shard.lastRevision) }),
  }
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
  const rank = ({ file, name }: NamedFile) =>
    (name.part === 0 ? 0 : 1) +
    (name.isMultistream ? 0 : 2) +
    // The same articles again, with the talk and user pages.
    (file.includes('-pages-meta-current') ? 4 : 0) +
    (name.source === 'dump' ? 0 : 8)
  const best = Math.min(...articles.map(rank))
  const byPages = ({ name: a }: NamedFile, { name: b }: NamedFile) =>
    a.part - b.part ||
    (a.firstPageId ?? 0) - (b.firstPageId ?? 0) ||
    (a.firstRevisionId ?? 0) - (b.firstRevisionId ?? 0)
  return articles.filter((file) => rank(file) === best).sort(byPages)
}

/**
 * The files that make up a kind of file of a dump: `articles-multistream` with its index, `articles` (single-stream), or
 * a table such as `langlinks`. In the order of their parts; empty where the dump has none.
 */
export function filesOfKind(kind: string, files: readonly NamedFile[], fileNames: ReadonlySet<string>): string[] {
  if (kind !== 'articles' && kind !== 'articles-multistream') {
    const { wiki, date } = files[0]?.name ?? {}
    const table = `${wiki}-${date}-${kind}.sql.gz`
    return fileNames.has(table) ? [table] : []
  }
  const wanted = files.filter(({ name }) => name.isMultistream === (kind === 'articles-multistream'))
  return bestArticles(wanted.filter(({ name }) => name.source === 'dump')).flatMap((articles) => {
    const index = indexNameOf(articles)
    return index !== undefined && fileNames.has(index) ? [articles.file, index] : [articles.file]
  })
}

/** The jobs of dumpstatus.json that must be done before a kind of file is complete; a dump need not have all of them. */
export function jobsOfKind(kind: string): string[] {
  if (kind === 'articles') return ['articlesdump', 'articlesdumprecombine']
  if (kind === 'articles-multistream') return ['articlesmultistreamdump', 'articlesmultistreamdumprecombine']
  return [`${kind.replaceAll('_', '')}table`]
}

/** The name that the index of a multistream file has; undefined for any other file. */
export function indexNameOf({ file, name }: NamedFile): string | undefined {
  return name.isMultistream ? file.replace('-multistream', '-multistream-index').replace('.xml', '.txt') : undefined
}
