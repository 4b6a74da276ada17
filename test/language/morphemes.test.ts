import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadMorphemes } from '../../language/morphemes.ts'

test('particles and endings are parted from names and stems, each at its place', async () => {
  const text = '𝄞 알베르트 아인슈타인은 서울특별시에서 상대성이론을 발표하였다.'
  const morphemes = (await loadMorphemes()).morphemesOf(text)
  const tagged = morphemes.map((morpheme) => `${morpheme.text}/${morpheme.tag}`)
  for (const expected of ['아인슈타인/NNP', '은/JX', '서울특별시/NNP', '에서/JKB', '을/JKO', '발표/NNG']) {
    assert.ok(tagged.includes(expected), `${expected} in ${tagged.join(' ')}`)
  }
  assert.ok(morphemes.every((morpheme) => text.startsWith(morpheme.text, morpheme.at)))
})

test('the analyser is loaded once', () => {
  assert.equal(loadMorphemes(), loadMorphemes())
})
