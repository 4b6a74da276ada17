import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Tokenizer } from '../../language/tokenizer.ts'
import { tokenRows } from '../../model/batch.ts'
import { trainingBatches } from '../../model/batches.ts'
import { cpuExecution, type Execution } from '../../model/execution.ts'
import { Graph } from '../../model/graph/graph.ts'
import { GraphSession } from '../../model/graph/session.ts'
import { idfQuery, idfVectors, inverseDocumentFrequencies } from '../../model/idf.ts'
import { dot, type SparseVector, sparseRows } from '../../model/sparse-vector.ts'
import { TrainingEngine } from '../../model/training-engine.ts'
import { toyExamples, toySettings, toyTitles, toyTokenizerJson } from './toy.ts'

const tokenizer = Tokenizer.parse(toyTokenizerJson)
const order = { seed: 3, batchSize: toySettings.batch.examples, epochs: 20 }

/** Share of queries whose own document scores highest, ties lost. */
function hitRate(queries: readonly SparseVector[], documents: readonly SparseVector[]): number {
  const hits = queries.filter((query, i) => {
    const scores = documents.map((document) => dot(query, document))
    return scores.every((score, j) => j === i || score < scores[i]!)
  })
  return hits.length / queries.length
}

test('sixty steps teach a toy world: the loss falls and each title finds its translation', async () => {
  const engine = TrainingEngine.start(toySettings, tokenizer, 1)
  const losses: number[] = []
  let activeTerms = 0
  for (const batch of trainingBatches(toyExamples, order)) {
    const report = await engine.step(batch)
    losses.push(report.loss)
    activeTerms = report.activeTerms
  }
  const [korean, english] = [await engine.encode(toyTitles.korean), await engine.encode(toyTitles.english)]
  await engine.close()
  assert.equal(losses.length, 60)
  assert.ok(losses.at(-1)! < losses[0]! / 2, `${losses[0]} to ${losses.at(-1)}`)
  assert.equal(hitRate(korean, english), 1)
  assert.equal(hitRate(english, korean), 1)
  assert.ok(activeTerms < 8, `${activeTerms} of ${tokenizer.vocabularySize} terms are active`)
})

test('the first batch calibrates the head to the wanted number of active terms', async () => {
  const engine = TrainingEngine.start({ ...toySettings, initialActiveTerms: 5 }, tokenizer, 1)
  const { activeTerms } = await engine.step(toyExamples.slice(0, 8))
  await engine.close()
  assert.ok(Math.abs(activeTerms - 5) < 1.5, `${activeTerms}`)
})

test('rows that fill up a batch change no loss', async () => {
  const losses = async (examples: number) => {
    const engine = TrainingEngine.start({ ...toySettings, batch: { ...toySettings.batch, examples } }, tokenizer, 1)
    const { loss, ranking, crossLingual, sparsity, gradientNorm } = await engine.step(toyExamples.slice(0, 3))
    await engine.close()
    return [loss, ranking, crossLingual, sparsity, gradientNorm]
  }
  const [full, filled] = [await losses(3), await losses(8)]
  for (const [i, value] of full.entries()) assert.ok(Math.abs(value - filled[i]!) <= 1e-5 * Math.max(1, value))
})

test('an example without synonyms or negatives trains the ranking alone', async () => {
  const engine = TrainingEngine.start(toySettings, tokenizer, 1)
  const bare = toyExamples.slice(0, 4).map((example) => ({ ...example, negative_docs: [], synonym_pairs: [] }))
  const report = await engine.step(bare)
  await engine.close()
  assert.ok(report.ranking > 0)
  assert.equal(report.crossLingual, 0)
})

test('texts are encoded alike whatever stands beside them', async () => {
  const engine = TrainingEngine.start(toySettings, tokenizer, 1)
  await engine.step(toyExamples.slice(0, 8))
  const texts = ['물', 'the mountain is a thing', '말은 것 이다']
  const together = await engine.encode(texts)
  for (const [i, text] of texts.entries()) {
    const [alone] = await engine.encode([text])
    assert.deepEqual(alone!.terms, together[i]!.terms)
    for (const [k, weight] of alone!.weights.entries()) assert.ok(Math.abs(weight - together[i]!.weights[k]!) < 1e-6)
  }
  await engine.close()
})

test('the same seed gives the same losses to the bit, another seed others', async () => {
  const firstLosses = async (seed: number) => {
    const engine = TrainingEngine.start(toySettings, tokenizer, seed)
    const losses = [await engine.step(toyExamples.slice(0, 8)), await engine.step(toyExamples.slice(8, 16))]
    await engine.close()
    return losses.map(({ loss }) => loss)
  }
  assert.deepEqual(await firstLosses(1), await firstLosses(1))
  assert.notDeepEqual(await firstLosses(1), await firstLosses(2))
})

const documents = toyExamples.map(({ positive_doc }) => positive_doc)
const idf = inverseDocumentFrequencies(documents, tokenizer)

test('with queries by IDF the documents alone learn to find them', async () => {
  const losses = { ...toySettings.losses, queryEncoding: 'idf' as const, idfPenalty: 1, activeTarget: 2 }
  const engine = TrainingEngine.start({ ...toySettings, losses }, tokenizer, 1, { idf })
  for (const batch of trainingBatches(toyExamples, order)) await engine.step(batch)
  const encoded = await engine.encode(documents)
  await engine.close()
  const queries = toyExamples.map(({ query }) => idfQuery(query, tokenizer, idf))
  assert.ok(hitRate(queries, encoded) > 0.9, `${hitRate(queries, encoded)}`)
})

test('the graph and the look-up give a query the same vector', async () => {
  const graph = new Graph()
  const texts = ['물 water 물', '산은']
  const { ids, mask, rows, length } = tokenRows(texts, tokenizer, [8])
  const shape = [rows, length]
  const seen = new Set<string>()
  const first = Float32Array.from(ids, (id, at) => {
    const key = `${Math.floor(at / length)}:${id}`
    const isFirst = mask[at] === 1n && !seen.has(key)
    seen.add(key)
    return isFirst ? 1 : 0
  })
  const output = idfVectors(
    graph.input('ids', 'i64', shape),
    graph.input('first', 'f32', shape),
    graph.constant(idf, [idf.length]),
  )
  const session = await GraphSession.open({ outputs: { output } }, { threads: 1 })
  const values = await session.run({ ids: { data: ids, shape }, first: { data: first, shape } })
  await session.close()
  assert.ok(values.output instanceof Float32Array)
  assert.deepEqual(
    sparseRows(values.output, idf.length),
    texts.map((text) => idfQuery(text, tokenizer, idf)),
  )
})

test('a long query is read as far as a document is', () => {
  const fits = Array.from({ length: tokenizer.maxLength - 2 }, () => 'water').join(' ')
  assert.deepEqual(idfQuery(`${fits} fire`, tokenizer, idf), idfQuery(fits, tokenizer, idf))
})

test('a rare term has a higher IDF than a frequent one, special tokens none', () => {
  const of = (token: string) => idf[tokenizer.find(token)!]!
  assert.ok(of('water') > of('the'))
  // "the" is in half of 24 documents: ln(1 + (24 − 12 + ½) / (12 + ½)).
  assert.ok(Math.abs(of('the') - Math.log(2)) < 1e-6)
  assert.equal(of('[CLS]'), 0)
})

for (const distillation of ['margin-mse', 'kl'] as const) {
  test(`a teacher's scores are followed by ${distillation}`, async () => {
    const losses = { ...toySettings.losses, distillation, deltaDistillation: 1, alphaRanking: 0, betaCrossLingual: 0 }
    const engine = TrainingEngine.start({ ...toySettings, losses }, tokenizer, 1)
    const taught = toyExamples.slice(0, 8).map((example) => ({ ...example, teacher_scores: [6, 1] }))
    const distances: number[] = []
    for (let step = 0; step < 40; step++) distances.push((await engine.step(taught)).distillation)
    await engine.close()
    assert.ok(distances.at(-1)! < distances[0]! / 4, `${distances[0]} to ${distances.at(-1)}`)
  })
}

test('steps handed over at once give the losses of steps one by one, also where lengths change between them', async () => {
  const batches = [...trainingBatches(toyExamples, { ...order, epochs: 2 })]
  const settings = { ...toySettings, batch: { ...toySettings.batch, documentLengths: [6, 8] } }
  const losses = async (atOnce: number) => {
    const execution = { ...cpuExecution, stepsPerRun: atOnce }
    const engine = TrainingEngine.start(settings, tokenizer, 1, { execution })
    const reports = []
    for (let at = 0; at < batches.length; at += atOnce) {
      reports.push(...(await engine.steps(batches.slice(at, at + atOnce))))
    }
    await engine.close()
    return reports
  }
  const [single, together] = [await losses(1), await losses(4)]
  assert.equal(single.length, batches.length)
  assert.deepEqual(together, single)
})

test('a run begun on one engine layout goes on on another', async () => {
  const [first = [], second = []] = trainingBatches(toyExamples, { ...order, epochs: 1 })
  const packed = { ...cpuExecution, packedValues: 1e6, stepsPerRun: 2 }
  const lossAfter = async (early: Execution, late: Execution) => {
    const begun = TrainingEngine.start(toySettings, tokenizer, 1, { execution: early })
    await begun.step(first)
    const stored = new Map([...begun.tensors()].map(([name, { data }]) => [name, data.slice()]))
    await begun.close()
    const resumed = new TrainingEngine(toySettings, tokenizer, stored, begun.progress, { execution: late })
    const { loss } = await resumed.step(second)
    await resumed.close()
    return loss
  }
  const whole = await lossAfter(cpuExecution, cpuExecution)
  assert.ok(Math.abs((await lossAfter(cpuExecution, packed)) - whole) <= 1e-5 * whole)
  assert.ok(Math.abs((await lossAfter(packed, cpuExecution)) - whole) <= 1e-5 * whole)
})
