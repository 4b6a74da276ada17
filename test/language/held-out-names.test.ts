import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { bertWords } from '../../language/bert-words.ts'
import { HeldOutNames } from '../../language/held-out-names.ts'
import { defaultVocabularySettings, trainVocabulary } from '../../language/vocabulary.ts'
import { WordCounts } from '../../language/word-counts.ts'
import { corpus } from './corpus.ts'

const heldOut = new HeldOutNames(['서울', '인공 지능', 'New York City', "O'Brien", 'U.S.', 'C++'])
const beside = (text: string) => heldOut.wordsBeside(text).join(' ')

test('a name is left out of a text, with a particle or without, the words beside it stay', () => {
  assert.equal(beside('서울은 수도, 서울특별시와 서울에서'), '수도 , 서울특별시와')
  assert.equal(beside('He left New York City for NEW YORK CITY, not for New York.'), 'he left for , not for new york .')
})

test('spacing of Korean, case, apostrophes, points and symbols do not hide a name', () => {
  assert.equal(beside('인공지능과 인공 지능의 인공 호수'), '인공 호수')
  assert.equal(beside("o’brien's us, and the U.S. of C++ or c"), "' s , and the . of or c")
})

test('the longest name that begins at a word counts, and a name that only begins there does not', () => {
  const names = new HeldOutNames(['New York', 'New York City'])
  assert.deepEqual(names.wordsBeside('new york city new york state new town'), ['state', 'new', 'town'])
})

test('where nothing is held out the words are those of the text', () => {
  for (const text of corpus) assert.deepEqual(HeldOutNames.none.wordsBeside(text), bertWords(text))
})

test('a vocabulary has no entry that is a held-out name, however frequent, nor as the beginning of a longer word', () => {
  const settings = { ...defaultVocabularySettings, size: 600, minWordCount: 2, minCharacterCount: 1 }
  const texts = [...corpus, '서울특별시', '서울특별시', '서울특별시', '서울특별자치', '서울특별자치']
  const open = trainVocabulary(WordCounts.of(texts), settings).tokens
  const names = new HeldOutNames(['서울', 'Seoul', 'History'])
  const closed = trainVocabulary(WordCounts.of(texts, { heldOut: names }), {
    ...settings,
    preferredNames: ['서울 도시', 'history of Korea'],
  }).tokens
  for (const word of ['서울', 'seoul', 'history']) {
    assert.ok(open.includes(word), word)
    assert.ok(!closed.includes(word), word)
  }
  // Its letters are there, since other words have them.
  for (const letter of ['서', '##울', 's']) assert.ok(closed.includes(letter), letter)
})

test('a text in which a name stands is to the vocabulary what it is without the name', () => {
  const name = fc.constantFrom('서울', '베를린', 'seoul', 'city', '고양이')
  fc.assert(
    fc.property(name, fc.array(fc.constantFrom(...corpus), { minLength: 1, maxLength: 8 }), (held, texts) => {
      const counts = WordCounts.of(texts, { heldOut: new HeldOutNames([held]) }).counts
      const without = WordCounts.of(
        texts.map((text) => ` ${text} `.replaceAll(new RegExp(`(?<=[^\\p{L}])${held}(?=[^\\p{L}])`, 'giu'), ' ')),
        { heldOut: new HeldOutNames([held]) },
      ).counts
      assert.deepEqual([...counts].sort(), [...without].sort())
      assert.ok(!counts.has(held))
    }),
  )
})
