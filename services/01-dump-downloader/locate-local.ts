/** Dumps that lie on this machine. */
import type { Stats } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { gatherPublished, type Published } from '../../mirror/checksums.ts'
import { dateOf, type LocatedDump, type WantedFile, wikiOfName } from '../../mirror/dump.ts'
import { BadEventError, ConfigError } from '../../runtime/errors.ts'
import { parseDumpName } from '../../wiki/dump-names.ts'
import { type DumpFiles, dumpFilesOf } from '../../wiki/dumps.ts'
import type { Input } from './settings.ts'

const checksumTexts = /^(?:dumpstatus\.json|(?:.*-)?(?:sha1|md5|sha256)sums(?:\.txt)?)$/i

export async function locateLocal({ language, wiki }: Input, location: string): Promise<LocatedDump> {
  const path = resolve(location)
  const isFolder = (await existing(path)).isDirectory()
  const name = isFolder ? undefined : parseDumpName(basename(path))
  if (name !== undefined && name.kind !== 'articles') {
    throw new ConfigError('LOCATION_NO_ARTICLES', 'the file holds no articles', {
      at: { file: path },
      hint: 'Name the pages-articles file or the folder; the tables and the index beside it are found by themselves.',
    })
  }
  const files = await explained(path, () => chooseFiles(path, language, wiki))
  // The shards of a content export lie deeper than the folder of its date.
  const published = await publishedIn(dirname(files.articles[0]?.file ?? path))
  const wanted = (file: string): WantedFile => ({
    name: basename(file),
    origin: { kind: 'path', path: file },
    published: published.get(basename(file)) ?? {},
  })

  const firstName = basename(files.articles[0]?.file ?? path)
  return {
    wiki: wiki ?? files.wiki ?? wikiOfName(firstName) ?? `${language.replaceAll('-', '_')}wiki`,
    language,
    date: dateOf(files.date),
    articles: files.articles.map(({ file, index }) => ({
      file: wanted(file),
      ...(index !== undefined && { index: wanted(index) }),
    })),
    ...(files.langlinks !== undefined &&
      files.page !== undefined && { langlinks: { table: wanted(files.langlinks), pages: wanted(files.page) } }),
  }
}

/** Throws ConfigError LOCATION_MISSING. */
export async function existing(path: string): Promise<Stats> {
  try {
    return await stat(path)
  } catch (cause) {
    throw new ConfigError('LOCATION_MISSING', 'there is no such file or folder', {
      at: { file: path },
      hint: 'Check the path; for a download give a URL such as https://dumps.wikimedia.org/kowiki/latest/',
      cause,
    })
  }
}

/** In a folder with dumps of several wikis, the language tells which is meant. */
async function chooseFiles(path: string, language: string, wiki: string | undefined): Promise<DumpFiles> {
  try {
    return await dumpFilesOf(path, { wiki })
  } catch (error) {
    const isAmbiguous = error instanceof BadEventError && error.code === 'DUMP_AMBIGUOUS'
    if (!isAmbiguous || wiki !== undefined) throw error
    return dumpFilesOf(path, { wiki: `${language.replaceAll('-', '_')}wiki` })
  }
}

async function explained<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof BadEventError)) throw error
    const hint = error.hint === undefined ? {} : { hint: error.hint }
    throw new ConfigError(error.code, error.message, { at: { file: path }, ...hint, cause: error })
  }
}

export async function publishedIn(folder: string): Promise<Map<string, Published>> {
  const names = (await readdir(folder)).filter((name) => checksumTexts.test(name)).sort()
  const texts = await Promise.all(
    names.map(async (name) => ({ from: join(folder, name), text: await readFile(join(folder, name), 'utf8') })),
  )
  return gatherPublished(texts)
}
