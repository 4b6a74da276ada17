import assert from 'node:assert/strict'
import { test } from 'node:test'
import { voicesOf } from '../../confidence/voices.ts'
import type { Evidence, SynonymRule } from '../../schemas/types.ts'
import { evidenceOf } from '../services/events.ts'

const link = (wiki: string, detail: string, rule: SynonymRule = 'langlink') =>
  evidenceOf('물', 'Water', { rule, wiki, detail })
const alias = (rule: SynonymRule, set: Partial<Evidence> = {}) =>
  evidenceOf('물', 'Water', { rule, rightSurface: 'Aqua', ...set })

test('links are one voice, the strongest of them, in whichever table they stand', () => {
  const all = [link('kowiki', 'one_sided'), link('wikidatawiki', 'mutual', 'wikidata'), link('enwiki', 'inline')]
  assert.deepEqual(voicesOf(all), ['link_mutual'])
  assert.deepEqual(voicesOf([link('kowiki', ''), link('enwiki', 'inline')]), ['link_one_sided'])
})

test('another rule is a voice for each wiki, however often it is found there', () => {
  assert.deepEqual(voicesOf([alias('anchor'), alias('anchor', { pageId: 2 })]), ['anchor'])
  assert.deepEqual(voicesOf([alias('anchor'), alias('anchor', { wiki: 'enwiki' })]), ['anchor', 'anchor'])
  assert.deepEqual(voicesOf([alias('redirect'), alias('bold')]), ['bold', 'redirect'])
})

test('an alias that is the title itself counts only where there is nothing else', () => {
  const bold = evidenceOf('물', 'Water (drink)', { rule: 'bold', rightSurface: 'water' })
  assert.deepEqual(voicesOf([link('kowiki', 'mutual'), bold]), ['link_mutual'])
  assert.deepEqual(voicesOf([bold]), ['bold'])
})

test('a gloss of the title is a voice: the text names the other page by itself', () => {
  assert.deepEqual(voicesOf([link('kowiki', 'mutual'), evidenceOf('물', 'Water', { rule: 'gloss' })]), [
    'link_mutual',
    'gloss',
  ])
})
