/** The corpus of the speed benches: real pages, permuted and repeated to a size, packed as a dump is. */
import { spawn } from 'node:child_process'
import { createWriteStream, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { mkdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Randomness } from '../../model/randomness.ts'
import type { RawPage } from '../../wiki/pages.ts'
import { programs } from '../peers/installed.ts'
import { bzip2Bytes, bzip2BytesInBackground } from './compress.ts'
import { dumpEnd, dumpHeader, dumpPage } from './dump-xml.ts'
import { permutation } from './permute.ts'
import type { RealWiki } from './real-pages.ts'

export interface Corpus {
  /** Whole streams of 100 pages, the header and the end in streams of their own. */
  readonly multistream: string
  readonly index: string
  /** One stream. */
  readonly single: string
  /** Uncompressed bytes of XML, the same in both. */
  readonly xmlBytes: number
  readonly pages: number
}

const pagesPerStream = 100
const seed = 20_260_901
/** Raised when the same size would come out as other bytes, so that an old cache is not used. */
const version = 1
/** Streams that are compressed at once. */
const compressors = 2

/** The corpus of `megabytes` (10⁶ bytes) of XML in `folder`, made there unless it is there already. */
export async function corpusOf(wikis: readonly RealWiki[], megabytes: number, folder: string): Promise<Corpus> {
  const home = join(folder, `${megabytes}mb`)
  const note = join(home, 'corpus.json')
  if (existsSync(note)) {
    const known: Corpus & { version?: number } = JSON.parse(readFileSync(note, 'utf8'))
    if (known.version === version) return known
  }
  await rm(home, { recursive: true, force: true })
  await mkdir(home, { recursive: true })
  const corpus = await writeCorpus(wikis, megabytes * 1e6, home)
  writeFileSync(`${note}.part`, JSON.stringify({ ...corpus, version }))
  renameSync(`${note}.part`, note)
  return corpus
}

async function writeCorpus(wikis: readonly RealWiki[], xmlBytes: number, home: string): Promise<Corpus> {
  const name = 'enwiki-20260901-pages-articles'
  const paths = {
    multistream: join(home, `${name}-multistream.xml.bz2`),
    index: join(home, `${name}-multistream-index.txt.bz2`),
    single: join(home, `${name}.xml.bz2`),
  }
  const first = wikis[0]
  if (first === undefined) throw new Error('no real pages to make a corpus of')
  const single = new SingleStream(paths.single)
  const multistream = createWriteStream(paths.multistream)
  const index: string[] = []
  let offset = 0
  let written = 0
  let pages = 0
  const writeStream = (packed: Buffer, listed: readonly RawPage[]) => {
    for (const { pageId, title } of listed) index.push(`${offset}:${pageId}:${title}\n`)
    offset += packed.length
    multistream.write(packed)
  }

  const header = dumpHeader(first.site)
  await single.write(header)
  writeStream(bzip2Bytes(header), [])
  written += header.length
  let waiting: { packed: Promise<Buffer>; listed: readonly RawPage[] }[] = []
  for (const listed of streamsOfPages(wikis)) {
    const xml = listed.map(dumpPage).join('')
    written += Buffer.byteLength(xml)
    pages += listed.length
    await single.write(xml)
    waiting.push({ packed: bzip2BytesInBackground(xml), listed })
    if (waiting.length === compressors || written >= xmlBytes) {
      for (const { packed, listed } of waiting) writeStream(await packed, listed)
      waiting = []
    }
    if (written >= xmlBytes) break
  }
  await single.write(dumpEnd)
  writeStream(bzip2Bytes(dumpEnd), [])
  await new Promise<void>((resolve, reject) => multistream.on('error', reject).end(resolve))
  writeFileSync(paths.index, bzip2Bytes(index.join('')))
  await single.end()
  return { ...paths, xmlBytes: written + Buffer.byteLength(dumpEnd), pages }
}

/** Endless: copy after copy of all pages, each in an order, with words and digits, of its own. */
function* streamsOfPages(wikis: readonly RealWiki[]): Generator<RawPage[]> {
  const random = new Randomness(seed)
  const originals = wikis.flatMap(({ pages }) => pages)
  const texts = originals.map(({ text }) => text)
  let stream: RawPage[] = []
  let pageId = 0
  for (let copy = 0; ; copy++) {
    const permute = copy === 0 ? (text: string) => text : permutation(texts, random)
    for (const page of random.shuffled(originals)) {
      pageId++
      const title = copy === 0 ? page.title : `${page.title} ${copy}`
      stream.push({ ...page, pageId, revisionId: 1_000_000_000 + pageId, title, text: permute(page.text) })
      if (stream.length < pagesPerStream) continue
      yield stream
      stream = []
    }
  }
}

/** A file that one bzip2 process fills from its standard input. */
class SingleStream {
  private readonly child
  private readonly done: Promise<void>

  constructor(file: string) {
    const python = "import bz2,sys,shutil;shutil.copyfileobj(sys.stdin.buffer,bz2.open(sys.argv[1],'wb'))"
    this.child =
      programs('bzip2').length > 0
        ? spawn('sh', ['-c', 'exec bzip2 -9 -c > "$1"', 'sh', file], { stdio: ['pipe', 'ignore', 'inherit'] })
        : spawn('python3', ['-c', python, file], { stdio: ['pipe', 'ignore', 'inherit'] })
    const { child } = this
    this.done = new Promise((resolve, reject) => {
      child.on('error', reject)
      child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`bzip2 ended with ${code}`))))
    })
  }

  /** Resolves when the process takes more. */
  write(text: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.child.stdin.write(text, (error) => (error ? reject(error) : resolve()))
    })
  }

  async end(): Promise<void> {
    this.child.stdin.end()
    await this.done
  }
}

/**
 * A dump of about `megabytes` by repeating the page streams of `corpus`: what a reader holds must not grow with it.
 * Titles and ids repeat; there is no index.
 */
export async function repeated(corpus: Corpus, megabytes: number, folder: string): Promise<Corpus> {
  const times = Math.max(1, Math.round((megabytes * 1e6) / corpus.xmlBytes))
  const home = join(folder, `${megabytes}mb-repeated`)
  await mkdir(home, { recursive: true })
  const multistream = join(home, 'enwiki-20260901-pages-articles-multistream.xml.bz2')
  const bytes = readFileSync(corpus.multistream)
  const magic = Buffer.from('BZh91AY&SY', 'latin1')
  const pagesStart = bytes.indexOf(magic, 1)
  const pagesEnd = bytes.lastIndexOf(magic)
  const wanted = pagesStart + times * (pagesEnd - pagesStart) + (bytes.length - pagesEnd)
  if (!existsSync(multistream) || (await stat(multistream)).size !== wanted) {
    const out = createWriteStream(multistream)
    const write = (part: Buffer) => new Promise<void>((done) => (out.write(part) ? done() : out.once('drain', done)))
    await write(bytes.subarray(0, pagesStart))
    for (let time = 0; time < times; time++) await write(bytes.subarray(pagesStart, pagesEnd))
    await write(bytes.subarray(pagesEnd))
    await new Promise<void>((resolve, reject) => out.on('error', reject).end(resolve))
  }
  return { multistream, index: '', single: '', xmlBytes: corpus.xmlBytes * times, pages: corpus.pages * times }
}
