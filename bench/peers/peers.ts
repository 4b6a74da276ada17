/** The other programs that turn a dump into text: how each is found, run, and its output read. */
import { createReadStream, existsSync, readdirSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { firstLine, isBinary, programs, pythonPackage } from './installed.ts'

export interface Command {
  readonly program: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

export interface Input {
  /** A multistream or single-stream bz2 dump. */
  readonly dump: string
  /** Its multistream index, where there is one. */
  readonly index?: string | undefined
  /** Folder that is there and empty. */
  readonly out: string
  readonly workers: number
}

export interface InstalledPeer {
  readonly name: string
  readonly version: string
  readonly group: 'python' | 'rust' | 'named libraries'
  /** False where it reads with one worker whatever is asked. */
  readonly parallel: boolean
  command(input: Input): Command
}

export interface Peer {
  readonly name: string
  /** What is to be typed to have it. */
  readonly install: string
  find(): InstalledPeer | undefined
}

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url))
const outputName = 'out.jsonl'

/** A package of Python, and what to give to its interpreter. */
function pythonPeer(name: string, args: (input: Input) => readonly string[]): Peer {
  return {
    name,
    install: `pip install ${name}`,
    find() {
      const version = pythonPackage(name)
      if (version === undefined) return undefined
      const command = (input: Input) => ({ program: 'python3', args: args(input) })
      return { name, version, group: 'python', parallel: true, command }
    },
  }
}

/** A program of this folder around one function of a library. */
function pythonLoop(name: string): Peer {
  return pythonPeer(name, ({ dump, out, workers }) => [
    ...[here('parse-pages.py'), name, dump],
    ...[join(out, outputName), String(workers)],
  ])
}

export const peers: readonly Peer[] = [
  {
    name: 'wikrs',
    install: 'cargo install wikrs',
    find() {
      const program = programs('wikrs')[0]
      if (program === undefined) return undefined
      return {
        name: 'wikrs',
        version: firstLine(program, ['--version']).replace(/^wikrs /, ''),
        group: 'rust',
        parallel: true,
        // Writes to stdout only; without the index it decodes in one thread.
        command: ({ dump, index, out, workers }) => ({
          program: 'sh',
          args: [
            '-c',
            'out=$1; shift; exec "$@" > "$out"',
            'sh',
            join(out, outputName),
            program,
            ...['--input', dump, '--format', 'jsonl'],
            ...(index === undefined ? [] : ['--index', index]),
          ],
          env: { RAYON_NUM_THREADS: String(workers) },
        }),
      }
    },
  },
  {
    name: 'ruwex',
    install: 'cargo install ruwex',
    find() {
      // Its program has the name of the one that it replaces.
      const program = programs('wikiextractor').find(isBinary)
      if (program === undefined) return undefined
      return {
        name: 'ruwex',
        version: /\d[\d.]*/.exec(firstLine(program, ['--version']))?.[0] ?? '',
        group: 'rust',
        parallel: true,
        command: ({ dump, out, workers }) => ({
          program,
          args: ['--json', '--no-templates', '--quiet', '--processes', String(workers), '-o', out, dump],
          env: { RAYON_NUM_THREADS: String(workers) },
        }),
      }
    },
  },
  pythonPeer('wikiextractor', ({ dump, out, workers }) => [
    ...['-m', 'wikiextractor.WikiExtractor', '--json', '--no-templates', '--quiet'],
    ...['--processes', String(workers), '-o', out, dump],
  ]),
  pythonPeer('gensim', ({ dump, out, workers }) => [
    ...['-m', 'gensim.scripts.segment_wiki', '--file', dump, '--output', join(out, outputName)],
    ...['--workers', String(workers), '--min-article-character', '0'],
  ]),
  pythonLoop('mwparserfromhell'),
  pythonLoop('wikitextparser'),
  {
    name: 'named libraries',
    install: 'npm install unbzip2-stream sax wtf_wikipedia',
    find() {
      const require = createRequire(import.meta.url)
      const entry = require.resolve('wtf_wikipedia')
      if (!existsSync(entry)) return undefined
      return {
        name: 'named libraries',
        version: 'unbzip2-stream, sax, wtf_wikipedia',
        group: 'named libraries',
        parallel: false,
        command: ({ dump, out }) => ({
          program: process.execPath,
          args: ['--import', 'tsx', here('named-libraries.ts'), dump, join(out, outputName)],
        }),
      }
    },
  },
]

export interface PeerText {
  readonly title: string
  readonly text: string
}

/** The texts in what a peer wrote: JSON lines, in one file or in folders of files. */
export async function* textsIn(out: string): AsyncGenerator<PeerText> {
  for (const name of readdirSync(out).sort()) {
    const path = join(out, name)
    if (statSync(path).isDirectory()) yield* textsIn(path)
    else {
      for await (const line of createInterface({
        input: createReadStream(path),
        crlfDelay: Number.POSITIVE_INFINITY,
      })) {
        if (line.trim() !== '') yield textOf(JSON.parse(line))
      }
    }
  }
}

function textOf(row: unknown): PeerText {
  if (typeof row !== 'object' || row === null || !('title' in row)) throw new Error('a row without a title')
  const title = String(row.title).normalize('NFC')
  if ('text' in row) return { title, text: String(row.text) }
  // gensim: titles and texts of the sections in two lists, the first title is always "Introduction".
  const titles = 'section_titles' in row && Array.isArray(row.section_titles) ? row.section_titles.map(String) : []
  const texts = 'section_texts' in row && Array.isArray(row.section_texts) ? row.section_texts.map(String) : []
  return { title, text: texts.map((text, at) => (at === 0 ? text : `${titles[at] ?? ''}\n${text}`)).join('\n') }
}
