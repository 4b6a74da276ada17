import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import fc from 'fast-check'
import { dot, type SparseVector } from '../../model/sparse-vector.ts'
import { ConfigError, FatalError } from '../../runtime/errors.ts'
import { openFolderStore } from '../../runtime/files.ts'
import type { FileStore } from '../../runtime/ports.ts'
import { type EncodedLead, openLeadIndex, writeLeadIndex } from '../../search/lead-index.ts'

/** Above 2¹⁶ too, where ids take four bytes; quarters add up exactly, so that ties are ties. */
const vector = fc
  .uniqueArray(fc.tuple(fc.oneof(fc.nat({ max: 9 }), fc.constant(70_000)), fc.integer({ min: 1, max: 8 })), {
    selector: ([term]) => term,
    maxLength: 6,
  })
  .map((entries): SparseVector => {
    const sorted = entries.sort(([a], [b]) => a - b)
    return {
      terms: Uint32Array.from(sorted, ([term]) => term),
      weights: Float32Array.from(sorted, ([, quarters]) => quarters / 4),
    }
  })
const lead = fc.record({
  language: fc.constantFrom('ko', 'en'),
  title: fc.string({ unit: 'grapheme' }),
  lead: fc.string({ unit: 'grapheme' }),
  vector,
})

async function store(t: TestContext): Promise<{ files: FileStore; folder: string }> {
  const root = await mkdtemp(join(tmpdir(), 'naru-leads-'))
  t.after(() => rm(root, { recursive: true }))
  return { files: openFolderStore({ data: root, models: join(root, 'models') }), folder: join(root, 'search') }
}

const twoLeads: readonly EncodedLead[] = [
  {
    language: 'ko',
    title: '서울',
    lead: '서울은\n수도이다.',
    vector: { terms: Uint32Array.of(1, 5), weights: Float32Array.of(0.5, 2) },
  },
  {
    language: 'en',
    title: 'Seoul',
    lead: 'Seoul is a capital.',
    vector: { terms: Uint32Array.of(5), weights: Float32Array.of(1.25) },
  },
]

test('an index that was written and opened finds what comparing with every lead finds', async (t) => {
  const { files, folder } = await store(t)
  await fc.assert(
    fc.asyncProperty(
      fc.array(lead, { maxLength: 12 }),
      vector,
      fc.nat({ max: 14 }),
      fc.constantFrom(undefined, 'ko', 'en'),
      async (leads, query, k, language) => {
        await writeLeadIndex(files, 'search', leads)
        const index = await openLeadIndex(folder)
        const expected = leads
          .map(({ vector, ...shown }, doc) => ({ hit: { ...shown, score: dot(query, vector) }, doc }))
          .filter(({ hit }) => hit.score > 0 && (language === undefined || hit.language === language))
          .sort((a, b) => b.hit.score - a.hit.score || a.doc - b.doc)
          .slice(0, k)
          .map(({ hit }) => hit)
        assert.equal(index.documentCount, leads.length)
        assert.deepEqual(index.search(query, k, language === undefined ? {} : { language }), expected)
      },
    ),
    { numRuns: 60 },
  )
})

test('the vectors lie in the file as its description says', async (t) => {
  const { files, folder } = await store(t)
  await writeLeadIndex(files, 'search', twoLeads)
  const documents = await readFile(join(folder, 'documents.jsonl'))
  const vectors = await readFile(join(folder, 'vectors.bin'))

  const expected = Buffer.concat([
    Buffer.from('NARULEAD'),
    Buffer.from(Uint32Array.of(1, 2, 3, 2).buffer),
    createHash('sha256').update(documents).digest(),
    Buffer.from(Uint32Array.of(2, 1).buffer),
    Buffer.from(Uint16Array.of(1, 5, 5).buffer),
    Buffer.from(Float32Array.of(0.5, 2, 1.25).buffer),
  ])
  assert.deepEqual(vectors, Buffer.concat([expected, createHash('sha256').update(expected).digest()]))
  assert.equal(documents.toString().split('\n')[0], '{"language":"ko","title":"서울","lead":"서울은\\n수도이다."}')
})

test('a folder without an index is an error that says how to make one', async (t) => {
  const { folder } = await store(t)
  await assert.rejects(
    openLeadIndex(folder),
    (error) => error instanceof ConfigError && error.code === 'INDEX_MISSING' && /naru evaluate/.test(error.hint ?? ''),
  )
})

test('vectors cut off at any byte are refused with the file', async (t) => {
  const { files, folder } = await store(t)
  await writeLeadIndex(files, 'search', twoLeads)
  const file = join(folder, 'vectors.bin')
  const whole = await readFile(file)
  for (let bytes = 0; bytes < whole.length; bytes++) {
    await writeFile(file, whole.subarray(0, bytes))
    await assert.rejects(openLeadIndex(folder), (error) => {
      assert.ok(error instanceof FatalError)
      assert.equal(error.code, 'INDEX_TRUNCATED')
      assert.deepEqual(error.at, { file, byteOffset: bytes })
      return true
    })
  }
})

test('a byte that was changed anywhere in the vectors is noticed', async (t) => {
  const { files, folder } = await store(t)
  await writeLeadIndex(files, 'search', twoLeads)
  const file = join(folder, 'vectors.bin')
  const whole = await readFile(file)
  for (let at = 0; at < whole.length; at++) {
    const changed = Buffer.from(whole)
    changed[at]! ^= 0x10
    await writeFile(file, changed)
    await assert.rejects(openLeadIndex(folder), (error) => {
      assert.ok(error instanceof FatalError || error instanceof ConfigError)
      assert.match(error.code, /^INDEX_(CORRUPT|TRUNCATED|FORMAT)$/)
      return true
    })
  }
})

test('leads of another run are not paired with the vectors', async (t) => {
  const { files, folder } = await store(t)
  await writeLeadIndex(files, 'search', twoLeads)
  const vectors = await readFile(join(folder, 'vectors.bin'))
  await writeLeadIndex(files, 'search', [...twoLeads].reverse())
  await writeFile(join(folder, 'vectors.bin'), vectors)
  await assert.rejects(openLeadIndex(folder), (error) => {
    assert.ok(error instanceof FatalError)
    assert.equal(error.code, 'INDEX_CORRUPT')
    assert.deepEqual(error.at, { file: join(folder, 'documents.jsonl') })
    return true
  })
})
