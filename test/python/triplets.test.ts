/** negative_samples.jsonl in the hands of sentence-transformers, one step of training: run by `npm run test:python`. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import exampleWriter from '../../services/10-example-writer/service.ts'
import { drive, incoming, temporaryFolder } from '../services/drive.ts'
import { exampleOf } from '../services/events.ts'

const python = process.env.NARU_PYTHON
const skip = python === undefined && 'only by npm run test:python, which names a Python'
const script = fileURLToPath(new URL('./train_on_triplets.py', import.meta.url))

test("sentence-transformers trains on the triplets as they are: they are load_dataset's rows, and a step moves the weights", {
  skip,
}, async (t) => {
  const folder = await temporaryFolder(t)
  const examples = ['물', '불', '산', '달'].map((query, at) =>
    exampleOf(`c${at}:a`, { query, positiveDoc: `${query} is a thing`, negativeDocs: ['a ship', 'a star'] }),
  )
  await drive(
    folder,
    exampleWriter,
    examples.map((example) => incoming('training-examples', example)),
    {},
  )
  const args = [script, join(folder, 'training', 'negative_samples.jsonl'), join(folder, 'work')]
  const { stdout, stderr, status } = spawnSync(python!, args, { encoding: 'utf8' })
  assert.equal(status, 0, stderr)
  const { rows, columns, steps, loss, moved } = JSON.parse(stdout.trim().split('\n').at(-1)!)
  assert.deepEqual({ rows, columns, steps }, { rows: 8, columns: ['query', 'positive_doc', 'negative_doc'], steps: 1 })
  assert.ok(loss > 0 && Number.isFinite(loss), `${loss}`)
  assert.ok(moved > 0, 'the step changed no weight')
})
