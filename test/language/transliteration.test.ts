import assert from 'node:assert/strict'
import { test } from 'node:test'
import { soundLikeness, soundsOf } from '../../language/transliteration.ts'

function likeness(korean: string, english: string): number {
  return soundLikeness(soundsOf(korean), soundsOf(english))
}

test('what the Korean rules for foreign words write sounds like the original', () => {
  // The examples of the rules themselves: 외래어 표기법, chapters 3 and 4.
  const examples = [
    ['프랑스', 'France'],
    ['모차르트', 'Mozart'],
    ['차이콥스키', 'Chaikovsky'],
    ['컬럼버스', 'Columbus'],
    ['제임스', 'James'],
    ['나이팅게일', 'Nightingale'],
  ] as const
  for (const [korean, english] of examples) assert.ok(likeness(korean, english) >= 0.85, `${korean} ${english}`)
})

test('Korean names sound like their romanisation', () => {
  for (const [korean, english] of [
    ['세종', 'Sejong'],
    ['남산', 'Namsan'],
    ['불국사', 'Bulguksa'],
  ] as const)
    assert.ok(likeness(korean, english) >= 0.85, `${korean} ${english}`)
})

test('other vowels between the same consonants sound otherwise', () => {
  for (const [korean, english] of [
    ['연구소', 'Unix'],
    ['보륨', 'Palermo'],
  ] as const)
    assert.ok(likeness(korean, english) < 0.85, `${korean} ${english}`)
})

test('no vowel is lost but ㅡ, a silent e and the end of a diphthong, and the last one is heard best', () => {
  // Names with the same consonants that were taken for one on the sample.
  for (const [korean, english] of [
    ['산다', 'Saint'],
    ['카탈루냐', 'Catalan'],
    ['만주로', 'Manchuria'],
    ['판테온', 'Fountain'],
    ['템플', 'Templo'],
    ['로망스어', 'Romance'],
  ] as const)
    assert.ok(likeness(korean, english) < 0.85, `${korean} ${english} ${likeness(korean, english)}`)
  // Names that each of the rules would part, were it not for its exception.
  for (const [korean, english] of [
    ['템플로', 'Templo'],
    ['카탈루냐', 'Catalunya'],
    ['레온', 'Leon'],
    ['찰스', 'Charles'],
    ['린치', 'Lynch'],
    ['인도차이나', 'Indochina'],
    ['마일스', 'Miles'],
    ['알렉산더', 'Alexander'],
    ['나고야', 'Nagoya'],
    ['로댕', 'Rodin'],
  ] as const)
    assert.ok(likeness(korean, english) >= 0.85, `${korean} ${english} ${likeness(korean, english)}`)
})

test('likeness is symmetric, 1 for the same name and 0 where there is nothing to hear', () => {
  assert.equal(likeness('베를린', '베를린'), 1)
  assert.equal(likeness('베를린', 'Berlin'), likeness('Berlin', '베를린'))
  assert.equal(likeness('', ''), 0)
  assert.equal(likeness('7', '8'), 0)
})
