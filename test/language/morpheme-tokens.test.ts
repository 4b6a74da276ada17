import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contentMorphemes } from '../../language/morpheme-tokens.ts'
import { loadMorphemes } from '../../language/morphemes.ts'

const tokensOf = contentMorphemes(await loadMorphemes())

test('a word is found under whatever particle or ending it stands', () => {
  for (const text of ['서울', '서울은', '서울에서는', '매우 서울을', '서울!'])
    assert.deepEqual(tokensOf(text), ['서울'], text)
  const [stem] = tokensOf('먹었다')
  assert.deepEqual(tokensOf('먹는다')[0], stem)
})

test('words of other languages stay whole, in lower case and one width', () => {
  assert.deepEqual(tokensOf('Neural Networks, 2nd'), ['neural', 'networks', '2nd'])
  assert.deepEqual(tokensOf('ＡＩ는 수도'), ['ai', '수도'])
})
