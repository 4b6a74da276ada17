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
    mentions: events('mentions'),
    anchorCounts: events('anchors'),
    dropped,
  }
}

test('a redirect is a name of its target, without the qualifier, and is the evidence itself', async (t) => {
  const redirect = articleOf('ko', 7, '한양 (도시)', {
    kind: 'redirect',
    redirect: { target: '서울특별시', section: null, templates: [] },
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
      written: '한양 (도시)',
      offset: null,
      detail: 'other_name',
    },
  ])
  assert.deepEqual(dropped, {})
})

test('a redirect to a section names a part of the page, not the page', async (t) => {
  const redirect = articleOf('ko', 7, '남산', {
    kind: 'redirect',
    redirect: { target: '서울특별시', section: '지리', templates: [] },
  })
  const { names, dropped } = await find(t, redirect)
  assert.deepEqual(names, [])
  assert.deepEqual(dropped, { part_of_page: 1 })
})

/** What a redirect says: the sort of name, or why it is none. */
async function redirected(t: TestContext, language: string, title: string, target: string, ...templates: string[]) {
  const redirect = articleOf(language, 7, title, { kind: 'redirect', redirect: { target, section: null, templates } })
  const { pageNames, dropped } = await find(t, redirect)
  return pageNames[0]?.detail ?? Object.keys(dropped)[0]
}

test('a redirect that differs from the title in case or qualifier only is no new name', async (t) => {
  assert.equal(await redirected(t, 'ko', '금성 (천체)', '금성 (행성)'), 'already_known')
  assert.equal(await redirected(t, 'en', 'Machine Learning', 'Machine learning'), 'already_known')
})

test('the sort of a redirect is told by its form: spacing, spelling, initials, another name', async (t) => {
  for (const [language, title, target, sort] of [
    ['ko', '인공 지능', '인공지능', 'spacing'],
    ['ko', '쏘프트웨어', '소프트웨어', 'spelling'],
    ['ko', '컴퓨타', '컴퓨터', 'spelling'],
    ['ko', '전산기', '컴퓨터', 'other_name'],
    ['en', 'Colour vision', 'Color vision', 'spelling'],
    ['en', 'UN', 'United Nations', 'abbreviation'],
    ['en', 'U.S.A.', 'United States of America', 'abbreviation'],
    ['en', 'Peking', 'Beijing', 'other_name'],
  ] as const) {
    assert.equal(await redirected(t, language, title, target), sort, title)
  }
})

test('an English inflection of the title is no name, be it marked or not', async (t) => {
  assert.equal(await redirected(t, 'en', 'Universities', 'University'), 'inflected_form')
  assert.equal(await redirected(t, 'en', 'Sorting algorithms', 'Sorting algorithm'), 'inflected_form')
  assert.equal(await redirected(t, 'en', 'Mice', 'Mouse', 'r from plural'), 'inflected_form')
  assert.equal(await redirected(t, 'en', 'Universe', 'University of Oslo'), 'other_name')
})

test('templates on the redirect say what it is, whatever its form', async (t) => {
  for (const [template, said] of [
    ['r from misspelling', 'misspelling'],
    ['r from typo', 'misspelling'],
    ['r from incorrect name', 'misspelling'],
    ['r with possibilities', 'page_to_be'],
    ['r to section', 'part_of_page'],
    ['r to anchor', 'part_of_page'],
    ['r from member', 'part_of_page'],
    ['r from list topic', 'part_of_page'],
    ['r from subpage', 'not_a_name'],
    ['r from former name', 'former_name'],
    ['r from birth name', 'former_name'],
    ['r from acronym', 'abbreviation'],
    ['r from scientific name', 'scientific_name'],
    ['r from alternative spelling', 'spelling'],
    ['r from title without diacritics', 'spelling'],
    ['r from short name', 'short_name'],
    ['r from alternative name', 'other_name'],
    ['r from move', 'other_name'],
    ['넘겨주기 오타', 'misspelling'],
    ['옛 이름 넘겨주기', 'former_name'],
  ] as const) {
    assert.equal(
      await redirected(t, 'en', 'Stalingrad', 'Volgograd', 'redirect category shell', template),
      said,
      template,
    )
  }
})

test('what templates say can be told by the settings, whatever is known of them', async (t) => {
  const redirect = { target: 'Volgograd', section: null, templates: ['넘겨주기 오타', '관용 표기'] }
  const said = async (redirectTemplates: Readonly<Record<string, string>>) => {
    const event = incoming('articles', articleOf('ko', 7, '스탈린그라드', { kind: 'redirect', redirect }))
    const { events, dropped } = await drive(await temporaryFolder(t), nameFinder, [event], {
      settings: { redirectTemplates },
    })
    return events('page-names')[0]?.detail ?? Object.keys(dropped)[0]
  }
  assert.equal(await said({}), 'misspelling')
  assert.equal(await said({ '넘겨주기 오타': 'former_name' }), 'former_name')
  assert.equal(await said({ '넘겨주기 오타': 'former_name', '관용 표기': 'page_to_be' }), 'page_to_be')
})

test('subpages, and parts of what a title joins, are no names of it', async (t) => {
  assert.equal(await redirected(t, 'en', 'Albert Arnold Gore/Criticisms', 'Al Gore'), 'not_a_name')
  assert.equal(await redirected(t, 'en', 'Abel', 'Cain and Abel'), 'part_of_page')
  assert.equal(await redirected(t, 'ko', '아벨', '카인과 아벨'), 'part_of_page')
  assert.equal(await redirected(t, 'en', 'TCP/IP', 'Internet protocol suite'), 'other_name')
  assert.equal(await redirected(t, 'en', 'Bosnia', 'Bosnia and Herzegovina'), 'other_name')
})

test('a redirect in Hangul in the English wiki is a Korean name', async (t) => {
  const redirect = { target: 'Seoul', section: null, templates: [] }
  const { names } = await find(t, articleOf('en', 7, '서울', { kind: 'redirect', redirect }))
  assert.deepEqual(names, [['Seoul', 'redirect', '서울', 'ko']])
})

test('a bold name is a name unless it is the title', async (t) => {
  const article = articleOf('en', 1, 'Mercury (planet)', { boldNames: ['Mercury', 'Hermes'] })
  const { names, dropped } = await find(t, article)
  assert.deepEqual(names, [['Mercury (planet)', 'bold', 'Hermes', 'en']])
  assert.deepEqual(dropped, { already_known: 1 })
})

test('an inflection, a part, or ideographs in a bracket are no bold names', async (t) => {
  const bold = async (language: string, title: string, ...boldNames: string[]) => {
    const { names, dropped } = await find(t, articleOf(language, 1, title, { boldNames }))
    return [names.map(([, , name]) => name), dropped]
  }
  assert.deepEqual(await bold('en', 'Abacus', 'abacuses', 'counting frame'), [
    ['counting frame'],
    { inflected_form: 1 },
  ])
  assert.deepEqual(await bold('en', 'Cain and Abel', 'Cain', 'Abel'), [['Cain'], { part_of_page: 1 }])
  const { pageNames } = await find(
    t,
    articleOf('ko', 1, '베를린', { boldNames: ['백림(伯林)'], lead: '베를린 또는 백림(伯林)은 수도이다.' }),
  )
  assert.deepEqual(
    pageNames.map(({ name, written, offset }) => [name, written, offset]),
    [['백림', '백림(伯林)', 7]],
  )
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
  assert.deepEqual(dropped, { other_language: 3, name_of_time: 1 })
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
    written: '서울은',
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
  assert.deepEqual(dropped, { not_a_name: 1, name_of_time: 2, name_of_list: 1 })
})

test('a disambiguation page names nothing, whatever it links to', async (t) => {
  const article = articleOf('ko', 1, '수성', {
    kind: 'disambiguation',
    boldNames: ['머큐리'],
    links: [{ target: '수성 (행성)', surface: '수성', count: 1 }],
  })
  const { names, anchors, dropped } = await find(t, article)
  assert.deepEqual([names, anchors, dropped], [[], [], { other_kind_of_page: 1 }])
})

test('a page in which there is no name is counted', async (t) => {
  assert.deepEqual((await find(t, articleOf('en', 1, 'Water'))).dropped, { no_names: 1 })
  const { dropped } = await find(t, articleOf('en', 1, 'Water', { boldNames: ['Water'] }))
  assert.deepEqual(dropped, { already_known: 1 })
})

test('bold names, glosses and link texts are found again at their places in the text', async (t) => {
  const lead = '서울특별시(영어: Seoul)는 대한민국의 수도이다. 한성이라고도 한다.'
  const article = articleOf('ko', 1, '서울특별시', {
    lead,
    sections: [{ heading: '역사', level: 2, text: '조선의 한양은 도읍이었다.' }],
    boldNames: ['한성'],
    glosses: [{ language: 'en', text: 'Seoul' }],
    links: [
      { target: '대한민국', surface: '대한민국', count: 1 },
      { target: '한양도성', surface: '한양은', count: 1 },
      { target: '표', surface: '표에만 있는 것', count: 1 },
    ],
  })
  const text = `${lead}\n\n역사\n조선의 한양은 도읍이었다.`
  const { pageNames, anchorCounts } = await find(t, article)
  const places = [...pageNames, ...anchorCounts].map((found) => {
    const name = 'name' in found ? found.name : found.surface
    const { offset, written } = found
    return [name, offset === null ? null : text.slice(offset, offset + (written || name).length)]
  })
  assert.deepEqual(places, [
    ['한성', '한성'],
    ['Seoul', 'Seoul'],
    ['대한민국', '대한민국'],
    ['한양', '한양은'],
    ['표에만 있는 것', null],
  ])
})

const infobox = (fields: { [parameter: string]: string }) => ({ infoboxes: [{ name: '정보', fields }] })
const infoboxNames = async (t: TestContext, language: string, fields: { [parameter: string]: string }) => {
  const { pageNames, dropped } = await find(
    t,
    articleOf(language, 1, language === 'ko' ? '독일' : 'Korea', infobox(fields)),
  )
  return { names: pageNames.map(({ name, nameLanguage, detail }) => [name, nameLanguage, detail]), dropped }
}

test('Korean infoboxes give English names, own names, and names whose language their label tells', async (t) => {
  const { names, dropped } = await infoboxNames(t, 'ko', {
    영문표기: 'Germany',
    '로마자 표기': 'Dogil',
    별칭: '도이칠란트, 독일국',
    원어이름: 'Deutschland',
    '원어 이름': '영어: Federal Republic of Germany\n독일어: Bundesrepublik Deutschland',
    수도: 'Berlin',
    인구: '83,000,000',
  })
  assert.deepEqual(names, [
    ['Germany', 'en', '영문표기'],
    ['Dogil', 'en', '로마자 표기'],
    ['도이칠란트', 'ko', '별칭'],
    ['독일국', 'ko', '별칭'],
    ['Federal Republic of Germany', 'en', '원어 이름'],
  ])
  assert.deepEqual(dropped, { other_language: 2 })
})

test('English infoboxes give Korean names by their script, and own names', async (t) => {
  const { names, dropped } = await infoboxNames(t, 'en', {
    native_name: '대한민국',
    hangul: '한국 (남한)',
    hanja: '大韓民國',
    other_names: 'Corea • Land of the Morning Calm',
    conventional_long_name: 'Republic of Korea',
    name: 'Korea',
  })
  assert.deepEqual(names, [
    ['대한민국', 'ko', 'native_name'],
    ['한국', 'ko', 'hangul'],
    ['Corea', 'en', 'other_names'],
    ['Land of the Morning Calm', 'en', 'other_names'],
    ['Republic of Korea', 'en', 'conventional_long_name'],
  ])
  assert.deepEqual(dropped, {})
})

test('the synonyms of a taxobox are names with their authors, and none that anyone says', async (t) => {
  const fields = { synonyms: 'Isopygia Gürich' }
  const taxon = articleOf('en', 1, 'Agnostida', { infoboxes: [{ name: 'Automatic taxobox', fields }] })
  assert.deepEqual((await find(t, taxon)).names, [])
  const { names } = await infoboxNames(t, 'en', { synonyms: 'Flu, grippe' })
  assert.deepEqual(
    names.map(([name]) => name),
    ['Flu', 'grippe'],
  )
})

test('the lead speaks of its links and of what is written as a name, each once and at its place', async (t) => {
  const lead = 'Physics owes much to Albert Einstein and his relativity. Einstein met Bohr.'
  const links = [
    { target: 'Albert Einstein', surface: 'Albert Einstein', count: 1 },
    { target: 'Theory of relativity', surface: 'relativity', count: 1 },
    { target: 'Niels Bohr', surface: 'not in the lead', count: 1 },
  ]
  const { mentions } = await find(t, articleOf('en', 1, 'Physics', { lead, links }))
  assert.deepEqual(mentions[0]?.mentions, [
    { surface: 'Physics', target: null, offset: 0 },
    { surface: 'Albert Einstein', target: 'Albert Einstein', offset: 21 },
    { surface: 'relativity', target: 'Theory of relativity', offset: 45 },
    { surface: 'Einstein', target: null, offset: 57 },
    { surface: 'Bohr', target: null, offset: 70 },
  ])
})

test('Korean leads speak of all their words, or of the proper nouns of the morpheme analyser', async (t) => {
  const lead = '아인슈타인은 독일에서 태어난 물리학자이다.'
  const links = [{ target: '독일', surface: '독일', count: 1 }]
  const spoken = async (koreanNouns: string) => {
    const article = incoming('articles', articleOf('ko', 1, '알베르트 아인슈타인', { lead, links }))
    const { events } = await drive(await temporaryFolder(t), nameFinder, [article], { settings: { koreanNouns } })
    return events('mentions')[0]?.mentions.map(({ surface, target, offset }) => [surface, target, offset])
  }
  assert.deepEqual(await spoken('words'), [
    ['아인슈타인은', null, 0],
    ['독일', '독일', 7],
    ['태어난', null, 12],
    ['물리학자이다', null, 16],
  ])
  assert.deepEqual(await spoken('morphemes'), [
    ['아인슈타인', null, 0],
    ['독일', '독일', 7],
  ])
})
