import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { crc32c, EventFile } from '../../services/10-trainer/event-file.ts'
import { temporaryFolder } from './drive.ts'

const script = fileURLToPath(new URL('./reference/make_event_file.py', import.meta.url))
const reference: { readonly hex: string } = JSON.parse(
  readFileSync(new URL('./reference/event-file.json', import.meta.url), 'utf8'),
)

test('CRC-32C has the check value of its standard', () => {
  assert.equal(crc32c(Buffer.from('123456789')), 0xe3069283)
})

test("an event file has the bytes of tensorboard's own writer", async (t) => {
  const folder = await temporaryFolder(t)
  const file = await EventFile.begin(folder, 3, () => 1.5)
  await file.scalars(300, { 'train/loss': 0.625, 'train/활성': -3, 'train/lost': Number.NaN })
  const [name = ''] = readdirSync(folder)
  assert.equal(readFileSync(join(folder, name)).toString('hex'), reference.hex)
})

const python = process.env.NARU_PYTHON
const hasTensorboard = python !== undefined && spawnSync(python, ['-c', 'import tensorboard']).status === 0

test('tensorboard finds each step once, also of a run that went on from a checkpoint', {
  skip: !hasTensorboard && 'NARU_PYTHON names no Python that has tensorboard',
}, async (t) => {
  const folder = await temporaryFolder(t)
  let seconds = 1_000_000_000
  const first = await EventFile.begin(folder, 0, () => seconds++)
  for (const step of [10, 20, 30]) await first.scalars(step, { 'train/loss': step / 8 })
  const second = await EventFile.begin(folder, 20, () => seconds++)
  await second.scalars(30, { 'train/loss': 99 })
  const { stdout, stderr } = spawnSync(python!, [script, '--read', folder], { encoding: 'utf8' })
  const expected = [
    [10, 1.25],
    [20, 2.5],
    [30, 99],
  ]
  assert.deepEqual(JSON.parse(stdout || `"${stderr.slice(-300)}"`), { 'train/loss': expected })
})
