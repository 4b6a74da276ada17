import assert from 'node:assert/strict'
import { test } from 'node:test'
import { whyNotAName } from '../../language/name.ts'

test('names are names, also those that look like something else', () => {
  const names =
    '물|서울특별시|C++|K2|이란|나라|IT|US|WHO|우리은행|그리스|이순신|다음 달|Here Comes the Sun|Theremin|지도|사진|Map|3M|그린란드|저항|너구리'
  for (const name of names.split('|')) assert.equal(whyNotAName(name), undefined, name)
})

test('pronouns and what points elsewhere are none, with their particles', () => {
  const pointers =
    '이것|그것은|이들의|그녀가|그는|그의|자신을|여기에서|이곳으로|전자는|자세히 보기|이 문서|공식 홈페이지|he|Him|they|this|These|here|see also|the latter|official website'
  for (const text of pointers.split('|')) assert.equal(whyNotAName(text), 'not_a_name', text)
})

test('times and lists have reasons of their own', () => {
  for (const text of ['1984년', '3월 1일', '12세기', '1990s', '5th century', 'March 1', '기원전 3세기']) {
    assert.equal(whyNotAName(text), 'name_of_time', text)
  }
  for (const text of ['List of rivers', '나라 목록', 'Outline of physics']) {
    assert.equal(whyNotAName(text), 'name_of_list', text)
  }
})

test('what is empty, without a letter, or too long is no name', () => {
  for (const text of ['', ' ', '!!!', '가'.repeat(86), 'a b c d e f g h i']) {
    assert.equal(whyNotAName(text), 'not_a_name', text)
  }
})
