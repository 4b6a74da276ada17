import assert from 'node:assert/strict'
import { dirname } from 'node:path'
import { type TestContext, test } from 'node:test'
import { wordsAround } from '../../dictionary/words-around.ts'
import { fileOf } from '../wiki/fixtures.ts'

/** Pages 10, 20, … of kowiki, one of them longer than what is read at a look. */
async function articles(t: TestContext): Promise<string> {
  const lines = Array.from({ length: 40 }, (_, i) => {
    const lead =
      i === 7 ? '가 '.repeat(5000) : `쪽 ${i} 번이다. 독일에서 태어난 물리학자 아인슈타인은 1905년에 논문을 발표했다.`
    const sections = [{ heading: '생애', level: 2, text: '베른의 특허청에서 일했다.' }]
    const about = { wiki: 'kowiki', language: 'ko', pageId: (i + 1) * 10, revisionId: i + 100, title: `쪽 ${i}` }
    return JSON.stringify({ ...about, lead, sections })
  })
  return dirname(await fileOf(t, 'ko_articles.jsonl', `${lines.join('\n')}\n`))
}

const lead = '쪽 3 번이다. 독일에서 태어난 물리학자 '
const place = {
  wiki: 'kowiki',
  pageId: 40,
  revisionId: 103,
  names: ['아인슈타인', '아인슈타인은'],
  offset: lead.length,
}

test('the longest name that stands there is shown with the words around it, none of them cut', async (t) => {
  assert.deepEqual(await wordsAround(await articles(t), place), {
    before: lead,
    words: '아인슈타인은',
    after: ' 1905년에 논문을 발표했다. 생애 베른의 특허청에서',
  })
})

test('every page is found, whatever the length of its line', async (t) => {
  const folder = await articles(t)
  for (let i = 0; i < 40; i++) {
    const found = await wordsAround(folder, {
      ...place,
      pageId: (i + 1) * 10,
      revisionId: i + 100,
      offset: 0,
      names: ['쪽', '가'],
    })
    assert.equal(found?.words, i === 7 ? '가' : '쪽', `page ${i}`)
  }
})

test('another revision, a page or a wiki that is not there, and other words at the place show nothing', async (t) => {
  const folder = await articles(t)
  const changes = [
    { revisionId: 104 },
    { pageId: 41 },
    { pageId: 9 },
    { pageId: 999 },
    { wiki: 'enwiki' },
    { offset: 2 },
  ]
  for (const change of changes) assert.equal(await wordsAround(folder, { ...place, ...change }), undefined)
})
