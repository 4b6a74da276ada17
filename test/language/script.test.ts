import assert from 'node:assert/strict'
import { test } from 'node:test'
import { languageKey, languageName, languageOfKey } from '../../language/pair.ts'
import { languageByLetters } from '../../language/script.ts'

const sidesOf = (languages: readonly [string, string], words: readonly string[]) =>
  words.map(languageByLetters(languages))

test('the language of a word is the one whose script it is written in; digits and signs are of neither', () => {
  assert.deepEqual(sidesOf(['ko', 'en'], ['산소', '##소', 'oxygen', '##gen', '1945', '!']), [
    'ko',
    'ko',
    'en',
    'en',
    undefined,
    undefined,
  ])
  assert.deepEqual(sidesOf(['ja', 'en'], ['水素', 'すいそ', 'スイソ', 'hydrogen']), ['ja', 'ja', 'ja', 'en'])
  assert.deepEqual(sidesOf(['ru', 'ko'], ['вода', '물', 'water']), ['ru', 'ko', undefined])
})

test('letters that both languages have tell nothing', () => {
  assert.deepEqual(sidesOf(['de', 'en'], ['Wasser', 'water']), [undefined, undefined])
  assert.deepEqual(sidesOf(['ja', 'zh'], ['水', 'みず']), [undefined, 'ja'])
})

test('the key of a language in a file leads back to its code', () => {
  for (const code of ['ko', 'en', 'ja', 'de', 'he', 'zh', 'ceb', 'arz'])
    assert.equal(languageOfKey(languageKey(code)), code)
  assert.equal(languageOfKey('simple'), 'simple')
  assert.equal(languageName('ja'), 'Japanese')
})
