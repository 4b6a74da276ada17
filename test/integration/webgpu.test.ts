import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { assertTrainedAsOnCpu, trainElsewhere } from './trained-elsewhere.ts'

/** Vulkan on a CPU, as Debian's Chromium brings it along: SwiftShader and its loader. */
const swiftShader = '/usr/lib/chromium'
const driver = join(swiftShader, 'vk_swiftshader_icd.json')
const environment = existsSync(driver) ? { LD_LIBRARY_PATH: swiftShader, VK_ICD_FILENAMES: driver } : {}

// Three steps, then two: the state goes up and comes back twice.
test('by WebGPU, weights that stay on the device are trained as on a CPU', (t) => trainsAsOnCpu(t, 0))

test('by WebGPU, a batch in chunks is trained as the whole one on a CPU', (t) => trainsAsOnCpu(t, 4))

async function trainsAsOnCpu(t: TestContext, chunkTexts: number): Promise<void> {
  const trained = await trainElsewhere({ provider: 'webgpu', stepsPerRun: 3, chunkTexts }, environment)
  if ('reason' in trained) {
    assert.ok(!process.env.NARU_REQUIRE_SERVERS, `WebGPU is wanted here: ${trained.reason}`)
    t.skip(`no Vulkan: ${trained.reason} (apt-get install chromium brings one that needs no GPU)`)
    return
  }
  await assertTrainedAsOnCpu(trained)
}
