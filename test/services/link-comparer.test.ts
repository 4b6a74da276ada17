import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { PageName } from '../../schemas/types.ts'
import linkComparer from '../../services/03-link-comparer/service.ts'
import { drive, incoming, temporaryFolder } from './drive.ts'
import { pageNameOf } from './events.ts'

function linkOf(wiki: string, title: string, mate: string, set: Partial<PageName> = {}): PageName {
  return pageNameOf(wiki, title, mate, { rule: 'langlink', nameLanguage: wiki === 'kowiki' ? 'en' : 'ko', ...set })
}

async function compare(t: TestContext, links: readonly PageName[]) {
  const events = links.map((link) => incoming('page-links', link))
  const driven = await drive(await temporaryFolder(t), linkComparer, events)
  const names = driven.events('page-names').map(({ wiki, title, name, detail }) => [wiki, title, name, detail])
  return { ...driven, names: names.sort() }
}

const anotherOf = (wiki: string) => linkOf(wiki, wiki === 'kowiki' ? '불' : 'Fire', wiki === 'kowiki' ? 'Fire' : '불')

test('a link that both wikis make is mutual, and each says so of its own page', async (t) => {
  const { names, dropped } = await compare(t, [linkOf('kowiki', '물', 'Water'), linkOf('enwiki', 'Water', '물')])
  assert.deepEqual(names, [
    ['enwiki', 'Water', '물', 'mutual'],
    ['kowiki', '물', 'Water', 'mutual'],
  ])
  assert.deepEqual(dropped, {})
})

test('a link of one wiki is one-sided, and its page there learns of it with the evidence from here', async (t) => {
  const { names, events } = await compare(t, [
    linkOf('kowiki', '물', 'Water', { evidencePageId: 3 }),
    anotherOf('enwiki'),
  ])
  assert.deepEqual(names, [
    ['enwiki', 'Fire', '불', 'one_sided'],
    ['enwiki', 'Water', '물', 'one_sided'],
    ['kowiki', '물', 'Water', 'one_sided'],
    ['kowiki', '불', 'Fire', 'one_sided'],
  ])
  const there = events('page-names').find(({ title }) => title === 'Water')
  assert.deepEqual([there?.evidenceWiki, there?.evidencePageId, there?.nameLanguage], ['kowiki', 3, 'ko'])
})

test('where the page there leads elsewhere the link is a conflict, and what both say of each other stays', async (t) => {
  const { names, dropped } = await compare(t, [
    linkOf('kowiki', '다리', 'Bridge'),
    linkOf('kowiki', '교량', 'Bridge'),
    linkOf('enwiki', 'Bridge', '교량'),
  ])
  assert.deepEqual(names, [
    ['enwiki', 'Bridge', '교량', 'mutual'],
    ['kowiki', '교량', 'Bridge', 'mutual'],
  ])
  assert.deepEqual(dropped, { conflicting_mates: 1 })
})

test('two pages that claim one page there, which says nothing, contradict each other', async (t) => {
  const { names, dropped } = await compare(t, [
    linkOf('kowiki', '다리', 'Leg'),
    linkOf('kowiki', '하지', 'Leg'),
    linkOf('enwiki', 'Fire', '불'),
    linkOf('kowiki', '불', 'Fire'),
  ])
  assert.deepEqual(
    names.map(([, title]) => title),
    ['Fire', '불'],
  )
  assert.deepEqual(dropped, { conflicting_mates: 2 })
})

test('without the links of the other wiki nothing is said of agreement', async (t) => {
  const { names } = await compare(t, [linkOf('kowiki', '물', 'Water')])
  assert.deepEqual(names, [['kowiki', '물', 'Water', '']])
})

test('a link of Wikidata is mutual by nature and is no claim against the tables', async (t) => {
  const { names, dropped } = await compare(t, [
    linkOf('kowiki', '물', 'Water', { rule: 'wikidata', evidenceWiki: 'wikidatawiki' }),
    linkOf('enwiki', 'Water', '물', { rule: 'wikidata', evidenceWiki: 'wikidatawiki' }),
    linkOf('enwiki', 'Water', '물'),
  ])
  assert.deepEqual(names, [
    ['enwiki', 'Water', '물', ''],
    ['enwiki', 'Water', '물', 'mutual'],
    ['kowiki', '물', 'Water', 'mutual'],
  ])
  assert.deepEqual(dropped, {})
})

test('the order of the links changes nothing', async (t) => {
  const links = [
    linkOf('kowiki', '다리', 'Leg'),
    linkOf('kowiki', '하지', 'Leg'),
    linkOf('kowiki', '물', 'Water'),
    linkOf('enwiki', 'Water', '물'),
    anotherOf('enwiki'),
  ]
  assert.deepEqual((await compare(t, links.toReversed())).outcomes, (await compare(t, links)).outcomes)
})
