import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { leftOversIn } from '../../bench/cleanliness/left-overs.ts'
import { lostPhrases } from '../../bench/cleanliness/lost-phrases.ts'
import type { Reader } from '../../bench/cleanliness/readers.ts'
import { agreed, missing, shared, total, wordsOf } from '../../bench/cleanliness/words.ts'

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
