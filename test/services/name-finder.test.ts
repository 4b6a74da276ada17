import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Article } from '../../schemas/types.ts'
import nameFinder from '../../services/04-name-finder/service.ts'
import { drive, incoming, temporaryFolder } from './drive.ts'
import { articleOf } from './events.ts'

async function find(t: TestContext, article: Article) {
  const { events, dropped } = await drive(await temporaryFolder(t), nameFinder, [incoming('articles', article)])
  return {
    names: events('page-names').map(({ title, rule, name, nameLanguage }) => [title, rule, name, nameLanguage]),
    anchors: events('anchors').map(({ surface, target, count }) => [surface, target, count]),
    pageNames: events('page-names'),
    anchorCounts: events('anchors'),
    dropped,
  }
}

test('a redirect is a name of its target, without the qualifier, and is the evidence itself', async (t) => {
  const redirect = articleOf('ko', 7, '한양 (도시)', {
    kind: 'redirect',
    redirect: { target: '서울특별시', section: null },
  })
  const { pageNames, dropped } = await find(t, redirect)
  assert.deepEqual(pageNames, [
    {
      wiki: 'kowiki',
      title: '서울특별시',
      name: '한양',
      nameLanguage: 'ko',
      rule: 'redirect',
      count: 1,
      share: null,
      evidenceWiki: 'kowiki',
      evidencePageId: 7,
      evidenceRevisionId: 70,
    },
  ])
  assert.deepEqual(dropped, {})
})

test('a redirect to a section names a part of the page, not the page', async (t) => {
  const redirect = articleOf('ko', 7, '남산', { kind: 'redirect', redirect: { target: '서울특별시', section: '지리' } })
  const { names, dropped } = await find(t, redirect)
  assert.deepEqual(names, [])
  assert.deepEqual(dropped, { no_names: 1 })
})

test('a redirect that differs from the title in spaces, case or qualifier only is no new name', async (t) => {
  for (const [title, target] of [
    ['인공 지능', '인공지능'],
    ['금성 (천체)', '금성 (행성)'],
  ] as const) {
    const redirect = articleOf('ko', 7, title, { kind: 'redirect', redirect: { target, section: null } })
    assert.deepEqual((await find(t, redirect)).dropped, { no_names: 1 })
  }
})

test('a bold name is a name unless it is the title', async (t) => {
  const article = articleOf('en', 1, 'Mercury (planet)', { boldNames: ['Mercury', 'Hermes'] })
  const { names, dropped } = await find(t, article)
  assert.deepEqual(names, [['Mercury (planet)', 'bold', 'Hermes', 'en']])
  assert.deepEqual(dropped, { already_known: 1 })
})

test('a gloss is a name where its mark says the other language', async (t) => {
  const article = articleOf('ko', 1, '서울', {
    glosses: [
      { language: 'en', text: 'Seoul' },
      { language: 'hanja', text: '京城' },
      { language: 'und', text: 'Soul' },
      { language: 'ko', text: '서울특별시' },
      { language: 'en', text: '1394' },
    ],
  })
  const { names, dropped } = await find(t, article)
  assert.deepEqual(names, [['서울', 'gloss', 'Seoul', 'en']])
  assert.deepEqual(dropped, { other_language: 3, not_a_name: 1 })
})

test('an inline language link is a name in the other language', async (t) => {
  const languageLinks = [
    { language: 'en', title: 'Seoul' },
    { language: 'ja', title: 'ソウル' },
  ]
  const { names, dropped } = await find(t, articleOf('ko', 1, '서울', { languageLinks }))
  assert.deepEqual(names, [['서울', 'inline_langlink', 'Seoul', 'en']])
  assert.deepEqual(dropped, { other_language: 1 })
})

test('the particle of a Korean link text goes, where the target shows the noun', async (t) => {
  const links = [
    { target: '서울특별시', surface: '서울은', count: 2 },
    { target: '부산광역시', surface: '부산으로', count: 1 },
    { target: '고양이', surface: '고양이', count: 4 },
    { target: '이순신', surface: '충무공', count: 3 },
  ]
  const { anchors, anchorCounts } = await find(t, articleOf('ko', 5, '한국', { links }))
  assert.deepEqual(anchors, [
    ['서울', '서울특별시', 2],
    ['부산', '부산광역시', 1],
    ['고양이', '고양이', 4],
    ['충무공', '이순신', 3],
  ])
  assert.deepEqual(anchorCounts[0], {
    wiki: 'kowiki',
    language: 'ko',
    surfaceKey: '서울',
    surface: '서울',
    target: '서울특별시',
    count: 2,
    pageId: 5,
    revisionId: 50,
    written: '',
    offset: null,
  })
})

test('the key of a link text is folded, its spelling stays', async (t) => {
  const links = [{ target: 'Artificial intelligence', surface: 'A.I.', count: 1 }]
  const [anchor] = (await find(t, articleOf('en', 1, 'Robot', { links }))).anchorCounts
  assert.deepEqual([anchor?.surface, anchor?.surfaceKey], ['A.I.', 'ai'])
})

test('pronouns, years, numbers and lists are no names', async (t) => {
  const links = [
    { target: '서울', surface: '이곳', count: 1 },
    { target: '1984년', surface: '1984년', count: 1 },
    { target: '42', surface: '42', count: 1 },
    { target: '도시 목록', surface: '도시 목록', count: 1 },
    { target: '물', surface: '물', count: 1 },
  ]
  const { anchors, dropped } = await find(t, articleOf('ko', 1, '한국', { links }))
  assert.deepEqual(anchors, [['물', '물', 1]])
  assert.deepEqual(dropped, { not_a_name: 4 })
})

test('a disambiguation page names nothing, whatever it links to', async (t) => {
  const article = articleOf('ko', 1, '수성', {
    kind: 'disambiguation',
    boldNames: ['머큐리'],
    links: [{ target: '수성 (행성)', surface: '수성', count: 1 }],
  })
  const { names, anchors, dropped } = await find(t, article)
  assert.deepEqual([names, anchors, dropped], [[], [], { not_a_name: 1 }])
})

test('a page in which no name is found is counted', async (t) => {
  const { dropped } = await find(t, articleOf('en', 1, 'Water', { boldNames: ['Water'] }))
  assert.deepEqual(dropped, { no_names: 1 })
})
