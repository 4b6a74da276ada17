import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Mention, PageMentions, PageName } from '../../schemas/types.ts'
import entityMatcher from '../../services/06-entity-matcher/service.ts'
import { drive, incoming, temporaryFolder } from './drive.ts'
import { pageNameOf } from './events.ts'

type Named = string | readonly [surface: string, target: string]

function mentionsOf(language: string, title: string, names: readonly Named[], pageId = 1): PageMentions {
  const mentions = names.map((name, at): Mention => {
    const [surface, target] = typeof name === 'string' ? [name, null] : name
    return { surface, target, offset: at * 10 }
  })
  return { wiki: `${language}wiki`, title, language, pageId, revisionId: pageId * 10, mentions }
}

const linkOf = (korean: string, english: string): PageName =>
  pageNameOf('kowiki', korean, english, { rule: 'langlink', nameLanguage: 'en' })

async function match(
  t: TestContext,
  mentions: readonly PageMentions[],
  links: readonly PageName[],
  settings: { [key: string]: unknown } = {},
) {
  const events = [
    ...mentions.map((value) => incoming('mentions', value)),
    ...links.map((value) => incoming('page-names', value)),
  ]
  const driven = await drive(await temporaryFolder(t), entityMatcher, events, { settings })
  const candidates = driven.events('synonym-candidates')
  return { ...driven, candidates, pairs: candidates.map(({ left, right }) => [left.surface, right.surface]) }
}

const physics = [linkOf('물리학', 'Physics')]

test('names that sound alike in two linked pages are a pair, with the place of the Korean one', async (t) => {
  const { candidates, dropped } = await match(
    t,
    [mentionsOf('ko', '물리학', ['학문이다', '아인슈타인은'], 7), mentionsOf('en', 'Physics', ['Physics', 'Einstein'])],
    physics,
  )
  assert.deepEqual(candidates, [
    {
      pairKey: '아인슈타인\teinstein',
      left: { language: 'ko', surface: '아인슈타인', title: '', domain: null },
      right: { language: 'en', surface: 'Einstein', title: '', domain: null },
      rule: 'entity',
      count: 1,
      share: 0.903226,
      evidenceWiki: 'kowiki',
      evidencePageId: 7,
      evidenceRevisionId: 70,
      written: '아인슈타인은',
      offset: 10,
      detail: 'sound',
      retracted: false,
      side: '',
    },
  ])
  assert.deepEqual(dropped, {})
})

test('pages that no link joins have nothing in common, whatever they speak of', async (t) => {
  const mentions = [mentionsOf('ko', '물리학', ['아인슈타인']), mentionsOf('en', 'Physics', ['Einstein'])]
  assert.deepEqual((await match(t, mentions, [linkOf('물리학', 'Chemistry')])).pairs, [])
  assert.deepEqual((await match(t, mentions, [])).pairs, [])
})

test('a name of three consonants needs two pairs of pages, and is counted where it has one', async (t) => {
  const page = (korean: string, english: string) => [
    mentionsOf('ko', korean, ['로댕']),
    mentionsOf('en', english, ['Rodin']),
  ]
  const links = [linkOf('조각', 'Sculpture'), linkOf('청동', 'Bronze')]
  const once = await match(t, page('조각', 'Sculpture'), links)
  assert.deepEqual([once.pairs, once.dropped], [[], { below_threshold: 1 }])
  const twice = await match(t, [...page('조각', 'Sculpture'), ...page('청동', 'Bronze')], links)
  assert.deepEqual(
    twice.candidates.map(({ left, count }) => [left.surface, count]),
    [['로댕', 2]],
  )
})

test('links that lead to mates are one item under any name, and rest on those pages', async (t) => {
  const links = [...physics, linkOf('알루미늄', 'Aluminium')]
  const mentions = [
    mentionsOf('ko', '물리학', [['알미늄', '알루미늄']]),
    mentionsOf('en', 'Physics', [['aluminum', 'Aluminium']]),
  ]
  const { candidates } = await match(t, mentions, links, { minPages: 1 })
  assert.deepEqual(
    candidates.map(({ left, right, detail }) => [left.title, left.surface, right.title, right.surface, detail]),
    [['알루미늄', '알미늄', 'Aluminium', 'aluminum', 'same_item']],
  )
})

test('links that lead to different items are no pair though they sound the same', async (t) => {
  const links = [...physics, linkOf('조지아', 'Georgia (country)'), linkOf('조지아주', 'Georgia (U.S. state)')]
  const mentions = [
    mentionsOf('ko', '물리학', [['조지아', '조지아']]),
    mentionsOf('en', 'Physics', [['Georgia', 'Georgia (U.S. state)']]),
  ]
  assert.deepEqual((await match(t, mentions, links, { minPages: 1, minConsonants: 1 })).pairs, [])
})

test('titles of mates are known already, and plurals of titles are inflected forms', async (t) => {
  const links = [...physics, linkOf('현미경', 'Microscope'), linkOf('전자', 'Electron')]
  const { pairs, dropped } = await match(
    t,
    [
      mentionsOf('ko', '물리학', [
        ['현미경', '현미경'],
        ['전자', '전자'],
      ]),
      mentionsOf('en', 'Physics', [
        ['microscopes', 'Microscope'],
        ['electron', 'Electron'],
      ]),
    ],
    links,
    { minPages: 1 },
  )
  assert.deepEqual([pairs, dropped], [[], { inflected_form: 1, already_known: 1 }])
})

test('each name is taken once, by the one that is most alike', async (t) => {
  const { pairs } = await match(
    t,
    [mentionsOf('ko', '물리학', ['하이젠베르크', '아이젠베르크']), mentionsOf('en', 'Physics', ['Eisenberg'])],
    physics,
    { minPages: 1, minLikeness: 0.5, minSound: 0.5 },
  )
  assert.deepEqual(pairs, [['아이젠베르크', 'Eisenberg']])
})

test('the vowels tell whether a name ends in a particle that has no consonant of its own', async (t) => {
  const { pairs } = await match(
    t,
    [
      mentionsOf('ko', '물리학', ['진해의', '나고야', '템플로', '나이팅게일이']),
      mentionsOf('en', 'Physics', ['Jinhae', 'Nagoya', 'Templo', 'Nightingale']),
    ],
    physics,
    { minPages: 1, minConsonants: 2 },
  )
  assert.deepEqual(pairs.toSorted(), [
    ['나고야', 'Nagoya'],
    ['나이팅게일', 'Nightingale'],
    ['진해', 'Jinhae'],
    ['템플로', 'Templo'],
  ])
})

test('a word of the same consonants and other vowels is no name', async (t) => {
  const korean = ['산다', '카탈루냐', '만주로', '판테온', '템플', '로망스어']
  const english = ['Saint', 'Catalan', 'Manchuria', 'Fountain', 'Templo', 'Romance']
  const { pairs } = await match(
    t,
    [mentionsOf('ko', '물리학', korean), mentionsOf('en', 'Physics', english)],
    physics,
    {
      minPages: 1,
    },
  )
  assert.deepEqual(pairs, [])
})

test('with English on the left the Korean name loses its particle all the same', async (t) => {
  const { pairs } = await match(
    t,
    [mentionsOf('ko', '물리학', ['아인슈타인은']), mentionsOf('en', 'Physics', ['Einstein'])],
    physics.map((link) => ({ ...link, wiki: 'enwiki', title: 'Physics', name: '물리학', nameLanguage: 'ko' })),
    { languages: ['en', 'ko'] },
  )
  assert.deepEqual(pairs, [['Einstein', '아인슈타인']])
})

test('the order of the events changes nothing', async (t) => {
  const mentions = [mentionsOf('ko', '물리학', ['아인슈타인은']), mentionsOf('en', 'Physics', ['Einstein'])]
  const once = await match(t, mentions, physics)
  assert.equal(once.pairs.length, 1)
  assert.deepEqual((await match(t, mentions.toReversed(), physics)).outcomes, once.outcomes)
})

test('a name that is the title of a linked page, with or without a particle, means that page', async (t) => {
  const links = [...physics, linkOf('나폴리', 'Naples'), linkOf('프랑스', 'France')]
  const words = mentionsOf('ko', '물리학', ['나폴리에서', '프랑스의', '파리에서'])
  const { pairs } = await match(t, [words, mentionsOf('en', 'Physics', ['Naples', 'Prince', 'Paris'])], links, {
    minPages: 1,
  })
  // 파리 is the title of no page here: its sound is PL, that of Paris PLS, and 파리에서 is no name.
  assert.deepEqual(pairs, [])
  const known = await match(t, [words, mentionsOf('en', 'Physics', ['Naples'])], links, {
    minPages: 1,
    minConsonants: 2,
    minLikeness: 0.6,
    minSound: 0.6,
  })
  assert.deepEqual(known.pairs, [['나폴리', 'Naples']])
})

test('a name of a page with a mate matches only what the title of the mate holds', async (t) => {
  const links = [...physics, linkOf('알프레드 노벨', 'Alfred Nobel')]
  const { pairs } = await match(
    t,
    [mentionsOf('ko', '물리학', [['노벨', '알프레드 노벨']]), mentionsOf('en', 'Physics', ['Novel', 'Nobel'])],
    links,
    { minPages: 1 },
  )
  assert.deepEqual(pairs, [['노벨', 'Nobel']])
})

test('names that have their consonants in common, but not their vowels, are no pair', async (t) => {
  const mentions = [mentionsOf('ko', '물리학', ['연구소']), mentionsOf('en', 'Physics', ['Unix'])]
  assert.deepEqual((await match(t, mentions, physics, { minPages: 1 })).pairs, [])
  assert.deepEqual((await match(t, mentions, physics, { minPages: 1, minSound: 0 })).pairs, [['연구소', 'Unix']])
})

test('of two pages of one title the younger speaks, whichever comes first', async (t) => {
  const twins = [mentionsOf('ko', '물리학', ['뉴턴은'], 7), mentionsOf('ko', '물리학', ['아인슈타인은'], 8)]
  const mate = mentionsOf('en', 'Physics', ['Newton', 'Einstein'])
  for (const pages of [twins, [...twins].reverse()]) {
    const { pairs } = await match(t, [...pages, mate], physics)
    assert.deepEqual(pairs, [['아인슈타인', 'Einstein']])
  }
})
