import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { foldWidth, lowerCase, scriptOf } from '../../language/letters.ts'
import { foldTitle, splitQualifier } from '../../language/title.ts'

const sameKey: readonly (readonly string[])[] = [
  ['인공 지능', '인공지능', '인공_지능', '인공-지능', '\u110B\u1175\u11AB\u1100\u1169\u11BC지능'],
  ['New York', 'new_york', ' NEW  YORK ', 'Ｎｅｗ　Ｙｏｒｋ', 'New–York'],
  ['IT 기업', 'it기업'],
  ["O'Brien", 'O’Brien', 'obrien'],
  ['U.S.', 'US'],
  ['Node.js', 'nodejs'],
  ['ΟΔΟΣ', 'οδος', 'οδοσ'],
  ['한·일 관계', '한일 관계'],
  ['ガンダム', 'ｶﾞﾝﾀﾞﾑ'],
]
const ownKey: readonly (readonly string[])[] = [
  ['C', 'C++', 'C#'],
  ['New York', 'Newyork'],
  ['e', 'é'],
  ['x2', 'x²'],
  ['!', '!!!'],
  ['3.14', '314'],
  ['Mercury (planet)', 'Mercury'],
]

test('spellings of one name have one key', () => {
  for (const names of sameKey) assert.deepEqual([...new Set(names.map(foldTitle))].length, 1, names.join(' | '))
})

test('different names keep different keys', () => {
  for (const names of ownKey) assert.equal(new Set(names.map(foldTitle)).size, names.length, names.join(' | '))
})

test('a key is its own key, in NFC, and not empty unless the title is blank', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({
      unit: fc.constantFrom('가', '각', 'ᄀ', 'ᅡ', 'ᆨ', ' ', '_', '-', '.', "'", 'a', 'Σ', 'ｶ', 'ﾞ', '(', '!'),
    }),
  )
  fc.assert(
    fc.property(text, (title) => {
      const key = foldTitle(title)
      assert.equal(foldTitle(key), key)
      assert.equal(key.normalize('NFC'), key)
      assert.equal(key === '', /^[\s\p{Z}_]*$/u.test(foldWidth(title)), JSON.stringify(title))
    }),
    { numRuns: 5000 },
  )
})

test('the qualifier is parted from the name, with either kind of bracket', () => {
  assert.deepEqual(splitQualifier('서울 (동음이의)'), { name: '서울', qualifier: '동음이의' })
  assert.deepEqual(splitQualifier('Mercury_(planet)'), { name: 'Mercury', qualifier: 'planet' })
  assert.deepEqual(splitQualifier('수성 （행성）'), { name: '수성', qualifier: '행성' })
  assert.deepEqual(splitQualifier('F(x) (group)'), { name: 'F(x)', qualifier: 'group' })
})

test('brackets that belong to the name stay', () => {
  for (const title of ['f(x)', '(G)I-dle', '(500) Days of Summer', '(planet)', 'A ()', '서울'])
    assert.deepEqual(splitQualifier(title), { name: title })
})

test('the script is that of the letters', () => {
  const scripts = ['서울 2024', 'Seoul!', '漢字', 'K팝', 'Москва', '123', '漢字어', 'Seoulа'].map(scriptOf)
  assert.deepEqual(scripts, ['hangul', 'latin', 'han', 'mixed', 'other', 'other', 'mixed', 'mixed'])
})

test('lower case does not look at neighbours', () => {
  assert.equal(lowerCase('ΟΔΟΣ'), 'οδοσ')
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
      assert.equal(lowerCase(a) + lowerCase(b), lowerCase(a + b))
    }),
  )
})
