/** The tasks of an evaluation as BEIR's own loader reads them: run by `npm run test:python`, where its Python has beir. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { writeBeir } from '../../evaluation/beir-folder.ts'
import type { Task } from '../../evaluation/tasks.ts'
import { temporaryFolder } from '../services/drive.ts'

const task: Task = {
  name: 'title-lead',
  from: 'ko',
  to: 'en',
  pool: { kind: 'lead', languages: ['en'], ids: ['d0', 'd1'], texts: ['Water is wet "and" clear', 'A ship'] },
  queries: ['물', '배'].map((text, at) => ({
    id: `q${at}`,
    text,
    relevant: new Set([at]),
    ignored: [],
    strata: ['all'],
  })),
}

const python = process.env.NARU_PYTHON
const hasBeir = python !== undefined && spawnSync(python, ['-c', 'import beir.datasets.data_loader']).status === 0
const skip = !hasBeir && 'only by npm run test:python, with a Python that has beir'

test("BEIR's GenericDataLoader reads corpus, queries and judgements of a task", { skip }, async (t) => {
  const folder = await temporaryFolder(t)
  const [stem] = writeBeir(folder, [task])
  const program = `
import json, sys
from beir.datasets.data_loader import GenericDataLoader
print(json.dumps(GenericDataLoader(sys.argv[1]).load(split='test'), ensure_ascii=False))`
  const { stdout, stderr, status } = spawnSync(python!, ['-c', program, `${folder}/${stem}`], { encoding: 'utf8' })
  assert.equal(status, 0, stderr)
  assert.deepEqual(JSON.parse(stdout), [
    { d0: { text: 'Water is wet "and" clear', title: '' }, d1: { text: 'A ship', title: '' } },
    { q0: '물', q1: '배' },
    { q0: { d0: 1 }, q1: { d1: 1 } },
  ])
})
