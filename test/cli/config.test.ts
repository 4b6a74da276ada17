import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { naru } from './command-line.ts'

const folder = mkdtempSync(join(tmpdir(), 'naru-config-'))
after(() => rmSync(folder, { recursive: true }))

test('config show names for each setting the flag, variable, file or default that it comes from', async () => {
  const file = join(folder, 'mine.yaml')
  writeFileSync(file, 'training: { epochs: 4, seed: 1, batch_size: 16, query_lengths: [4, 8] }\n')
  const { code, stdout } = await naru(
    ['config', 'show', 'trainer.training', '--json', '--config', file, '--seed', '9'],
    { NARU_TRAINER__TRAINING__EPOCHS: '5', NARU_TRAINER__TRAINING__SEED: '7' },
  )
  assert.equal(code, 0)
  const shown: { key: string; value: unknown; origin: string }[] = JSON.parse(stdout)
  const of = (name: string) => {
    const { value, origin } = shown.find(({ key }) => key === `trainer.training.${name}`) ?? {}
    return { value, origin }
  }
  // The seed stands in all three, the epochs in variable and file.
  assert.deepEqual(of('seed'), { value: 9, origin: 'flags' })
  assert.deepEqual(of('epochs'), { value: 5, origin: 'NARU_TRAINER__TRAINING__EPOCHS' })
  assert.deepEqual(of('batch_size'), { value: 16, origin: file })
  assert.deepEqual(of('query_lengths'), { value: [4, 8], origin: file })
  assert.equal(of('weight_decay').origin, 'default')
  assert.deepEqual(
    shown.filter(({ key }) => !key.startsWith('trainer.training.')),
    [],
  )
})

test('config show --changed leaves out defaults, and refuses a setting that a run would refuse', async () => {
  const { stdout } = await naru(['config', 'show', '--changed'])
  assert.match(stdout, /^trainer\.model\.name +"sample" +config\/sample_config\.yaml$/m)
  assert.doesNotMatch(stdout, / default$/m)
  const refused = await naru(['config', 'show'], { NARU_TRAINER__TRAINING__EPOCHS: 'many' })
  assert.equal(refused.code, 2)
  assert.match(refused.stderr, /^CONFIG_INVALID: trainer\.training\.epochs/)
})
