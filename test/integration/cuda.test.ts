import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tryProvider } from '../../model/graph/providers.ts'
import { trainReference, type Way } from '../model/reference-run.ts'
import { assertTrainedAsOnCpu, type TrainedElsewhere, trainElsewhere } from './trained-elsewhere.ts'

/** Products in f32 as a CPU has them: on newer cards they are TF32 otherwise, of 10 bits of mantissa. */
const exactProducts = { NVIDIA_TF32_OVERRIDE: '0' }

const { usable, reason } = await tryProvider('cuda')
const skip = usable ? false : `no CUDA: ${reason} (naru engines add cuda, on a machine with an NVIDIA card)`

/** Three steps in a Loop, then two. */
async function onCard(way: Way): Promise<TrainedElsewhere> {
  const trained = await trainElsewhere({ provider: 'cuda', stepsPerRun: 3, ...way }, exactProducts)
  assert.ok('figures' in trained, 'the card that was here a moment ago is gone')
  return trained
}

test('on a card in fp32 the steps of a Loop train as on a CPU, losses and weights', { skip }, async () => {
  await assertTrainedAsOnCpu(await onCard({}))
})

test('on a card a batch in chunks is trained as the whole one on a CPU', { skip }, async () => {
  await assertTrainedAsOnCpu(await onCard({ chunkTexts: 4 }))
})

test('on a card bf16 rounds the products of a step, and no more than that', { skip }, async () => {
  const trained = await onCard({ precision: 'bf16' })
  const [first] = (await trainReference()).figures
  const { loss, gradientNorm } = trained.figures[0]!
  // 8 bits of mantissa; a dozen products follow one another, each with roundings of its own.
  const allowed = 12 * 2 ** -8
  assert.ok(Math.abs(loss / first!.loss - 1) <= allowed, `loss ${loss}, in fp32 ${first!.loss}`)
  assert.ok(Math.abs(gradientNorm / first!.gradientNorm - 1) <= allowed, `${gradientNorm}, ${first!.gradientNorm}`)
  assert.notEqual(loss, first!.loss)
  assert.ok(trained.figures.every((one) => Number.isFinite(one.loss + one.gradientNorm)))
})
