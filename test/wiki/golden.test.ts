import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Article } from '../../schemas/types.ts'
import { type ArticlesOptions, articlesOf } from '../../wiki/articles.ts'
import { decompressRange } from '../../wiki/bz2.ts'
import { siteOf } from '../../wiki/site.ts'
import { readSiteinfo } from '../../wiki/streams.ts'
import { realFile } from './fixtures.ts'
import { fingerprintOf } from './golden/fingerprint.ts'

// golden/<wiki>-<page id>.txt were read, see SOURCES.md there. NARU_UPDATE_GOLDEN=1 writes them anew, to be
// read as a diff; an empty file of that name adds a page.
const update = process.env.NARU_UPDATE_GOLDEN === '1'
const folder = fileURLToPath(new URL('golden/', import.meta.url))

/** The headers of the Berlin files name enwiki; the pages are those of the wikis here. */
const files: Readonly<Record<string, string>> = {
  enwiki: 'enwiki-206pages.xml.bz2',
  kowiki: 'kowiki-berlin.xml.bz2',
  jawiki: 'jawiki-berlin.xml.bz2',
  zhwiki: 'zhwiki-berlin.xml.bz2',
  ltgwiki: 'ltgwiki-2017-full.xml.bz2',
}

for (const [wiki, name] of Object.entries(files)) {
  const goldens = readdirSync(folder).filter((golden) => golden.startsWith(`${wiki}-`))
  for (const engine of ['kernel', 'reference'] as const) {
    test(`${goldens.length} real pages of ${wiki} are taken apart by the ${engine} as their goldens say`, async (t) => {
      const file = realFile(t, name)
      if (file === undefined) return
      const articles = await articlesIn(file, wiki, engine)
      for (const golden of goldens) {
        const pageId = Number(/-(\d+)\.txt$/.exec(golden)?.[1])
        const article = articles.get(pageId)
        assert.ok(article, `${name} has no page ${pageId}`)
        const path = `${folder}${golden}`
        const text = fingerprintOf(article)
        if (update && engine === 'kernel') writeFileSync(path, text)
        assert.ok(existsSync(path))
        assert.equal(text, readFileSync(path, 'utf8'), `${golden}: NARU_UPDATE_GOLDEN=1 writes it anew`)
      }
    })
  }
}

async function articlesIn(
  file: string,
  wiki: string,
  engine: ArticlesOptions['engine'],
): Promise<Map<number, Article>> {
  const articles = new Map<number, Article>()
  const site = siteOf(await readSiteinfo(file), { wiki })
  const options = { engine, parser: 'fast', maxPageBytes: 64 << 20, namespaces: new Set([0]) } as const
  for await (const outcome of articlesOf(decompressRange(file), site, { file, byteOffset: 0 }, options)) {
    if (outcome.kind === 'bad') throw outcome.error
    if (outcome.kind === 'article') articles.set(outcome.article.pageId, outcome.article.decode())
  }
  return articles
}
