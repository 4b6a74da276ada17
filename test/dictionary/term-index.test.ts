import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { nearestTerms } from '../../dictionary/nearest.ts'
import { type IndexedTerm, indexKey, lookUp } from '../../dictionary/term-index.ts'

const folder = mkdtempSync(join(tmpdir(), 'naru-index-'))
after(() => rmSync(folder, { recursive: true, force: true }))
let files = 0

/** An index of the terms, sorted by bytes as synonym-writer's table is. */
function indexOf(terms: readonly IndexedTerm[]): string {
  const lines = terms.map((term) => Buffer.from(`${indexKey(term)}\t${term.bytes}\n`)).sort(Buffer.compare)
  const file = join(folder, `${files++}.tsv`)
  writeFileSync(file, Buffer.concat(lines))
  return file
}

const term = (folded: string, offset = 2, language = 'ko'): IndexedTerm => ({ folded, language, offset, bytes: 7 })

test('a term is found among those that begin like it, in every language and place', async () => {
  const file = indexOf([
    term('물'),
    term('물고기'),
    term('물', 30),
    term('물', 5, 'en'),
    term('무'),
    term('a'),
    term('힣'),
  ])
  assert.deepEqual(await lookUp(file, '물'), [term('물', 5, 'en'), term('물'), term('물', 30)])
  for (const known of ['물고기', '무', 'a', '힣']) assert.deepEqual(await lookUp(file, known), [term(known)])
  for (const unknown of ['', '물고', 'b', '힣힣', 'zz']) assert.deepEqual(await lookUp(file, unknown), [])
  assert.deepEqual(await lookUp(indexOf([]), '물'), [])
})

test('of any set of terms, each is found and no other', async () => {
  // Longer than the window that is read at a look, together; letters of one to four bytes.
  const folded = fc.string({ unit: fc.constantFrom(...'ab 가나힣😀é'), minLength: 1, maxLength: 60 })
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(folded, { minLength: 1, maxLength: 120 }),
      fc.array(folded),
      async (terms, others) => {
        const file = indexOf(terms.map((one, at) => term(one, at)))
        for (const [at, one] of terms.entries()) assert.deepEqual(await lookUp(file, one), [term(one, at)])
        for (const other of others) if (!terms.includes(other)) assert.deepEqual(await lookUp(file, other), [])
      },
    ),
    { numRuns: 25, seed: 5 },
  )
})

test('the nearest terms differ in the fewest letters, Hangul by jamo, or begin with what was asked for', async () => {
  const terms = ['데이터', '데이터베이스', '데이트', '이데아', '서울', 'data', 'date', 'oxygen', 'oxygen tank']
  const file = indexOf(terms.map((one, at) => term(one, at)))
  assert.deepEqual(await nearestTerms(file, '데이타', 2), ['데이터', '데이트'])
  assert.deepEqual(await nearestTerms(file, 'oxigen', 5), ['oxygen'])
  assert.deepEqual(await nearestTerms(file, 'oxyg', 5), ['oxygen', 'oxygen tank'])
  assert.deepEqual(await nearestTerms(file, '컴퓨터', 5), [])
})
