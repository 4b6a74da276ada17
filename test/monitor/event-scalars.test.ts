/** Event files are read as they were written, runs that went on from a checkpoint among them. */
import assert from 'node:assert/strict'
import { appendFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { curvesOf, runsIn } from '../../monitor/training/runs.ts'
import { EventFile } from '../../services/10-trainer/event-file.ts'

const models = mkdtempSync(join(tmpdir(), 'naru-curves-'))
after(() => rmSync(models, { recursive: true, force: true }))

test('a run that went on from a checkpoint shows each step once, with what it was the second time', async () => {
  const folder = join(models, 'checkpoints', 'tiny', 'tensorboard', 'run-1')
  const first = await EventFile.begin(folder, 0, () => 1_790_000_000)
  for (let step = 1; step <= 5; step++) await first.scalars(step, { 'train/loss': step, 'train/once': 1 })
  const second = await EventFile.begin(folder, 3, () => 1_790_000_100)
  for (let step = 4; step <= 6; step++) await second.scalars(step, { 'train/loss': step * 10 })
  // A record that is being written ends the file.
  const last = join(folder, readdirSync(folder).sort().at(-1)!)
  appendFileSync(last, Buffer.from([40, 0, 0, 0, 0, 0, 0, 0, 1, 2]))
  const curves = await curvesOf(models, 'tiny', 'run-1')
  assert.deepEqual(curves?.tags['train/loss'], { steps: [1, 2, 3, 4, 5, 6], values: [1, 2, 3, 40, 50, 60] })
  assert.deepEqual(curves?.tags['train/once']?.steps, [1, 2, 3])
  assert.deepEqual(
    runsIn(models).map(({ model, run }) => [model, run]),
    [['tiny', 'run-1']],
  )
  assert.equal(await curvesOf(models, 'tiny', '../../tiny/tensorboard/run-1'), undefined)
})
