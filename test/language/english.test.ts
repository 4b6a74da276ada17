import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { englishStemmer, englishWords, isInflectionOf } from '../../language/english.ts'

test('words lie where they are said to, and keep their apostrophes and points', () => {
  const text = "Don't pay $3.14 for J. S. Bach's well-known 𝄞 fugue."
  const words = englishWords(text)
  assert.deepEqual(
    words.map((word) => word.text),
    ["Don't", 'pay', '3.14', 'for', 'J', 'S', "Bach's", 'well', 'known', 'fugue'],
  )
  assert.ok(words.every((word) => text.startsWith(word.text, word.at)))
})

test('stems are those of the Snowball project', () => {
  const stems: { [word: string]: string } = JSON.parse(
    readFileSync(new URL('reference/stems.json', import.meta.url), 'utf8'),
  )
  const { stemOf } = englishStemmer()
  for (const [word, stem] of Object.entries(stems)) assert.equal(stemOf(word), stem, word)
  assert.ok(Object.keys(stems).length > 200)
})

test('an inflection differs in the end of its last word only', () => {
  const stemmer = englishStemmer()
  for (const [name, title] of [
    ['dogs', 'Dog'],
    ['Neural networks', 'Neural network'],
    ['universities', 'University'],
    ['Programming', 'Program'],
  ] as const)
    assert.ok(isInflectionOf(name, title, stemmer), name)
  for (const [name, title] of [
    ['Dog', 'Dog'],
    ['Neural net', 'Neural network'],
    ['Networks, neural', 'Neural network'],
    ['Hound', 'Dog'],
    ['Germany', 'German'],
  ] as const)
    assert.ok(!isInflectionOf(name, title, stemmer), name)
})
