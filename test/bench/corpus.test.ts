import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { corpusOf, repeated } from '../../bench/pages/corpus.ts'
import { permutation } from '../../bench/pages/permute.ts'
import { Randomness } from '../../model/randomness.ts'
import { decompressRange } from '../../wiki/bz2.ts'
import { pagesOf, type RawPage } from '../../wiki/pages.ts'
import { siteOf } from '../../wiki/site.ts'
import { readMultistreamIndex } from '../../wiki/streams.ts'
import { bzip2, collect, folder, header } from '../wiki/fixtures.ts'

test('a permutation of words keeps the markup, the length and the number of each letter class', () => {
  const text =
    "'''A''' is the first letter of the alphabet. {{cite web | title = some words here | year = 2016}} [[File:a b.jpg|thumb|some more words of 12 letters]] <ref name=\"a\">&#160;</ref>"
  const permuted = permutation([text], new Randomness(1))(text)
  const markup = (source: string) => source.replace(/[\p{L}\p{N}]+/gu, '')
  assert.equal(markup(permuted), markup(text))
  assert.equal(Buffer.byteLength(permuted), Buffer.byteLength(text))
  assert.match(permuted, /\{\{cite web \| title = /)
  assert.match(permuted, /\[\[File:a b\.jpg\|thumb\|/)
  assert.match(permuted, /&#160;/)
  assert.notEqual(permuted, text)
})

test('shuffling keeps every item, and the same seed gives the same order', () => {
  const items = [...'abcdefgh']
  const once = new Randomness(7).shuffled(items)
  assert.deepEqual([...once].sort(), items)
  assert.deepEqual(once, new Randomness(7).shuffled(items))
  assert.notDeepEqual(once, new Randomness(8).shuffled(items))
})

const page = (pageId: number): RawPage => ({
  pageId,
  revisionId: pageId,
  timestamp: '2026-09-01T00:00:00Z',
  title: `Title: ${pageId} & <more>`,
  namespace: 0,
  model: 'wikitext',
  text: `'''Page ${pageId}''' has some words of prose, "quoted" & <ref>noted</ref>.\n`.repeat(20),
  textBytes: 0,
  textDeleted: false,
})

test('the corpus is the same pages as one stream and as many, with an index that finds each', async (t) => {
  if (bzip2(t, header) === undefined) return
  const home = await folder(t)
  const site = siteOf(undefined, { wiki: 'enwiki' })
  const wikis = [{ wiki: 'enwiki', site, pages: Array.from({ length: 130 }, (_, at) => page(at + 1)) }]
  const corpus = await corpusOf(wikis, 0.5, home)

  const xmlOf = async (file: string) => Buffer.concat(await collect(decompressRange(file))).toString('utf8')
  const xml = await xmlOf(corpus.single)
  assert.equal(Buffer.byteLength(xml), corpus.xmlBytes)
  assert.ok((await xmlOf(corpus.multistream)) === xml)
  const streams = await readMultistreamIndex(corpus.index)
  assert.equal(
    streams.reduce((sum, { pages }) => sum + pages, 0),
    corpus.pages,
  )
  for (const [at, { offset }] of streams.entries()) {
    const chunk = decompressRange(corpus.multistream, offset, streams[at + 1]?.offset)
    const outcomes = await collect(pagesOf(chunk, { file: 'x', byteOffset: 0, maxPageBytes: 1e7 }))
    assert.equal(outcomes.filter(({ kind }) => kind === 'page').length, 100)
  }

  const before = readFileSync(corpus.multistream)
  await corpusOf(wikis, 0.5, home)
  assert.ok(readFileSync(corpus.multistream).equals(before))
  const twice = await repeated(corpus, (corpus.xmlBytes * 2) / 1e6, home)
  assert.equal((await xmlOf(twice.multistream)).split('<page>').length - 1, corpus.pages * 2)
})
