import assert from 'node:assert/strict'
import { test } from 'node:test'
import { trainLetterVocabulary } from '../../language/letter-vocabulary.ts'
import { Tokenizer } from '../../language/tokenizer.ts'
import { serialiseTokenizer, tokenizerFile } from '../../language/tokenizer-file.ts'
import { collate } from '../../model/batch.ts'
import { trainingBatches } from '../../model/batches.ts'
import { Randomness } from '../../model/randomness.ts'
import { TrainingEngine } from '../../model/training-engine.ts'
import { toyExamples, toySettings, toyTokenizerJson } from './toy.ts'

const tokenizer = Tokenizer.parse(toyTokenizerJson)
const pairsOnly = { ...toySettings, batch: { ...toySettings.batch, pairsOnly: true } }
const eight = toyExamples.filter((_, i) => i % 2 === 0).slice(0, 8)

const firstStep = async (settings: typeof toySettings) => {
  const engine = TrainingEngine.start(settings, tokenizer, 1)
  const report = await engine.step(eight)
  await engine.close()
  return report
}

const { losses } = toySettings

test('a step on pairs alone has the cross-lingual losses of a step with documents', async () => {
  // Calibration looks at other texts, so both start where nothing is to be lowered.
  const wide = { ...toySettings, initialActiveTerms: 1000 }
  const [full, alone] = [await firstStep(wide), await firstStep({ ...wide, batch: { ...wide.batch, pairsOnly: true } })]
  for (const part of ['alignment', 'contrast', 'activation', 'crossLingual'] as const) {
    assert.ok(Math.abs(full[part] - alone[part]) <= 1e-5 * Math.max(1, full[part]), part)
  }
  assert.equal(alone.ranking, 0)
  assert.equal(alone.activeTermsLong, 0)
  assert.equal(alone.activeTerms, alone.activeTermsShort)
  const { alphaRanking, betaCrossLingual } = toySettings.losses
  const expected = betaCrossLingual * alone.crossLingual + alone.sparsityWeight * alone.sparsity
  assert.ok(alphaRanking > 0 && Math.abs(alone.loss - expected) < 1e-4)
})

test('calibration for pairs looks at their terms, not at the documents', async () => {
  const { activeTerms } = await firstStep({ ...pairsOnly, initialActiveTerms: 5 })
  assert.ok(Math.abs(activeTerms - 5) < 1.5, `${activeTerms}`)
})

test('pairs alone teach the toy world its translations', async () => {
  const engine = TrainingEngine.start(pairsOnly, tokenizer, 1)
  const contrasts: number[] = []
  for (const batch of trainingBatches(toyExamples, { seed: 1, batchSize: 8, epochs: 20 })) {
    contrasts.push((await engine.step(batch)).contrast)
  }
  await engine.close()
  assert.ok(contrasts.at(-1)! < contrasts[0]! / 10, `${contrasts[0]} to ${contrasts.at(-1)}`)
})

test('[MASK] hides about the wanted share of the tokens, other ones each time, and never the frame or the padding', () => {
  const settings = { ...toySettings.batch, hiddenShare: 0.4 }
  const randomness = new Randomness(3)
  const idsOf = () =>
    Array.from(
      collate(toyExamples.slice(0, 8), { tokenizer, settings, losses, randomness }).feeds.long_ids!.data,
      Number,
    )
  const whole = Array.from(
    collate(toyExamples.slice(0, 8), { tokenizer, settings: toySettings.batch, losses, randomness }).feeds.long_ids!
      .data,
    Number,
  )
  const { cls, sep, pad, mask } = tokenizer.special
  let [hidden, all] = [0, 0]
  const draws = Array.from({ length: 50 }, idsOf)
  for (const ids of draws) {
    for (const [at, id] of ids.entries()) {
      if ([cls, sep, pad].includes(whole[at]!)) assert.equal(id, whole[at])
      else {
        all++
        if (id === mask) hidden++
        else assert.equal(id, whole[at])
      }
    }
  }
  assert.ok(Math.abs(hidden / all - 0.4) < 0.05, `${hidden} of ${all}`)
  assert.notDeepEqual(draws[0], draws[1])
})

test('nothing is drawn where nothing is hidden', () => {
  const randomness = new Randomness(3)
  collate(eight, { tokenizer, settings: pairsOnly.batch, losses, randomness })
  const reference = new Randomness(3)
  for (const _ of eight) reference.below(1)
  assert.equal(randomness.state, reference.state)
})

test('where triples of letters are entries, both sides of a pair are asked for those of the Latin one', () => {
  const names = [['칸트', 'Kant'] as const]
  const tokens = trainLetterVocabulary(names.flat(), { minLetterCount: 1, grams: 50 })
  const letters = Tokenizer.parse(serialiseTokenizer(tokenizerFile(tokens, 16, { letters: true })))
  const settings = { ...pairsOnly.batch, queryLengths: [8], synonymTargets: 6 }
  const example = { query: '', positive_doc: '', negative_docs: [], synonym_pairs: names }
  const { feeds, shape } = collate([example], { tokenizer: letters, settings, losses, randomness: new Randomness(1) })
  const targetsOf = (row: number) =>
    Array.from(feeds.target_tokens!.data, Number)
      .slice(row * 6, row * 6 + 6)
      .filter((_, at) => Number(feeds.target_weights!.data[row * 6 + at]) > 0)
      .map((id) => letters.decodeToken(id))
  const expected = ['^ka', '~kan', '~ant', 'nt$']
  assert.deepEqual([targetsOf(0), targetsOf(shape.examples)], [expected, expected])
  assert.equal(feeds.long_ids, undefined)
})
