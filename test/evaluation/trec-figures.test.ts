import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { type Qrels, qrelsLine, readQrels, readRun, runLine, type TrecRun } from '../../evaluation/trec.ts'
import { compareRuns, judgeRun } from '../../evaluation/trec-figures.ts'
import { type QueryMetric, queryMetrics } from '../../search/metrics.ts'

type Table = Readonly<Record<string, Readonly<Record<string, number>>>>
interface Reference {
  readonly run: Table
  readonly qrels: Table
  readonly byQuery: Readonly<Record<string, Readonly<Record<QueryMetric, number>>>>
  readonly means: Readonly<Record<QueryMetric, number>>
}
const reference: Reference = JSON.parse(readFileSync(new URL('reference/metrics.json', import.meta.url), 'utf8'))

function tableOf(table: Table): Map<string, Map<string, number>> {
  return new Map(Object.entries(table).map(([query, row]) => [query, new Map(Object.entries(row))]))
}

async function fileWith(t: TestContext, lines: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'naru-trec-'))
  t.after(() => rm(folder, { recursive: true }))
  const file = join(folder, 'lines.txt')
  await writeFile(file, lines.join(''))
  return file
}

test('every figure of every query is that of trec_eval, graded judgements and missing queries included', () => {
  const { values, means, queries } = judgeRun(tableOf(reference.run), tableOf(reference.qrels))
  assert.equal(queries, 40)
  for (const [at, query] of Object.keys(reference.qrels).entries()) {
    for (const metric of queryMetrics) {
      const expected = reference.byQuery[query]?.[metric] ?? 0
      assert.ok(Math.abs(values[metric][at]! - expected) < 1e-9, `${query} ${metric} ${values[metric][at]} ${expected}`)
    }
  }
  for (const metric of queryMetrics) assert.ok(Math.abs(means[metric] - reference.means[metric]) < 1e-9, metric)
  assert.equal(means.unmatched, 2 / 40)
})

test('what is written as a run and qrels is read back the same', async (t) => {
  const run: TrecRun = new Map([['ko:서울', new Map([['en:Seoul', 1 / 3]])]])
  const qrels: Qrels = new Map([['ko:서울', new Map([['en:Seoul', 1]])]])
  const runFile = await fileWith(t, [runLine('ko:서울', 'en:Seoul', 1, 1 / 3, 'bm25')])
  const qrelsFile = await fileWith(t, [qrelsLine('ko:서울', 'en:Seoul', 1), '\n'])
  assert.deepEqual(await readRun(runFile), run)
  assert.deepEqual(await readQrels(qrelsFile), qrels)
})

test('scores below 0 rank as others do, and equal ones share their middle rank', () => {
  const qrels: Qrels = new Map([['q', new Map([['right', 1]])]])
  const runOf = (scores: Readonly<Record<string, number>>): TrecRun => tableOf({ q: scores })
  assert.equal(judgeRun(runOf({ right: -1, wrong: -2 }), qrels).means['hit@1'], 1)
  assert.equal(judgeRun(runOf({ right: -2, wrong: -2 }), qrels).means['mrr@10'], 1 / 1.5)
})

test('a line of another form is refused with its place', async (t) => {
  for (const [lines, says] of [
    [['q1 Q0 d1 1 0.5\n'], /5 columns, not 6/],
    [['q1 Q0 d1 1 high tag\n'], /high is no number/],
    [['q1 Q0 d1 1 0.5 tag\n', 'q1 Q0 d1 2 0.4 tag\n'], /d1 stands twice/],
  ] as const) {
    const file = await fileWith(t, lines)
    await assert.rejects(readRun(file), { code: 'TREC_INVALID', message: says, at: { file, line: lines.length } })
  }
  await assert.rejects(readRun('/nowhere/a.run'), { code: 'TREC_UNREADABLE' })
})

test('of two runs the better one is told from the other, and a run from itself is not', () => {
  const queries = Array.from({ length: 60 }, (_, at) => `q${at}`)
  const qrels: Qrels = new Map(queries.map((query) => [query, new Map([['right', 1]])]))
  const runOf = (hits: number): TrecRun =>
    new Map(queries.map((query, at) => [query, new Map([[at < hits ? 'right' : 'wrong', 1]])]))
  const [good, poor] = [judgeRun(runOf(50), qrels), judgeRun(runOf(20), qrels)]
  const of = (metric: string, found: ReturnType<typeof compareRuns>) => found.find((one) => one.metric === metric)!
  const better = of('hit@1', compareRuns([good, poor], { resamples: 2000, seed: 1 }))
  assert.equal(better.mean, 0.5)
  assert.ok(better.lower > 0.3 && better.upper < 0.7 && better.pHolm < 0.01)
  assert.equal(of('hit@1', compareRuns([good, good], { resamples: 2000, seed: 1 })).pHolm, 1)
})
