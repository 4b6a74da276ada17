/** Dumps of a few dozen pages, cut from the bundled sample and packed again, so that a test can damage them at a known place. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../../runtime/package-root.ts'

export type Wiki = 'kowiki' | 'enwiki'

/** Pages in order, as bytes of XML, a list for each bz2 stream. */
export type Streams = readonly (readonly Buffer[])[]

export interface SmallDump {
  /** The folder of the dump: what --ko or --en names. */
  readonly folder: string
  readonly articles: string
  /** The file that is at `articles` once the downloader has copied it into a data set. */
  readonly copyIn: (out: string) => string
  /** Byte ranges of the streams that hold pages. */
  readonly ranges: readonly { readonly start: number; readonly end: number }[]
}

const date = '20260901'
const sample = join(packageRoot, 'dataset', 'sample', date)

/** Why there are no small dumps on this machine; false where there are. */
export const noSmallDumps: string | false =
  spawnSync('bzip2', ['--help']).error !== undefined && 'bzip2 is not installed: small dumps cannot be packed'

function bzip2(mode: '-9' | '-d', input: Uint8Array): Buffer {
  const { status, stdout, stderr } = spawnSync('bzip2', [mode, '-c'], { input, maxBuffer: 1 << 28 })
  if (status !== 0) throw new Error(`bzip2 ${mode} ended with ${status}: ${stderr.toString()}`)
  return stdout
}

function sampleFile(wiki: Wiki, rest: string): string {
  return join(sample, wiki, `${wiki}-${date}-${rest}`)
}

const cut = new Map<Wiki, { readonly header: Buffer; readonly pages: readonly Buffer[] }>()

function sampleOf(wiki: Wiki): { readonly header: Buffer; readonly pages: readonly Buffer[] } {
  const known = cut.get(wiki)
  if (known) return known
  const xml = bzip2('-d', readFileSync(sampleFile(wiki, 'pages-articles-multistream.xml.bz2')))
  const text = xml.toString('latin1') // One character a byte, so that places in the text are places in the bytes.
  const pages = [...text.matchAll(/ {2}<page>[\s\S]*?<\/page>\n/g)].map(([page]) => Buffer.from(page, 'latin1'))
  const found = { header: xml.subarray(0, text.indexOf('  <page>')), pages }
  cut.set(wiki, found)
  return found
}

/** The first pages of the sample, as many in each stream as are asked for. */
export function samplePages(wiki: Wiki, pagesPerStream: readonly number[]): Buffer[][] {
  const { pages } = sampleOf(wiki)
  let from = 0
  return pagesPerStream.map((count) => {
    from += count
    return pages.slice(from - count, from)
  })
}

export interface DumpOptions {
  readonly wiki?: Wiki
  readonly index?: boolean
  /** Brings sha1sums, of the files as they are written here. */
  readonly checksums?: boolean
  /** Brings the sample's langlinks and page tables. */
  readonly tables?: boolean
  /** Bytes of streams, by their number, that are not to be what bzip2 makes of their pages. */
  readonly packed?: ReadonlyMap<number, Buffer>
}

/** Writes a dump into a folder: a multistream file of the pages and, unless told otherwise, its index. */
export function writeDump(folder: string, streams: Streams, options: DumpOptions = {}): SmallDump {
  const { wiki = 'kowiki', index = true, checksums = false, tables = false, packed } = options
  const name = (rest: string) => `${wiki}-${date}-${rest}`
  const articlesName = name('pages-articles-multistream.xml.bz2')
  mkdirSync(folder, { recursive: true })
  const parts: Buffer[] = [bzip2('-9', sampleOf(wiki).header)]
  const lines: string[] = []
  const ranges: { start: number; end: number }[] = []
  for (const [number, pages] of streams.entries()) {
    const start = parts.reduce((sum, part) => sum + part.length, 0)
    parts.push(packed?.get(number) ?? bzip2('-9', Buffer.concat(pages)))
    ranges.push({ start, end: start + parts.at(-1)!.length })
    for (const page of pages) lines.push(`${start}:${pageId(page)}:${pageTitle(page)}\n`)
  }
  parts.push(bzip2('-9', Buffer.from('</mediawiki>\n')))
  const files = new Map<string, Buffer>([[articlesName, Buffer.concat(parts)]])
  if (index) files.set(name('pages-articles-multistream-index.txt.bz2'), bzip2('-9', Buffer.from(lines.join(''))))
  for (const [file, bytes] of files) writeFileSync(join(folder, file), bytes)
  if (checksums) {
    const sums = [...files].map(([file, bytes]) => `${createHash('sha1').update(bytes).digest('hex')}  ${file}\n`)
    writeFileSync(join(folder, name('sha1sums.txt')), sums.join(''))
  }
  if (tables) {
    for (const table of ['langlinks.sql.gz', 'page.sql.gz'])
      copyFileSync(sampleFile(wiki, table), join(folder, name(table)))
  }
  return {
    folder,
    articles: join(folder, articlesName),
    copyIn: (out) => join(out, 'wikipedia', 'dumps', wiki, date, articlesName),
    ranges,
  }
}

/** A page whose text is `megabytes` MiB long, packed as bz2 streams of 1 MiB each, which is quick as all are the same. */
export function packHugePage(page: Buffer, megabytes: number): Buffer {
  const textAt = page.indexOf('preserve">') + 'preserve">'.length
  // A prime length and no runs, so that the bytes look like text to bzip2 and a block holds no more than 0.9 MB.
  const line = Array.from({ length: 211 }, (_, at) => ((at * at) % 211).toString(36)).join(' ')
  const mebibyte = Buffer.from(`${line}\n`.repeat(Math.ceil((1 << 20) / (line.length + 1)))).subarray(0, 1 << 20)
  const filler = bzip2('-9', mebibyte)
  return Buffer.concat([
    bzip2('-9', page.subarray(0, textAt)),
    ...Array.from({ length: megabytes }, () => filler),
    bzip2('-9', page.subarray(textAt)),
  ])
}

export function pageId(page: Buffer): number {
  return Number(/<id>(\d+)<\/id>/.exec(page.toString('utf8'))?.[1])
}

/** As it stands in the XML; the sample's first pages have no title that needs escapes. */
export function pageTitle(page: Buffer): string {
  return /<title>([^<]*)<\/title>/.exec(page.toString('utf8'))?.[1] ?? ''
}
