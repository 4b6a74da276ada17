import assert from 'node:assert/strict'
import { test } from 'node:test'
import { editsBetween, likenessOf, otherReadings, skeletonOf, startsWithVowel } from '../../language/skeleton.ts'

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

test('a silent ieung is a vowel at the start', () => {
  assert.deepEqual(['아메리카', 'America', 'Österreich', '물기', 'Berlin', ''].map(startsWithVowel), [
    ...[true, true, true],
    ...[false, false, false],
  ])
})

test('g before e and i is heard as Korean hears it', () => {
  for (const [korean, english] of [
    ['길', 'Gil'],
    ['헬게', 'Helge'],
    ['경주', 'Gyeongju'],
    ['조반니', 'Giovanni'],
    ['오렌지', 'Orange'],
  ] as const)
    assert.equal(sound(korean), sound(english), korean)
})

test('a spelling with two sounds is read both ways', () => {
  // Real pairs of 외래어 표기법 and of Wikidata; the first of each two is what the table hears.
  for (const [korean, english] of [
    ['스미스', 'Smith'],
    ['토머스', 'Thomas'],
    ['헬게', 'Helge'],
    ['진', 'Gene'],
    ['찰스', 'Charles'],
    ['크리스티나', 'Christina'],
  ] as const) {
    assert.ok([english, ...otherReadings(english)].map(sound).includes(sound(korean)), `${korean} ${english}`)
  }
  assert.deepEqual(otherReadings('Berlin'), [])
  assert.deepEqual(otherReadings('베를린'), [])
})
