import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { Tokenizer } from '../../language/tokenizer.ts'
import { collate, type TrainingExample } from '../../model/batch.ts'
import { trainingBatches } from '../../model/batches.ts'
import { readCheckpoint, writeCheckpoint } from '../../model/checkpoint.ts'
import { inverseDocumentFrequencies } from '../../model/idf.ts'
import { Randomness } from '../../model/randomness.ts'
import type { LossSettings } from '../../model/settings.ts'
import type { SparseVector } from '../../model/sparse-vector.ts'
import { TrainingEngine } from '../../model/training-engine.ts'
import { toyExamples, toySettings, toyTokenizerJson } from './toy.ts'

const tokenizer = Tokenizer.parse(toyTokenizerJson)
const { batch, losses } = toySettings

/** Sentences of the two languages about the same word, as the leads of linked pages. */
const leadPairs = toyExamples.flatMap(({ positive_doc, negative_docs }, i): TrainingExample[] => {
  const lead = toyExamples[i + 1]?.positive_doc
  return i % 2 === 1 || lead === undefined
    ? []
    : [{ query: lead, positive_doc, negative_docs, synonym_pairs: [], linked_lead: lead }]
})

const collated = (examples: readonly TrainingExample[], alignedLeads: number, shares: Partial<LossSettings> = {}) =>
  collate(examples, {
    ...{ tokenizer, randomness: new Randomness(1) },
    ...{ settings: { ...batch, alignedLeads }, losses: { ...losses, ...shares } },
  })

test('leads stand behind the documents, each with the row of the document that it is aligned with', () => {
  const examples = [toyExamples[0]!, leadPairs[1]!, toyExamples[2]!, leadPairs[2]!]
  const { feeds, shape } = collated(examples, 3)
  assert.equal(shape.leads, 3)
  assert.deepEqual([...feeds.lead_mates!.data], [1n, 3n, 0n])
  const documents = shape.examples * 2
  assert.deepEqual(feeds.long_ids!.shape, [documents + 3, shape.documentLength])
  assert.deepEqual([...feeds.document_present!.data].slice(documents), [1, 1, 0])
  const rowOf = (row: number) =>
    Array.from(feeds.long_ids!.data.slice(row * shape.documentLength, (row + 1) * shape.documentLength), Number)
  for (const [at, { linked_lead = '' }] of [leadPairs[1]!, leadPairs[2]!].entries()) {
    const expected = tokenizer.encode(linked_lead, shape.documentLength)
    assert.deepEqual(rowOf(documents + at).slice(0, expected.length), expected)
  }
})

test('of more leads than rows the first ones are aligned; without leads, or without a share, there are no rows', () => {
  const { shape, feeds } = collated(leadPairs.slice(0, 5), 2)
  assert.equal(shape.leads, 2)
  assert.deepEqual([...feeds.lead_mates!.data], [0n, 1n])
  for (const none of [
    collated(toyExamples.slice(0, 4), 2),
    collated(leadPairs.slice(0, 5), 2, { leadAlignmentShare: 0 }),
  ]) {
    assert.equal(none.shape.leads, 0)
    assert.equal(none.feeds.lead_mates, undefined)
    assert.deepEqual(none.feeds.document_present!.shape, [2 * none.shape.examples])
  }
})

test('a lead is no rival of a document and no document of its own: ranking is the same with it and without', async () => {
  const first = async (leadAlignmentShare: number) => {
    const settings = { ...toySettings, losses: { ...losses, leadAlignmentShare }, initialActiveTerms: 1000 }
    const engine = TrainingEngine.start(settings, tokenizer, 1)
    const report = await engine.step(leadPairs.slice(0, 8))
    await engine.close()
    return report
  }
  const [without, aligned] = [await first(0), await first(2)]
  assert.equal(without.leadAlignment, 0)
  assert.equal(without.crossLingual, 0)
  assert.ok(aligned.leadAlignment > 0)
  assert.ok(Math.abs(aligned.crossLingual - 2 * aligned.leadAlignment) < 1e-6)
  assert.ok(Math.abs(aligned.ranking - without.ranking) < 1e-5 * without.ranking)
})

/** Squared error of a pair over the terms that are active in either. */
function distance(a: SparseVector, b: SparseVector): number {
  const weights = new Map(Array.from(a.terms, (term, i) => [term, a.weights[i]!]))
  for (const [i, term] of b.terms.entries()) weights.set(term, (weights.get(term) ?? 0) - b.weights[i]!)
  return [...weights.values()].reduce((sum, difference) => sum + difference ** 2, 0) / Math.max(1, weights.size)
}

for (const queryEncoding of ['model', 'idf'] as const) {
  test(`aligned leads come to lie together, queries by ${queryEncoding}`, async () => {
    const idf = inverseDocumentFrequencies(
      toyExamples.map(({ positive_doc }) => positive_doc),
      tokenizer,
    )
    const distanceAfter = async (leadAlignmentShare: number) => {
      const settings = { ...toySettings, losses: { ...losses, leadAlignmentShare, queryEncoding, gammaSparsity: 0 } }
      const engine = TrainingEngine.start(settings, tokenizer, 1, { idf })
      const examples = [...leadPairs, ...toyExamples]
      for (const one of trainingBatches(examples, { seed: 3, batchSize: 8, epochs: 8 })) await engine.step(one)
      const leads = await engine.encode(leadPairs.map(({ linked_lead = '' }) => linked_lead))
      const mates = await engine.encode(leadPairs.map(({ positive_doc }) => positive_doc))
      await engine.close()
      return leads.reduce((sum, lead, i) => sum + distance(lead, mates[i]!), 0) / leads.length
    }
    const [alone, aligned] = [await distanceAfter(0), await distanceAfter(20)]
    assert.ok(aligned < alone / 2, `${alone} without, ${aligned} with`)
  })
}

test('a checkpoint from before there were aligned leads is read, with the defaults for them', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'naru-leads-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const engine = TrainingEngine.start(toySettings, tokenizer, 1)
  const content = { settings: toySettings, progress: engine.progress, tokenizerJson: toyTokenizerJson }
  const { path } = await writeCheckpoint(folder, { ...content, tensors: engine.tensors() })
  await engine.close()
  const file = join(path, 'state.json')
  const state = JSON.parse(await readFile(file, 'utf8'))
  delete state.settings.losses.leadAlignmentShare
  delete state.settings.batch.alignedLeads
  await writeFile(file, JSON.stringify(state))
  const { settings } = await readCheckpoint(path)
  assert.deepEqual(settings, toySettings)
})
