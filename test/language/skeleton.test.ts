import assert from 'node:assert/strict'
import { test } from 'node:test'
import { editsBetween, likenessOf, skeletonOf, startsWithVowel, syllablesOf } from '../../language/skeleton.ts'

const sound = (name: string) => skeletonOf(name).join(' ')

test('a name and its transliteration sound the same, another name does not', () => {
  for (const [korean, english] of [
    ['베를린', 'Berlin'],
    ['아인슈타인', 'Einstein'],
    ['차이콥스키', 'Tchaikovsky'],
    ['헤르체고비나', 'Herzegovina'],
  ] as const) {
    assert.equal(likenessOf(sound(korean), sound(english)), 1, korean)
  }
  assert.ok(likenessOf(sound('베를린'), sound('Hamburg')) < 0.5)
})

test('likeness is one less the edits for each sign of the longer, and nothing where the first signs differ', () => {
  assert.equal(likenessOf('PLLN', 'PLN'), 0.75)
  assert.equal(likenessOf('KPLLN', 'PLLN'), 0)
  assert.equal(likenessOf('P', 'PLLN'), 0)
  assert.equal(likenessOf('', ''), 0)
})

test('edits are those of the textbook', () => {
  assert.equal(editsBetween('kitten', 'sitting'), 3)
  assert.equal(editsBetween('saturday', 'sunday'), 3)
  assert.equal(editsBetween('', 'abc'), 3)
  assert.equal(editsBetween('same', 'same'), 0)
})

test('syllables are those of Hangul and groups of vowels, and a silent ieung is a vowel at the start', () => {
  assert.deepEqual(['나고야', 'Nagoya', 'Jinhae', 'Yaoundé', 'K2'].map(syllablesOf), [3, 3, 2, 2, 0])
  assert.deepEqual(['아메리카', 'America', 'Österreich', '물기', 'Berlin', ''].map(startsWithVowel), [
    ...[true, true, true],
    ...[false, false, false],
  ])
})
