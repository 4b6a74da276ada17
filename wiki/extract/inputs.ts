/** Which parts of which files are read, in the order of the dump. */
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { BadEventError, ConfigError } from '../../runtime/errors.ts'
import type { Bz2Engine } from '../bz2.ts'
import { parseCirrusName } from '../cirrus-names.ts'
import { cirrusShardsIn, isCirrusFile } from '../cirrus-shards.ts'
import { type ArticlesFile, dumpFilesOf } from '../dumps.ts'
import { type Site, siteOf } from '../site.ts'
import type { Siteinfo } from '../siteinfo.ts'
import { type Chunk, type ChunkUnit, type PlanWarning, planChunks } from '../streams.ts'

export interface InputFile {
  readonly file: string
  /** Bytes on disk. */
  readonly bytes: number
  /** The multistream index beside it. */
  readonly index: string | undefined
  /** Database name; undefined where only the header, or each document, can say it. */
  readonly wiki: string | undefined
  /** What it is made of: pages of a dump, or documents of a search index. */
  readonly unit: ChunkUnit
}

/** A chunk and what is needed to read it. */
export interface ChunkTask {
  readonly chunk: Chunk
  /** The same object for all chunks of a file. */
  readonly site: Site
}

/**
 * Compressed bytes of a chunk: with less, opening and handing over take a tenth of a worker's time (measured on streams of
 * 120 KB), with more, workers wait for each other at the end. A small file has some chunks for each worker all the same.
 */
const mostBytesPerChunk = 1 << 20
const leastChunks = 64
/** Each chunk decodes a block more than it owns: a sixteenth is lost. */
const blocksPerChunk = 16

/**
 * The dump files behind paths, in the order given; a folder stands for the newest dump in it, or else for the newest index
 * dump. `wiki` overrules the names and headers of the files. Throws ConfigError INPUT_MISSING, and as `dumpFilesOf` and
 * `cirrusShardsIn` do.
 */
export async function inputsOf(paths: readonly string[], wiki: string | undefined): Promise<InputFile[]> {
  const inputs: InputFile[] = []
  for (const path of paths) {
    for (const file of await articlesFilesOf(path, wiki)) inputs.push(await inputOf(file, wiki))
  }
  return inputs
}

async function articlesFilesOf(path: string, wiki: string | undefined): Promise<readonly ArticlesFile[]> {
  try {
    return (await dumpFilesOf(path, { wiki })).articles
  } catch (cause) {
    if (isMissing(cause)) throw missing(path)
    const hasNoDump = cause instanceof BadEventError && cause.code === 'DUMP_NOT_FOUND'
    const shards = hasNoDump ? await cirrusShardsIn(path, wiki) : []
    if (shards.length === 0) throw cause instanceof BadEventError ? refusalOf(cause) : cause
    return shards.map((file) => ({ file, name: undefined }))
  }
}

async function inputOf({ file, index, name }: ArticlesFile, wiki: string | undefined): Promise<InputFile> {
  const { size } = await stat(file)
  const unit = (await isCirrusFile(file)) ? 'document' : 'page'
  return { file, bytes: size, index, wiki: wiki ?? name?.wiki ?? parseCirrusName(basename(file))?.wiki, unit }
}

/** What is no dump was named by whoever called, and is no fault of an event. */
function refusalOf({ code, message, at, hint }: BadEventError): ConfigError {
  return new ConfigError(code, message, { at, ...(hint !== undefined && { hint }) })
}

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'
}

function missing(path: string): ConfigError {
  return new ConfigError('INPUT_MISSING', `${path} is not there`, {
    at: { file: path },
    hint: 'Give dump files such as kowiki-20260901-pages-articles-multistream.xml.bz2, or - for standard input.',
  })
}

export interface PlanSettings {
  readonly engine: Bz2Engine
  readonly signal?: AbortSignal | undefined
  readonly onWarning: (warning: PlanWarning) => void
}

/** The chunks of the files; each file is looked through when its turn comes. Throws ConfigError WIKI_MISSING. */
export async function* chunksOf(
  inputs: readonly InputFile[],
  { engine, signal, onWarning }: PlanSettings,
): AsyncGenerator<ChunkTask, void, undefined> {
  for (const { file, bytes, index, wiki, unit } of inputs) {
    const size = {
      streamsPerChunk: 1,
      bytesPerChunk: Math.min(mostBytesPerChunk, bytes / leastChunks),
      blocksPerChunk: engine === 'kernel' ? blocksPerChunk : null,
    }
    const plan = await planChunks(file, { ...size, index, unit, engine, signal })
    for (const warning of plan.warnings) {
      if (warning.code !== 'SITEINFO_MISSING' || wiki === undefined) onWarning(warning)
    }
    // Each document says of which wiki it is.
    const site = unit === 'document' ? siteOf(undefined, { wiki }) : siteOfInput(plan.siteinfo, wiki, file)
    for (const chunk of plan.chunks) yield { chunk, site }
  }
}

/** The site by the header, or by the wiki's name where that is given. Throws ConfigError WIKI_MISSING without either. */
export function siteOfInput(siteinfo: Siteinfo | undefined, wiki: string | undefined, file: string): Site {
  if (siteinfo === undefined && wiki === undefined) {
    throw new ConfigError('WIKI_MISSING', 'no header says which wiki this is', {
      at: { file },
      hint: 'Give its database name, such as --wiki kowiki. Is this an export of MediaWiki, and whole from its start?',
    })
  }
  return siteOf(siteinfo, { wiki })
}
