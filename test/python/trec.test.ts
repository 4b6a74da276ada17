/** TREC files of an evaluation, judged by trec_eval's own code: run by `npm run test:python`, where its Python has ir_measures. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { answersOf } from '../../evaluation/answers.ts'
import type { Task } from '../../evaluation/tasks.ts'
import { TrecFolder } from '../../evaluation/trec-folder.ts'
import { Randomness } from '../../model/randomness.ts'
import { queryMetrics } from '../../search/metrics.ts'
import { temporaryFolder } from '../services/drive.ts'

const python = process.env.NARU_PYTHON
const hasMeasures = python !== undefined && spawnSync(python, ['-c', 'import ir_measures']).status === 0
const skip = !hasMeasures && 'only by npm run test:python, with a Python that has ir_measures'

const documents = 300
const randomness = new Randomness(1)
/** Scores without ties, which trec_eval breaks by name; a fifth of the documents match nothing. */
const scoresOf = new Map(
  Array.from({ length: 50 }, (_, query) => {
    const order = randomness.shuffled(Array.from({ length: documents }, (_, doc) => doc))
    return [`질문 ${query}`, order.map((place) => Math.max(0, place - documents / 5) / 7)]
  }),
)
const task: Task = {
  name: 'title-lead',
  from: 'ko',
  to: 'en',
  pool: {
    kind: 'lead',
    languages: ['en'],
    ids: Array.from({ length: documents }, (_, doc) => `en:Pagé_${doc}`),
    texts: Array.from({ length: documents }, (_, doc) => `lead ${doc}`),
  },
  queries: [...scoresOf].map(([text, scores], at) => {
    const best = [...scores.keys()].sort((a, b) => scores[b]! - scores[a]!)
    const relevant = new Set([best[at]!, ...(at % 3 === 0 ? [best.at(-1)!, best[0]!] : [])])
    // Were they not left out, every figure would be another.
    const ignored = best.slice(1, 3).filter((doc) => !relevant.has(doc))
    return { id: text.replace(' ', '_'), text, relevant, ignored, strata: ['all'] }
  }),
}

const program = `
import json, sys
import ir_measures
from ir_measures import RR, R, Success, nDCG
measures = {"hit@1": Success @ 1, "mrr@10": RR @ 10, "recall@10": R @ 10, "recall@100": R @ 100, "ndcg@10": nDCG @ 10}
qrels = list(ir_measures.read_trec_qrels(sys.argv[1] + ".qrels"))
run = list(ir_measures.read_trec_run(sys.argv[1] + ".test.run"))
figures = {}
for found in ir_measures.iter_calc(list(measures.values()), qrels, run):
    [name] = [name for name, measure in measures.items() if measure == found.measure]
    figures.setdefault(found.query_id, {})[name] = found.value
print(json.dumps(figures))`

test('trec_eval makes the same figures of the files, query by query', { skip }, async (t) => {
  const folder = await temporaryFolder(t)
  const trec = new TrecFolder(folder, documents)
  const system = { name: 'test', scores: (text: string) => scoresOf.get(text)! }
  const { signal } = new AbortController()
  const { values } = await answersOf(task, system, { signal, observe: trec.write.bind(trec) })
  trec.close()
  const { stdout, stderr, status } = spawnSync(python!, ['-c', program, join(folder, 'title-lead.ko-en')], {
    encoding: 'utf8',
  })
  assert.equal(status, 0, stderr)
  const found: Record<string, Record<string, number>> = JSON.parse(stdout)
  for (const [at, { id }] of task.queries.entries()) {
    for (const metric of queryMetrics) {
      const difference = Math.abs(values[metric][at]! - found[id]![metric]!)
      assert.ok(difference < 1e-9, `${id} ${metric}: ${values[metric][at]} ${found[id]![metric]}`)
    }
  }
})
