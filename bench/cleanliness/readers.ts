/** Every reader's text of the same articles: ours with each parser, wtf_wikipedia, and the peers that are installed. */
import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Article, wholeText } from '../../wiki/article.ts'
import { tablesOf } from '../../wiki/wikitext/page-tables.ts'
import { bzip2File } from '../pages/compress.ts'
import { dumpEnd, dumpHeader, dumpPage } from '../pages/dump-xml.ts'
import { articlesOfPages, ourEngines } from '../pages/our-articles.ts'
import { articlePages, type RealWiki } from '../pages/real-pages.ts'
import { type Command, type InstalledPeer, textsIn } from '../peers/peers.ts'

export interface Reader {
  readonly name: string
  readonly ours: boolean
  /** Text of each article by title; an article that the reader left out is missing. */
  readonly texts: ReadonlyMap<string, string>
  /** By title, what the reader keeps apart from the text: captions, tables, infoboxes and the like. */
  readonly apart?: ReadonlyMap<string, string>
}

export async function ourReaders(wiki: RealWiki): Promise<Reader[]> {
  const readers: Reader[] = []
  for (const engine of ourEngines) {
    const articles = await articlesOfPages(articlePages(wiki), wiki.site, engine)
    const texts = new Map(articles.map((article) => [article.title, wholeText(article)] as const))
    readers.push({ name: engine.name, ours: true, texts, apart: apartFrom(articles, wiki) })
  }
  return readers
}

function apartFrom(articles: readonly Article[], { pages, site }: RealWiki): ReadonlyMap<string, string> {
  const sources = new Map(pages.map(({ title, text }) => [title, text]))
  return new Map(
    articles.map((article) => {
      const { title, captions, hatnotes, shortDescription, categories, languageLinks, infoboxes } = article
      const values = infoboxes.flatMap(({ fields }) => Object.values(fields))
      const tables = tablesOf(sources.get(title) ?? '', site, title).flatMap(({ caption, tsv }) => [caption, tsv])
      const titles = languageLinks.map(({ title }) => title)
      const parts = [...captions, ...hatnotes, shortDescription, ...categories, ...titles, ...values, ...tables]
      return [title, parts.join('\n')] as const
    }),
  )
}

/** Runs a peer on a dump of the articles, with the header of their wiki. Throws where it fails. */
export async function peerReader(peer: InstalledPeer, wiki: RealWiki): Promise<Reader> {
  const folder = await mkdtemp(join(tmpdir(), 'naru-cleanliness-'))
  try {
    const xml = [dumpHeader(wiki.site), ...articlePages(wiki).map(dumpPage), dumpEnd].join('')
    const plain = join(folder, `${wiki.wiki}-20260901-pages-articles.xml`)
    await writeFile(plain, xml)
    const dump = bzip2File(plain)
    const out = join(folder, 'out')
    await mkdir(out)
    await run(peer.command({ dump, out, workers: 1 }))
    const wanted = new Set(articlePages(wiki).map(({ title }) => title))
    const texts = new Map<string, string>()
    for await (const { title, text } of textsIn(out)) {
      if (wanted.has(title)) texts.set(title, withoutTitle(text, title))
    }
    return { name: peer.name, ours: false, texts }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Some peers start a text with its title: it is no word of the article. */
function withoutTitle(text: string, title: string): string {
  return text.startsWith(`${title}\n`) ? text.slice(title.length + 1) : text
}

function run({ program, args, env }: Command): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] })
    let errors = ''
    child.stderr.on('data', (bytes: Buffer) => {
      errors = (errors + bytes.toString('utf8')).slice(-2000)
    })
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`${program} ${args.join(' ')} ended with ${code}: ${errors}`))
    })
  })
}
