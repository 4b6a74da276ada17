import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { BadEventError } from '../runtime/errors.ts'
import { exportEndMark, exportSums, refuseUnfinished, shardFolders } from './content-exports.ts'
import { bestArticles, type DumpName, indexNameOf, type NamedFile, namedFiles, parseDumpName } from './dump-names.ts'

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

export interface DumpChoice {
  /** Needed where a folder holds dumps of several wikis. */
  readonly wiki?: string | undefined
  /** The latest where absent. */
  readonly date?: string | undefined
}

/**
 * The files of a dump in a folder, or beside a single file. Multistream is preferred over single-stream, the whole
 * over parts, dumps over content exports, the latest date over others; tables and index must be of the same wiki and
 * date. A content export may lie in `xml/bzip2/` below the folder, as on the server. A lone file of any name is taken
 * for articles. Throws BadEventError DUMP_NOT_FOUND, DUMP_AMBIGUOUS or EXPORT_UNFINISHED.
 */
export async function dumpFilesOf(path: string, choice: DumpChoice = {}): Promise<DumpFiles> {
  const isFolder = (await stat(path)).isDirectory()
  const below = join(path, ...shardFolders)
  if (isFolder && (await isFolderAt(below))) return dumpFilesOf(below, choice)
  if (!isFolder) {
    const name = parseDumpName(basename(path))
    if (name?.kind !== 'articles') return { wiki: choice.wiki, date: undefined, articles: [{ file: path, name }] }
    const files = chooseDump(dirname(path), await readdir(dirname(path)), { wiki: name.wiki, date: name.date })
    const index = indexFor({ file: basename(path), name }, await readdir(dirname(path)))
    const article = { file: path, name, ...(index !== undefined && { index: join(dirname(path), index) }) }
    return { ...files, wiki: choice.wiki ?? name.wiki, articles: [article] }
  }
  const fileNames = await readdir(path)
  const files = chooseDump(path, fileNames, choice)
  if (files.articles.some(({ name }) => name?.source === 'content-export')) {
    const sums = fileNames.includes(exportSums) ? await readFile(join(path, exportSums), 'utf8') : undefined
    refuseUnfinished(
      files.articles.map(({ file }) => basename(file)),
      sums,
      fileNames.includes(exportEndMark),
      path,
    )
  }
  return files
}

async function isFolderAt(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
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
      hint: 'Say which wiki is meant, or name the file.',
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
    hint: 'It needs a file such as kowiki-20260901-pages-articles-multistream.xml.bz2.',
  })
}
