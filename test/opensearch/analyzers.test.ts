import assert from 'node:assert/strict'
import { test } from 'node:test'
import { analyzersOf } from '../../opensearch/analyzers.ts'
import { bm25Fields } from '../../opensearch/article-index.ts'

test('a language has its own analyzer, a better one where the plugin is installed, and standard where there is none', () => {
  assert.deepEqual(analyzersOf(['ko', 'en'], []), ['cjk', 'english'])
  assert.deepEqual(analyzersOf(['ko', 'en'], ['analysis-nori']), ['nori', 'english'])
  assert.deepEqual(analyzersOf(['ja', 'zh'], ['analysis-kuromoji', 'analysis-smartcn']), ['kuromoji', 'smartcn'])
  assert.deepEqual(analyzersOf(['pl', 'uk'], ['analysis-nori']), ['standard', 'standard'])
  assert.deepEqual(analyzersOf(['pl', 'uk'], ['analysis-stempel', 'analysis-ukrainian']), ['polish', 'ukrainian'])
  assert.deepEqual(analyzersOf(['km', 'de'], []), ['standard', 'german'])
  assert.deepEqual(analyzersOf(['constructor', 'toString'], []), ['standard', 'standard'])
})

test('the field of the second language is named for its analyzer, and is none where both have the same', () => {
  const german = ['title^2', 'title.german^2', 'lead', 'lead.german']
  assert.deepEqual(bm25Fields({ analyzers: ['nori', 'german'] }), german)
  assert.deepEqual(bm25Fields({ analyzers: ['cjk', 'cjk'] }), ['title^2', 'lead'])
})
