/** The tasks of an evaluation as BEIR's loader and MTEB's read them: run by `npm run test:python`, where its Python has beir and mteb. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { writeBeir } from '../../evaluation/beir-folder.ts'
import type { Task } from '../../evaluation/tasks.ts'
import { temporaryFolder } from '../services/drive.ts'

const task: Task = {
  name: 'title-lead',
  from: 'ko',
  to: 'en',
  pool: { kind: 'lead', languages: ['en'], ids: ['d0', 'd1'], texts: ['Water (물) is wet "and" clear', 'A ship (배)'] },
  queries: ['물', '배'].map((text, at) => ({
    id: `q${at}`,
    text,
    relevant: new Set([at]),
    ignored: [],
    strata: ['all'],
  })),
}

const python = process.env.NARU_PYTHON
function skipWithout(module: string): string | false {
  const has = python !== undefined && spawnSync(python, ['-c', `import ${module}`]).status === 0
  return !has && `only by npm run test:python, with a Python that has ${module}`
}

test("BEIR's GenericDataLoader reads corpus, queries and judgements of a task", {
  skip: skipWithout('beir.datasets.data_loader'),
}, async (t) => {
  const folder = await temporaryFolder(t)
  const [stem] = writeBeir(folder, [task])
  const program = `
import json, sys
from beir.datasets.data_loader import GenericDataLoader
print(json.dumps(GenericDataLoader(sys.argv[1]).load(split='test'), ensure_ascii=False))`
  const { stdout, stderr, status } = spawnSync(python!, ['-c', program, `${folder}/${stem}`], { encoding: 'utf8' })
  assert.equal(status, 0, stderr)
  assert.deepEqual(JSON.parse(stdout), [
    { d0: { text: 'Water (물) is wet "and" clear', title: '' }, d1: { text: 'A ship (배)', title: '' } },
    { q0: '물', q1: '배' },
    { q0: { d0: 1 }, q1: { d1: 1 } },
  ])
})

test('MTEB loads a task as one of its own and has an encoder judged on it, offline', {
  skip: skipWithout('mteb'),
}, async (t) => {
  const folder = await temporaryFolder(t)
  const [stem] = writeBeir(folder, [task])
  const program = join(import.meta.dirname, 'evaluate_by_mteb.py')
  const { stdout, stderr, status } = spawnSync(python!, [program, join(folder, stem!)], {
    encoding: 'utf8',
    env: { ...process.env, HF_HUB_OFFLINE: '1', HF_HOME: join(folder, 'cache') },
  })
  assert.equal(status, 0, stderr)
  assert.deepEqual(JSON.parse(stdout), {
    corpus: ['d0', 'd1'],
    queries: ['물', '배'],
    judged: { q0: { d0: 1 }, q1: { d1: 1 } },
    ndcg: 1,
  })
})
