import assert from 'node:assert/strict'
import { test } from 'node:test'
import { articleOf, wholeText } from '../../wiki/article.ts'
import type { RawPage } from '../../wiki/pages.ts'
import { siteOf } from '../../wiki/site.ts'
import { linearParser } from '../../wiki/wikitext/parse.ts'

const ko = siteOf(undefined, { wiki: 'kowiki' })
const en = siteOf(undefined, { wiki: 'enwiki' })

function article(text: string, more: Partial<RawPage> = {}, site = ko) {
  const page: RawPage = {
    pageId: 1,
    revisionId: 2,
    timestamp: '2026-09-01T00:00:00Z',
    title: '서울',
    namespace: 0,
    model: 'wikitext',
    text,
    textBytes: Buffer.byteLength(text),
    textDeleted: false,
    ...more,
  }
  return articleOf(page, site, { parser: linearParser })
}

test('kinds are told by template, switch and title', () => {
  const cases: [string, Partial<RawPage>, string][] = [
    ["'''서울'''은", {}, 'article'],
    ['{{동음이의}}', {}, 'disambiguation'],
    ['{{Disambig}}', {}, 'disambiguation'],
    ['__DISAMBIG__', {}, 'disambiguation'],
    ['x', { title: '서울 (동음이의)' }, 'disambiguation'],
    ['x', { title: '대한민국의 도시 목록' }, 'list'],
    ['{{독일 토막글}}', {}, 'stub'],
    ['{{토막글|도시}}', {}, 'stub'],
    ['{{부분 토막글}}', {}, 'article'],
    ['#넘겨주기 [[부산]]', {}, 'redirect'],
    ['', { redirectTitle: '부산' }, 'redirect'],
  ]
  for (const [text, more, kind] of cases) assert.equal(article(text, more).kind, kind, text || more.redirectTitle)
  assert.equal(article('{{Germany-stub}}', {}, en).kind, 'stub')
  assert.equal(article('x', { title: 'List of rivers' }, en).kind, 'list')
})

test('the redirect target of the dump wins, the section comes from the text', () => {
  const { redirect, lead, links } = article('#넘겨주기 [[옛 제목#절]]', { redirectTitle: '새 제목' })
  assert.deepEqual(redirect, { target: '새 제목', section: '절', templates: [] })
  assert.deepEqual([lead, links], ['', []])
})

test('a page of another content model gives no text', () => {
  assert.equal(article('{"a": "[[b]]"}', { model: 'json' }).lead, '')
})

test('the whole text has headings where text follows', () => {
  const { lead, sections } = article('가\n== 나 ==\n=== 다 ===\n라\n== 마 ==\n=== 바 ===\n== 사 ==\n아')
  assert.equal(wholeText({ lead, sections }), '가\n\n나\n\n다\n라\n\n사\n아')
})
