import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resolveExecution } from '../../model/execution.ts'
import { resolveProvider, tryProvider } from '../../model/graph/providers.ts'
import { executionSettings } from '../../model/settings.ts'
import { ConfigError } from '../../runtime/errors.ts'

const settings = (given: object) => executionSettings.parse(given)

test('every machine computes on its CPU', async () => {
  assert.deepEqual(await tryProvider('cpu'), { provider: 'cpu', usable: true })
})

// The package for this system is built without it: DirectML is Windows', CoreML macOS'.
const foreign = process.platform === 'darwin' ? 'dml' : 'coreml'

test('a provider that this machine lacks is a fault of the settings, with what to do', async () => {
  await assert.rejects(resolveProvider(foreign), (error) => {
    assert.ok(error instanceof ConfigError)
    assert.equal(error.code, 'PROVIDER_MISSING')
    assert.match(error.message, new RegExp(`^${foreign} cannot compute on this machine: `))
    assert.match(error.hint ?? '', /part of the package/)
    return true
  })
})

test('half precision on a CPU is refused, not computed in fp32 unasked', async () => {
  for (const precision of ['bf16', 'fp16']) {
    await assert.rejects(resolveExecution(settings({ provider: 'cpu', precision })), (error) => {
      assert.ok(error instanceof ConfigError && error.code === 'PRECISION_UNSUPPORTED')
      assert.match(error.message, new RegExp(precision))
      return true
    })
  }
})

test('a CPU does one step a run and packs nothing unless told otherwise', async () => {
  const { stepsPerRun, packedValues, precision } = await resolveExecution(settings({ provider: 'cpu' }))
  assert.deepEqual({ stepsPerRun, packedValues, precision }, { stepsPerRun: 1, packedValues: 0, precision: 'fp32' })
  assert.equal((await resolveExecution(settings({ provider: 'cpu', stepsPerRun: 8 }))).stepsPerRun, 8)
})
