import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { foldTitle } from '../../language/title.ts'
import type { AnchorCount } from '../../schemas/types.ts'
import anchorCounter from '../../services/05-anchor-counter/service.ts'
import { drive, incoming, temporaryFolder } from './drive.ts'

/** Links of one page under a text to a target, in the Korean wiki unless told otherwise. */
function anchorOf(surface: string, target: string, count: number, set: Partial<AnchorCount> = {}): AnchorCount {
  const language = set.wiki?.slice(0, 2) ?? 'ko'
  return {
    wiki: 'kowiki',
    language,
    surfaceKey: foldTitle(surface),
    surface,
    target,
    count,
    pageId: 1,
    revisionId: 10,
    written: '',
    offset: null,
    ...set,
  }
}

async function weigh(t: TestContext, anchors: readonly AnchorCount[], settings = {}) {
  const events = anchors.map((anchor) => incoming('anchors', anchor))
  const driven = await drive(await temporaryFolder(t), anchorCounter, events, { settings })
  const names = driven.events('page-names').map(({ name, title, count, share }) => [name, title, count, share])
  return { ...driven, names }
}

test('a text that mostly means one page names it, with its links, its share and the lowest page as evidence', async (t) => {
  const { events, dropped } = await weigh(t, [
    anchorOf('한양', '서울특별시', 2, { pageId: 30, revisionId: 301 }),
    anchorOf('한양', '한양대학교', 1, { pageId: 5 }),
    anchorOf('한양', '서울특별시', 1, { pageId: 7, revisionId: 71 }),
  ])
  assert.deepEqual(events('page-names'), [
    {
      wiki: 'kowiki',
      title: '서울특별시',
      name: '한양',
      nameLanguage: 'ko',
      rule: 'anchor',
      count: 3,
      share: 0.75,
      evidenceWiki: 'kowiki',
      evidencePageId: 7,
      evidenceRevisionId: 71,
      written: '',
      offset: null,
      detail: '',
    },
  ])
  assert.deepEqual(dropped, { below_threshold: 1 })
})

test('three links are enough, two are too few, however clear the text is', async (t) => {
  const { names, dropped } = await weigh(t, [anchorOf('한성', '서울', 3), anchorOf('경성', '서울', 2)])
  assert.deepEqual(names, [['한성', '서울', 3, 1]])
  assert.deepEqual(dropped, { below_threshold: 1 })
})

test('half of the links is enough, so a text that is torn between two pages names both', async (t) => {
  const torn = await weigh(t, [anchorOf('머큐리', '수은', 4), anchorOf('머큐리', '수성', 4)])
  assert.deepEqual(torn.names, [
    ['머큐리', '수성', 4, 0.5],
    ['머큐리', '수은', 4, 0.5],
  ])
  const third = await weigh(t, [
    anchorOf('머큐리', '수은', 4),
    anchorOf('머큐리', '수성', 4),
    anchorOf('머큐리', '프레디 머큐리', 1),
  ])
  assert.deepEqual([third.names, third.dropped], [[], { ambiguous_anchor: 2, below_threshold: 1 }])
})

test('a text that is the title, whatever its qualifier, case and spaces, is known, and yet counts against the others', async (t) => {
  const { names, dropped } = await weigh(t, [
    anchorOf('금성', '금성 (행성)', 5),
    anchorOf('금성', 'LG전자', 4),
    anchorOf('인공 지능', '인공지능', 9),
  ])
  assert.deepEqual(names, [])
  assert.deepEqual(dropped, { already_known: 2, ambiguous_anchor: 1 })
})

test('spellings of one folded text are counted together under the most used one, ties by code point', async (t) => {
  const english = { wiki: 'enwiki' }
  const { names } = await weigh(t, [
    anchorOf('ai', 'Artificial intelligence', 1, english),
    anchorOf('A.I.', 'Artificial intelligence', 2, english),
    anchorOf('AI', 'Artificial intelligence', 2, english),
    anchorOf('nlp', 'Natural language processing', 3, english),
    anchorOf('NLP', 'Natural language processing', 2, english),
  ])
  assert.deepEqual(names, [
    ['A.I.', 'Artificial intelligence', 5, 1],
    ['nlp', 'Natural language processing', 5, 1],
  ])
})

test('a text that is also a property of every object is a text as any other', async (t) => {
  const english = { wiki: 'enwiki' }
  const { names } = await weigh(t, [
    anchorOf('Constructor', 'Constructor (object-oriented programming)', 1, english),
    anchorOf('Constructor', 'Builder', 1, english),
    anchorOf('constructor', 'Builder', 2, english),
    anchorOf('__proto__', 'Prototype pattern', 2, english),
    anchorOf('Proto', 'Prototype pattern', 1, english),
  ])
  assert.deepEqual(names, [
    ['constructor', 'Builder', 3, 0.75],
    ['__proto__', 'Prototype pattern', 3, 1],
  ])
})

test('links of two wikis are not weighed against each other', async (t) => {
  const { events } = await weigh(t, [
    anchorOf('DNA', '디옥시리보핵산', 3),
    anchorOf('DNA', 'DNA (band)', 5, { wiki: 'enwiki' }),
    anchorOf('DNA', 'Nucleic acid', 5, { wiki: 'enwiki' }),
  ])
  assert.deepEqual(
    events('page-names').map(({ wiki, nameLanguage, title, share }) => [wiki, nameLanguage, title, share]),
    [
      ['enwiki', 'en', 'Nucleic acid', 0.5],
      ['kowiki', 'ko', '디옥시리보핵산', 1],
    ],
  )
})

test('the thresholds are those of the settings, which stay within their ranges', async (t) => {
  const anchors = [anchorOf('경성', '서울', 1), anchorOf('경성', '경성부', 3)]
  const one = await weigh(t, anchors, { minCount: 1, minShare: 0.25 })
  assert.deepEqual(one.names, [
    ['경성', '경성부', 3, 0.75],
    ['경성', '서울', 1, 0.25],
  ])
  assert.deepEqual((await weigh(t, anchors, { minShare: 0.76 })).names, [])
  for (const wrong of [{ minShare: 1.1 }, { minShare: -0.1 }, { minCount: 0 }, { minLinks: 3 }]) {
    await assert.rejects(weigh(t, anchors, wrong))
  }
})

test('the order of the links changes nothing', async (t) => {
  const anchors = [
    anchorOf('A.I.', '인공지능', 2, { pageId: 9, revisionId: 90 }),
    anchorOf('AI', '인공지능', 2, { pageId: 4, revisionId: 40 }),
    anchorOf('AI', '조류 인플루엔자', 1, { pageId: 2 }),
    anchorOf('한양', '서울특별시', 3, { pageId: 6 }),
  ]
  const forwards = await weigh(t, anchors)
  assert.equal(forwards.names.length, 2)
  assert.deepEqual((await weigh(t, anchors.toReversed())).outcomes, forwards.outcomes)
})

test('a partition without links says nothing', async (t) => {
  assert.deepEqual((await weigh(t, [])).outcomes, [])
})

test('the evidence is the text as written on the lowest page, with its place there', async (t) => {
  const { events } = await weigh(t, [
    anchorOf('서울', '서울특별시', 2, { pageId: 9, written: '서울은', offset: 40 }),
    anchorOf('서울', '서울특별시', 1, { pageId: 2, written: '서울에서', offset: 7 }),
  ])
  const [name] = events('page-names')
  assert.deepEqual([name?.evidencePageId, name?.name, name?.written, name?.offset], [2, '서울', '서울에서', 7])
})

test('a word that only describes is no name, nor is a part of what a title joins', async (t) => {
  const english = { wiki: 'enwiki' }
  const { names, dropped } = await weigh(t, [
    anchorOf('covalent', 'Covalent bond', 3, english),
    anchorOf('a posteriori', 'A priori and a posteriori', 3, english),
    anchorOf('rugby', 'Rugby football', 3, english),
    anchorOf('Ottoman', 'Ottoman Empire', 3, english),
  ])
  assert.deepEqual(names, [
    ['Ottoman', 'Ottoman Empire', 3, 1],
    ['rugby', 'Rugby football', 3, 1],
  ])
  assert.deepEqual(dropped, { not_a_name: 1, part_of_page: 1 })
})

test('an English plural of the title is counted as an inflected form, after it has weighed against other targets', async (t) => {
  const english = { wiki: 'enwiki' }
  const { names, dropped } = await weigh(t, [
    anchorOf('dogs', 'Dog', 8, english),
    anchorOf('dogs', 'Dogs (band)', 4, english),
    anchorOf('hounds', 'Dog', 4, english),
  ])
  assert.deepEqual(names, [['hounds', 'Dog', 4, 1]])
  assert.deepEqual(dropped, { inflected_form: 1, already_known: 1 })
})
