import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { leftOversIn } from '../../bench/cleanliness/left-overs.ts'
import { lostPhrases } from '../../bench/cleanliness/lost-phrases.ts'
import type { Reader } from '../../bench/cleanliness/readers.ts'
import { renderedTexts } from '../../bench/cleanliness/rendered.ts'
import { scoreReaders } from '../../bench/cleanliness/scores.ts'
import { agreed, debrisOf, missing, shared, total, without, wordsOf } from '../../bench/cleanliness/words.ts'
import { siteOf } from '../../wiki/site.ts'
import { fileOf } from '../wiki/fixtures.ts'

const kindsIn = (text: string) => leftOversIn(text).map(({ kind }) => kind)

test('left-over markup is found by kind, and clean text has none', () => {
  assert.deepEqual(kindsIn('Berlin ([ˈbɛʁliːn]) is 3 < 4 & "so on"; see C++ {a}, x[1] and 100 % of it.'), [])
  assert.deepEqual(kindsIn('thumb|250px|a caption]]'), [']]', 'thumb|', 'px|'])
  assert.deepEqual(kindsIn('베를린(  )은 섬네일|왼쪽|도시'), ['thumb|', 'thumb|', '()'])
  assert.deepEqual(kindsIn('{{main|A}} &nbsp;&ndash; <ref name="a">'), ['{{', '}}', '<ref', '&nbsp;', 'other entity'])
  assert.deepEqual(kindsIn("'''A''' (; B) [http://a.b c]\n* item\n== Head =="), [
    "''",
    "''",
    '( ; )',
    '[http',
    'line mark',
    'line mark',
  ])
})

test('braces of a formula are no left-over markup', () => {
  assert.deepEqual(kindsIn('so \\(\\frac{{a}}{b}}\\) and \\[{{c}}\\]'), [])
})

test('two of three texts agree on the second highest count of each word', () => {
  const texts = ['a a b', 'a b b c', 'a a a c c'].map(wordsOf)
  assert.deepEqual(Object.fromEntries(agreed(texts, 2)), { a: 2, b: 1, c: 1 })
})

test('names and options of files, prefixes and addresses are debris, captions are not', () => {
  const source = '[[File:A bear.jpg|thumb|250px|the bear is here]] [[Category:Bears]] [http://a.org/x?id=7 bear]'
  const words = wordsOf('a bear jpg thumb 250px the bear is here category bears http a org x id 7 bear')
  const left = without(words, debrisOf(source, siteOf(undefined, { wiki: 'enwiki' })))
  assert.deepEqual(Object.fromEntries(left), { bear: 2, the: 1, is: 1, here: 1, bears: 1 })
})

test('what is shared and what is missing make up what is wanted', () => {
  const words = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 30 }).map((list) => wordsOf(list.join(' ')))
  fc.assert(
    fc.property(words, words, (wanted, found) => {
      const lacking = missing(wanted, found).reduce((sum, [, count]) => sum + count, 0)
      assert.equal(shared(wanted, found) + lacking, total(wanted))
    }),
  )
})

const reader = (text: string): Reader => ({ name: 'r', ours: false, texts: new Map([['T', text]]) })

test('a phrase that two others have is lost, one that only moved is not', () => {
  const keeper = reader('one two three four five six seven eight')
  const witness = reader('one two three four five six seven eight')
  const lostIn = (own: string) => lostPhrases(reader(own), keeper, [witness], ['T']).map(({ phrase }) => phrase)
  assert.deepEqual(lostIn('one two six seven eight'), ['three four five'])
  assert.deepEqual(lostIn('five six seven eight one two three four'), [])
  assert.deepEqual(lostPhrases(reader('one eight'), keeper, [reader('one eight')], ['T']), [])
})

test('the words that are left and those that are lost are the words of the keeper', () => {
  const list = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 25 })
  fc.assert(
    fc.property(list, list, (kept, own) => {
      const keeper = reader(kept.join(' '))
      const lost = lostPhrases(reader(own.join(' ')), keeper, [keeper], ['T'])
      // The oracle: the longest common subsequence by the textbook's table. Moved phrases are not counted as lost.
      const common = longestCommon(kept, own)
      assert.ok(lost.reduce((sum, { words }) => sum + words, 0) <= kept.length - common)
    }),
  )
})

function longestCommon(a: readonly string[], b: readonly string[]): number {
  let row = new Array<number>(b.length + 1).fill(0)
  for (const x of a) {
    const next = [0]
    for (const [at, y] of b.entries()) next.push(x === y ? row[at]! + 1 : Math.max(row[at + 1]!, next[at]!))
    row = next
  }
  return row.at(-1) ?? 0
}

const page = (title: string, text: string) => ({
  ...{ pageId: 1, revisionId: 1, timestamp: '', namespace: 0, model: 'wikitext', textDeleted: false },
  ...{ title, text, textBytes: text.length },
})

test('a reader is scored by what MediaWiki has rendered, and by what it keeps apart from its text', async (t) => {
  const shard = await fileOf(
    t,
    'documents of two wikis.json',
    ['one two three four', 'of another wiki']
      .map((text, i) => {
        const document = { page_id: i, wiki: i === 0 ? 'enwiki' : 'dewiki', namespace: 0, title: 'T', text }
        return `{"index":{"_id":"${i}"}}\n${JSON.stringify(document)}\n`
      })
      .join(''),
  )
  const rendered = await renderedTexts([shard], 'enwiki')
  assert.deepEqual([...rendered], [['T', 'one two three four']])
  const wiki = { wiki: 'enwiki', site: siteOf(undefined, { wiki: 'enwiki' }), pages: [page('T', 'x'), page('U', 'x')] }
  const texts = new Map([
    ['T', 'one two three five'],
    ['U', 'not rendered'],
  ])
  const ours: Reader = { name: 'ours', ours: true, texts, apart: new Map([['T', 'a caption: seven']]) }
  const [score] = scoreReaders(wiki, [ours], new Map([['T', wordsOf('one two seven eight')]]), rendered)
  assert.equal(score?.recallOfRendered, 3 / 4)
  assert.equal(score.precisionOfRendered, 3 / 4)
  assert.deepEqual([score.recall, score.recallAnywhere], [2 / 4, 3 / 4])
})
