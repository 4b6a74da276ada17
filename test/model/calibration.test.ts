import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Tokenizer } from '../../language/tokenizer.ts'
import { calibrationBias } from '../../model/calibration.ts'
import { readBaseModel } from '../../model/pretrained/base-model.ts'
import { fitBase } from '../../model/pretrained/fit-base.ts'
import { trainingSettings } from '../../model/settings.ts'
import { dot, type SparseVector } from '../../model/sparse-vector.ts'
import { TrainingEngine } from '../../model/training-engine.ts'
import { baseFolder } from './pretrained/base-folders.ts'

const base = await readBaseModel(baseFolder('bert'))
const vocabularySize = base.config.vocabularySize
const sentences = [
  '서울은 한국의 수도이다',
  'Seoul is the capital of Korea',
  '물 water',
  '산',
  '한국의 산과 강',
  'the river is water',
]
const examples = sentences.map((query) => ({ query, positive_doc: query, negative_docs: [], synonym_pairs: [] }))

/** A run whose head puts 2 to 7 on every term of every text, as trained heads do, and what it encodes once calibrated. */
async function calibrated(
  calibration: 'level' | 'terms',
  activation: 'log1p' | 'log1p-twice',
): Promise<SparseVector[]> {
  const fitted = fitBase(base, sentences, { maxLength: 16, vocabularyLimit: 200 })
  const tensors = new Map([...fitted.tensors].map(([name, { data }]) => [name, data]))
  tensors.set(
    'cls.predictions.bias',
    Float32Array.from({ length: vocabularySize }, (_, term) => 200 + ((term * 31) % 97)),
  )
  const { hiddenSize, layers, heads, feedForwardSize } = base.config
  const settings = trainingSettings.parse({
    network: { hiddenSize, layers, heads, feedForwardSize, maxLength: 16, activation },
    optimiser: { learningRate: 1e-9 },
    batch: { examples: 6, negatives: 0, queryLengths: [16], documentLengths: [16] },
    ...{ initialActiveTerms: 12, calibration, threads: 1 },
  })
  const progress = { step: 0, randomness: 1, calibrated: false, penaltyFactor: 1, updatesBefore: 0 }
  const engine = new TrainingEngine(settings, Tokenizer.parse(fitted.tokenizerJson), tensors, progress)
  await engine.step(examples)
  const vectors = await engine.encode(sentences)
  await engine.close()
  return vectors
}

const meanActive = (vectors: readonly SparseVector[]) =>
  vectors.reduce((total, { terms }) => total + terms.length, 0) / vectors.length

function meanCosine(vectors: readonly SparseVector[]): number {
  const norm = (vector: SparseVector) => Math.sqrt(dot(vector, vector)) || 1
  const pairs = vectors.flatMap((a, i) => vectors.slice(i + 1).map((b) => dot(a, b) / (norm(a) * norm(b))))
  return pairs.reduce((total, cosine) => total + cosine, 0) / pairs.length
}

for (const activation of ['log1p', 'log1p-twice'] as const) {
  test(`a head that outputs large values everywhere is brought to the wanted sparsity (${activation})`, async () => {
    const [level, terms] = [await calibrated('level', activation), await calibrated('terms', activation)]
    assert.ok(Math.abs(meanActive(level) - 12) < 2, `${meanActive(level)}`)
    assert.ok(Math.abs(meanActive(terms) - 12) < 2, `${meanActive(terms)}`)
    // One number for all leaves every text the terms with the largest bias; term by term the texts tell apart.
    assert.ok(meanCosine(level) > 0.8, `${meanCosine(level)}`)
    assert.ok(meanCosine(terms) < 0.3, `${meanCosine(terms)}`)
  })
}

test('a head that is sparse enough is left alone', () => {
  const vectors = [{ terms: Uint32Array.of(1, 4), weights: Float32Array.of(0.5, 2) }]
  const shift = calibrationBias(vectors, { wanted: 3, vocabularySize: 6, activation: 'log1p', calibration: 'level' })
  assert.deepEqual(shift, new Float32Array(6))
})
