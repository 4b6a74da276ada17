import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { promisify } from 'node:util'
import type { StepFigures } from '../../model/training-step.ts'
import { trainReference } from '../model/reference-run.ts'

/** Vulkan on a CPU, as Debian's Chromium brings it along: SwiftShader and its loader. */
const swiftShader = '/usr/lib/chromium'
const onCpu = existsSync(join(swiftShader, 'vk_swiftshader_icd.json'))
const environment = onCpu
  ? {
      ...process.env,
      LD_LIBRARY_PATH: swiftShader,
      VK_ICD_FILENAMES: join(swiftShader, 'vk_swiftshader_icd.json'),
    }
  : process.env

interface Trained {
  readonly figures: readonly StepFigures[]
  readonly tensors: Readonly<Record<string, readonly number[]>>
}

async function byWebGpu(stepsPerRun: number, chunkTexts: number): Promise<Trained | { readonly reason: string }> {
  const child = join(import.meta.dirname, 'webgpu-child.ts')
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', child, `${stepsPerRun}`, `${chunkTexts}`],
    {
      env: environment,
      maxBuffer: 2 ** 26,
    },
  )
  return JSON.parse(stdout)
}

// Three steps, then two: the state goes up and comes back twice.
test('by WebGPU, weights that stay on the device are trained as on a CPU', (t) => trainsAsOnCpu(t, 0))

test('by WebGPU, a batch in chunks is trained as the whole one on a CPU', (t) => trainsAsOnCpu(t, 4))

async function trainsAsOnCpu(t: TestContext, chunkTexts: number): Promise<void> {
  const trained = await byWebGpu(3, chunkTexts)
  if ('reason' in trained) {
    assert.ok(!process.env.NARU_REQUIRE_SERVERS, `WebGPU is wanted here: ${trained.reason}`)
    t.skip(`no Vulkan: ${trained.reason} (apt-get install chromium brings one that needs no GPU)`)
    return
  }
  const { figures, state } = await trainReference()
  assert.equal(trained.figures.length, figures.length)
  for (const [i, { loss }] of figures.entries()) {
    const theirs = trained.figures[i]!.loss
    assert.ok(Math.abs(theirs - loss) <= 1e-5 * Math.max(1, loss), `step ${i + 1}: ${theirs}, on a CPU ${loss}`)
  }
  for (const [name, { data }] of state.tensors()) {
    // A bias of the keys shifts all scores of a row alike: its gradient is nothing but rounding.
    if (name.includes('self.key.bias')) continue
    // Elsewhere too a gradient near zero leaves the sign of Adam's step to its rounding, but rarely.
    const apart = data.filter((value, i) => !(Math.abs(value - trained.tensors[name]![i]!) <= 2e-5)).length
    assert.ok(apart <= 0.01 * data.length, `${name}: ${apart} of ${data.length} values lie apart`)
  }
}
