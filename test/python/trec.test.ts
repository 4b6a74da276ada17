/** Rankings and judgements as TREC's tools read them: run by `npm run test:python`, where its Python has ir_measures. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Task } from '../../evaluation/tasks.ts'
import { TrecFolder } from '../../evaluation/trec-folder.ts'
import { temporaryFolder } from '../services/drive.ts'

const task: Task = {
  name: 'title-lead',
  from: 'ko',
  to: 'en',
  pool: { kind: 'lead', languages: ['en'], ids: ['d0', 'd1', 'd2'], texts: ['water', 'ship', 'star'] },
  queries: ['물', '배'].map((text, at) => ({
    id: `q${at}`,
    text,
    relevant: new Set([at]),
    ignored: [],
    strata: ['all'],
  })),
}

const python = process.env.NARU_PYTHON
const hasMeasures = python !== undefined && spawnSync(python, ['-c', 'import ir_measures']).status === 0
const skip = !hasMeasures && 'only by npm run test:python, with a Python that has ir_measures'

test('ir_measures judges the rankings of a run by its judgements', { skip }, async (t) => {
  const folder = await temporaryFolder(t)
  const trec = new TrecFolder(folder, 10)
  trec.write(task, 'bm25', task.queries[0]!, [3, 2, 0])
  trec.write(task, 'bm25', task.queries[1]!, [3, 2, 1])
  const [run = ''] = trec.close()
  const program = `
import json, sys, ir_measures
from ir_measures import RR, nDCG
run = ir_measures.read_trec_run(sys.argv[1])
qrels = ir_measures.read_trec_qrels(sys.argv[2])
print(json.dumps({str(m): v for m, v in ir_measures.calc_aggregate([RR, nDCG@10], qrels, run).items()}))`
  const files = [join(folder, run), join(folder, run.replace('.bm25.run', '.qrels'))]
  const { stdout, stderr, status } = spawnSync(python!, ['-c', program, ...files], { encoding: 'utf8' })
  assert.equal(status, 0, stderr)
  const figures = JSON.parse(stdout.trim().split('\n').at(-1)!)
  // The first query has its document first, the second has it second: 1 and 1/2; 1 and 1/log2(3).
  assert.ok(Math.abs(figures.RR - 0.75) < 1e-6, stdout)
  assert.ok(Math.abs(figures['nDCG@10'] - (1 + 1 / Math.log2(3)) / 2) < 1e-6, stdout)
})
