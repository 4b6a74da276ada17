import assert from 'node:assert/strict'
import { test } from 'node:test'
import { evidenceAddress } from '../../wiki/addresses.ts'

/** The forms of address that MediaWiki documents: Help:Permanent link, Manual:Parameters to index.php, Wikidata:Identifiers. */
test('evidence has the address of its revision, or of its page where the revision is not known', () => {
  assert.equal(evidenceAddress('kowiki', 5, 4321), 'https://ko.wikipedia.org/w/index.php?oldid=4321')
  assert.equal(evidenceAddress('kowiki', 5, 0), 'https://ko.wikipedia.org/w/index.php?curid=5')
  assert.equal(evidenceAddress('zh_min_nanwiki', 5, 0), 'https://zh-min-nan.wikipedia.org/w/index.php?curid=5')
  assert.equal(evidenceAddress('enwiktionary', 5, 9), 'https://en.wiktionary.org/w/index.php?oldid=9')
})

test('a Wikidata item has the address of the item', () => {
  assert.equal(evidenceAddress('wikidatawiki', 8684, 0), 'https://www.wikidata.org/wiki/Q8684')
})

test('a line of an existing list has no address', () => {
  assert.equal(evidenceAddress('file:enwiki', 5, 0), undefined)
  assert.equal(evidenceAddress('file:list.tsv', 5, 0), undefined)
})
