import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { PageName } from '../../schemas/types.ts'
import entityLinker from '../../services/06-entity-linker/service.ts'
import { drive, incoming, temporaryFolder } from './drive.ts'
import { pageNameOf } from './events.ts'

/** The link of a page to its mate in the other language. */
function langlinkOf(wiki: string, title: string, mate: string, set: Partial<PageName> = {}): PageName {
  return pageNameOf(wiki, title, mate, { rule: 'langlink', nameLanguage: wiki === 'kowiki' ? 'en' : 'ko', ...set })
}

async function link(t: TestContext, names: readonly PageName[], settings = {}) {
  const events = names.map((name) => incoming('page-names', name))
  const driven = await drive(await temporaryFolder(t), entityLinker, events, { settings })
  const candidates = driven.events('synonym-candidates')
  return {
    ...driven,
    candidates,
    pairs: candidates.map(({ rule, left, right }) => [rule, left.surface, right.surface]),
  }
}

test('a langlink pairs the titles; their qualifiers become domains, and the evidence goes with the pair', async (t) => {
  const evidence = { evidencePageId: 3, evidenceRevisionId: 33 }
  const { candidates } = await link(t, [langlinkOf('kowiki', '금성 (행성)', 'Venus (planet)', evidence)])
  assert.deepEqual(candidates, [
    {
      pairKey: '금성\tvenus',
      left: { language: 'ko', surface: '금성', title: '금성 (행성)', domain: '행성' },
      right: { language: 'en', surface: 'Venus', title: 'Venus (planet)', domain: 'planet' },
      rule: 'langlink',
      count: 1,
      share: null,
      evidenceWiki: 'kowiki',
      evidencePageId: 3,
      evidenceRevisionId: 33,
      written: '',
      offset: null,
      detail: '',
      retracted: false,
      side: 'ko',
    },
  ])
})

test('own names go with the title there, a gloss with the title here', async (t) => {
  const { pairs, dropped } = await link(t, [
    langlinkOf('kowiki', '서울특별시', 'Seoul'),
    pageNameOf('kowiki', '서울특별시', '한양', { rule: 'redirect' }),
    pageNameOf('kowiki', '서울특별시', '서울', { rule: 'anchor', count: 8, share: 0.8 }),
    pageNameOf('kowiki', '서울특별시', '서울시', { rule: 'bold' }),
    pageNameOf('kowiki', '서울특별시', 'Seoul Special City', { rule: 'gloss', nameLanguage: 'en' }),
  ])
  assert.deepEqual(pairs, [
    ['anchor', '서울', 'Seoul'],
    ['bold', '서울시', 'Seoul'],
    ['gloss', '서울특별시', 'Seoul Special City'],
    ['langlink', '서울특별시', 'Seoul'],
    ['redirect', '한양', 'Seoul'],
  ])
  assert.deepEqual(dropped, {})
})

test('a name keeps its count and share, rests on both titles, and is of the domains of the pages', async (t) => {
  const { candidates } = await link(t, [
    langlinkOf('kowiki', '수성 (행성)', 'Mercury (planet)'),
    pageNameOf('kowiki', '수성 (행성)', '머큐리', { rule: 'anchor', count: 8, share: 0.8 }),
  ])
  const [anchor] = candidates
  assert.deepEqual([anchor?.pairKey, anchor?.count, anchor?.share], ['머큐리\tmercury', 8, 0.8])
  assert.deepEqual(anchor?.left, { language: 'ko', surface: '머큐리', title: '수성 (행성)', domain: '행성' })
  assert.deepEqual(anchor?.right, {
    language: 'en',
    surface: 'Mercury',
    title: 'Mercury (planet)',
    domain: 'planet',
  })
})

test('from an English page, too, the Korean name is on the left', async (t) => {
  const names = [
    langlinkOf('enwiki', 'Water', '물'),
    pageNameOf('enwiki', 'Water', 'H2O'),
    pageNameOf('enwiki', 'Water', '워터', { rule: 'gloss', nameLanguage: 'ko' }),
  ]
  const { pairs, candidates } = await link(t, names)
  assert.deepEqual(pairs, [
    ['gloss', '워터', 'Water'],
    ['langlink', '물', 'Water'],
    ['redirect', '물', 'H2O'],
  ])
  assert.ok(candidates.every(({ left, right }) => left.language === 'ko' && right.language === 'en'))
  const swapped = await link(t, names, { languages: ['en', 'ko'] })
  assert.deepEqual(
    swapped.candidates.map(({ pairKey }) => pairKey),
    ['water\t워터', 'water\t물', 'h2o\t물'],
  )
})

test('a page without a mate yields nothing, and all of its names are counted', async (t) => {
  const { pairs, dropped } = await link(t, [
    pageNameOf('kowiki', '떡볶이', '떡볶기'),
    pageNameOf('kowiki', '떡볶이', 'Tteokbokki', { rule: 'gloss', nameLanguage: 'en' }),
  ])
  assert.deepEqual([pairs, dropped], [[], { no_mate: 2 }])
})

test('a page with two mates yields nothing, and all of its names are counted', async (t) => {
  const { pairs, dropped } = await link(t, [
    langlinkOf('kowiki', '다리', 'Bridge'),
    langlinkOf('kowiki', '다리', 'Leg'),
    pageNameOf('kowiki', '다리', '교량'),
  ])
  assert.deepEqual([pairs, dropped], [[], { conflicting_mates: 3 }])
})

test('a link in the text is a mate where the table has none; one against the table is left out and counted', async (t) => {
  const inline = { rule: 'inline_langlink' } as const
  const alone = await link(t, [langlinkOf('kowiki', '물', 'Water', inline)])
  assert.deepEqual(alone.pairs, [['langlink', '물', 'Water']])
  const both = await link(t, [langlinkOf('kowiki', '물', 'Water'), langlinkOf('kowiki', '물', 'Aqua', inline)])
  assert.deepEqual([both.pairs, both.dropped], [[['langlink', '물', 'Water']], { conflicting_mates: 1 }])
  const two = await link(t, [
    langlinkOf('kowiki', '물', 'Water', inline),
    langlinkOf('kowiki', '물', 'Aqua', { ...inline, evidenceRevisionId: 11 }),
  ])
  assert.deepEqual([two.pairs, two.dropped], [[], { conflicting_mates: 2 }])
})

test('years have no names, and a wiki in a third language no side', async (t) => {
  const { pairs, dropped } = await link(t, [
    langlinkOf('kowiki', '1984년', 'Nineteen eighty-four'),
    langlinkOf('jawiki', '水', '물'),
    pageNameOf('jawiki', '水', 'みず'),
  ])
  assert.deepEqual([pairs, dropped], [[], { name_of_time: 1, other_language: 2 }])
})

test('names of another page, though its title begins the same or is the same there, are not taken', async (t) => {
  const { pairs, dropped } = await link(t, [
    langlinkOf('kowiki', '서울', 'Seoul'),
    pageNameOf('kowiki', '서울 지하철', '서울 메트로'),
    pageNameOf('kowiki', '서울', '한양'),
    pageNameOf('enwiki', '서울', '한양', { nameLanguage: 'ko' }),
  ])
  const ofSeoul = [
    ['langlink', '서울', 'Seoul'],
    ['redirect', '한양', 'Seoul'],
  ]
  assert.deepEqual([pairs, dropped], [ofSeoul, { no_mate: 2 }])
})

test('the order of the names changes nothing, and one that comes again is said once', async (t) => {
  const names = [
    langlinkOf('kowiki', '물', 'Water'),
    pageNameOf('kowiki', '물', '워터'),
    langlinkOf('enwiki', 'Water', '물'),
    pageNameOf('kowiki', '불', '화염'),
  ]
  const once = await link(t, names)
  assert.equal(once.pairs.length, 3)
  assert.deepEqual((await link(t, names.toReversed())).outcomes, once.outcomes)
  assert.deepEqual((await link(t, [...names, ...names])).outcomes, once.outcomes)
  assert.deepEqual((await link(t, [])).outcomes, [])
})

test('a link text that is another name of the page with a particle is no name of its own', async (t) => {
  const anchor = { rule: 'anchor', count: 4, share: 1 } as const
  const { pairs, dropped } = await link(t, [
    langlinkOf('kowiki', '이순신', 'Yi Sun-sin'),
    pageNameOf('kowiki', '이순신', '충무공', { rule: 'redirect' }),
    pageNameOf('kowiki', '이순신', '충무공은', anchor),
    pageNameOf('kowiki', '이순신', '이순신에게', anchor),
    pageNameOf('kowiki', '이순신', '이 충무공', anchor),
  ])
  assert.deepEqual(pairs, [
    ['anchor', '이 충무공', 'Yi Sun-sin'],
    ['langlink', '이순신', 'Yi Sun-sin'],
    ['redirect', '충무공', 'Yi Sun-sin'],
  ])
  assert.deepEqual(dropped, { inflected_form: 2 })
})

test('the tables are believed before Wikidata, and Wikidata before links in the text', async (t) => {
  const from = (rule: PageName['rule'], mate: string) => langlinkOf('kowiki', '물', mate, { rule })
  const all = await link(t, [from('inline_langlink', 'Aqua'), from('wikidata', 'Waters'), from('langlink', 'Water')])
  assert.deepEqual([all.pairs, all.dropped], [[['langlink', '물', 'Water']], { conflicting_mates: 2 }])
  const both = await link(t, [from('inline_langlink', 'Water'), from('wikidata', 'Water')])
  assert.deepEqual(both.pairs, [
    ['langlink', '물', 'Water'],
    ['wikidata', '물', 'Water'],
  ])
})

test('what was seen of a name goes with the pair: how it was written, where, and of which sort', async (t) => {
  const seen = { written: '서울특별시 (도시)', offset: 12, detail: 'other_name' }
  const { candidates } = await link(t, [
    langlinkOf('kowiki', '서울', 'Seoul', { detail: 'mutual' }),
    pageNameOf('kowiki', '서울', '서울특별시', seen),
    pageNameOf('kowiki', '서울', 'Soul', { rule: 'infobox', nameLanguage: 'en', detail: '영문표기' }),
  ])
  assert.deepEqual(
    candidates.map(({ rule, left, right, written, offset, detail }) => [
      ...[rule, left.surface, right.surface],
      ...[written, offset, detail],
    ]),
    [
      ['infobox', '서울', 'Soul', '', null, '영문표기'],
      ['langlink', '서울', 'Seoul', '', null, 'mutual'],
      ['redirect', '서울특별시', 'Seoul', '서울특별시 (도시)', 12, 'other_name'],
    ],
  )
})
