/** Wikitext through every parser, which must agree. */
import assert from 'node:assert/strict'
import { articleOf } from '../../wiki/article.ts'
import { decodeArticle, encodeArticle } from '../../wiki/article-encoding.ts'
import { siteOf } from '../../wiki/site.ts'
import { linearParser } from '../../wiki/wikitext/parse.ts'
import type { ParsedWikitext } from '../../wiki/wikitext/parsed.ts'
import { referenceParser } from '../../wiki/wikitext/reference-parser.ts'
import { kernelParser, plain, rawPage } from './kernel-parser.ts'

export const ko = siteOf(undefined, { wiki: 'kowiki' })
export const en = siteOf(undefined, { wiki: 'enwiki' })

/** All parsers must agree on what is asked of all. */
export function parse(text: string, site = ko, title = '서울'): ParsedWikitext {
  const linear = linearParser(text, site, title)
  assert.deepEqual(referenceParser(text, site, title), linear)
  const expected = articleOf(rawPage(text, title), site, { parser: linearParser })
  assert.deepEqual(kernelParser(text, site, title), plain(decodeArticle(encodeArticle(expected))))
  return linear
}

export function lead(text: string, site = ko): string {
  return parse(text, site).lead
}
