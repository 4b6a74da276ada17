import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { parse } from 'yaml'
import { trainingSettingsOf as experimentSettings, readSettings } from '../../bench/experiment/settings.ts'
import { packageRoot } from '../../runtime/package-root.ts'
import { settings, trainingSettingsOf } from '../../services/10-trainer/settings.ts'

const folder = join(packageRoot, 'config')
const read = (file: string) => {
  const { model, training } = parse(readFileSync(join(folder, file), 'utf8'))
  return settings.parse({ model, training })
}

for (const file of readdirSync(folder)) {
  test(`config/${file} is a training that can be begun`, () => {
    assert.ok(trainingSettingsOf(read(file), 1000).optimiser.totalSteps === 1000)
  })
}

test('the second phase begins with the first, presses harder and moves less', () => {
  const [learn, compress] = [read('learn_config.yaml'), read('compress_config.yaml')]
  assert.equal(compress.model.base, `./phases/learn/models/checkpoints/${learn.model.name}`)
  assert.equal(compress.model.max_length, learn.model.max_length)
  assert.ok(compress.training.gamma_sparsity > learn.training.gamma_sparsity)
  assert.ok(compress.training.learning_rate < learn.training.learning_rate)
})

test('the recipe for names in the pipeline is that of the experiment', () => {
  const experiment = experimentSettings(readSettings(join(folder, 'experiment_10k.yaml'), []))
  const { model, ...rest } = read('names_config.yaml')
  const pipeline = trainingSettingsOf({ model, ...rest }, experiment.optimiser.totalSteps)
  // The experiment says nothing of negatives: its pairs have none.
  assert.deepEqual({ ...pipeline, batch: { ...pipeline.batch, negatives: experiment.batch.negatives } }, experiment)
  const { letterGrams, minLetterCount } = readSettings(join(folder, 'experiment_10k.yaml'), [])
  assert.deepEqual(
    [model.vocabulary, model.letter_triples, model.min_letter_count],
    ['letters', letterGrams, minLetterCount],
  )
})
