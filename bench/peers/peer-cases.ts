/** Cases that the peers' own tests state, and how ours does on one. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { wholeText } from '../../wiki/article.ts'
import { type Site, siteOf } from '../../wiki/site.ts'
import { articlesOfPages, type OurEngine } from '../pages/our-articles.ts'
import { readWiki } from '../pages/real-pages.ts'

export interface PeerCase {
  readonly input: string
  readonly expected: string
  readonly test: string
}

/** `exact`: the same but for white space and list marks; `words`: the same words in that order; else a reason. */
export type Verdict = { readonly kind: 'exact' | 'words' } | { readonly kind: 'differs'; readonly reason: string }

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url))

/** Runs the peer's tests out of its repository. Throws where its library is not installed. */
export function casesOf(peer: string, repository: string): PeerCase[] {
  const [program, args] =
    peer === 'wtf_wikipedia'
      ? [process.execPath, ['--import', 'tsx', here('javascript-cases.ts'), repository]]
      : ['python3', [here('python-cases.py'), peer, repository]]
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 28 })
  if (status !== 0) throw new Error(`the tests of ${peer} do not run: ${stderr.trim().split('\n').at(-1) ?? ''}`)
  const seen = new Set<string>()
  return stdout
    .split('\n')
    .filter((line) => line !== '' && !seen.has(line) && seen.add(line))
    .map((line) => caseOf(JSON.parse(line)))
}

function caseOf(row: unknown): PeerCase {
  if (typeof row !== 'object' || row === null || !('input' in row && 'expected' in row && 'test' in row)) {
    throw new Error('a case without input, expected text or test')
  }
  return { input: String(row.input), expected: String(row.expected), test: String(row.test) }
}

/** gensim states no text, but words of table markup that no text of its file may hold. */
export async function gensimCases(repository: string, engine: OurEngine) {
  const file = join(repository, 'gensim/test/test_data/enwiki-table-markup.xml.bz2')
  const tests = join(repository, 'gensim/test/test_corpora.py')
  if (!existsSync(file) || !existsSync(tests)) throw new Error(`${file} is not there`)
  const [, list = ''] = /table_markup = \[([^\]]*)\]/.exec(readFileSync(tests, 'utf8')) ?? []
  const words = [...list.matchAll(/"([^"]+)"/g)].map(([, word]) => String(word))
  const wiki = await readWiki(file)
  const articles = await articlesOfPages(wiki.pages, wiki.site, engine)
  return articles.map((article) => {
    const text = wholeText(article)
    const left = words.filter((word) => new RegExp(`\\b${word}\\s*=`).test(text))
    return { title: article.title, left }
  })
}

const site: Site = siteOf(undefined, { wiki: 'enwiki' })

/** Our text of each case, in their order. */
export async function ourTexts(cases: readonly PeerCase[], engine: OurEngine): Promise<string[]> {
  const pages = cases.map(({ input }, at) => ({
    pageId: at + 1,
    revisionId: at + 1,
    timestamp: '2026-09-01T00:00:00Z',
    title: 'Test Article',
    namespace: 0,
    model: 'wikitext',
    text: input,
    textBytes: Buffer.byteLength(input),
    textDeleted: false,
  }))
  return (await articlesOfPages(pages, site, engine)).map(wholeText)
}

export function judge({ input, expected }: PeerCase, text: string): Verdict {
  if (plain(text) === plain(expected)) return { kind: 'exact' }
  if (wordsIn(text) === wordsIn(expected)) return { kind: 'words' }
  return { kind: 'differs', reason: reasonOf(input, expected, text) }
}

/** White space folded, marks of lists and formulas gone: each reader has its own. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\\[()[\]]/g, '')
    .replace(/^[ \t]*(?:[*•·–-]|\d+\))[ \t]+/gm, '')
    .replace(/\s+/g, ' ')
    .trim()
}

function wordsIn(text: string): string {
  return (text.normalize('NFKC').match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).join(' ')
}

/** Why a text differs, as far as its input tells: the first that fits. */
function reasonOf(input: string, expected: string, text: string): string {
  const rest = new Set(wordsIn(text).split(' '))
  const isSubset = wordsIn(expected)
    .split(' ')
    .every((word) => rest.has(word))
  if (/<math|\{\{math/i.test(input)) return 'a formula'
  if (/^#redirect/i.test(input.trim())) return 'a redirect, which has no text here'
  if (/^[ \t]*:*\{\||<table/im.test(input)) return 'a table'
  if (/\{\{/.test(input)) return isSubset ? 'a template of which we keep more' : 'a template of which they keep more'
  if (/\[\[[^\]|]*:/.test(input)) return 'a file, category or language link'
  if (/^=+.*=+\s*$/m.test(input)) return 'a heading'
  if (/<ref/i.test(input)) return 'a note'
  if (/<\/?[a-z]/i.test(input)) return 'a tag'
  return 'other'
}
