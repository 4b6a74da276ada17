import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatBytes, formatCount, formatDuration, formatRate } from '../../cli/quantities.ts'
import { paceOf } from '../../cli/report/training-log.ts'
import { comparison, retrievalRows } from '../../cli/retrieval.ts'
import { renderSummary } from '../../cli/summary.ts'
import { displayWidth, fitWidth, renderTable } from '../../cli/table.ts'
import { pairs, scores, statuses } from './report-facts.ts'

test('quantities read the same on every machine', () => {
  assert.deepEqual([0, 999, 1000, 1234567].map(formatCount), ['0', '999', '1,000', '1,234,567'])
  assert.deepEqual([0, 4.21, 59.96, 65, 3600, 7625].map(formatDuration), [
    '0.0 s',
    '4.2 s',
    '1 min 00 s',
    '1 min 05 s',
    '1 h 00 min',
    '2 h 07 min',
  ])
  assert.deepEqual([0.25, 2.5, 25, 2500].map(formatRate), ['0.25/s', '2.5/s', '25/s', '2,500/s'])
  assert.deepEqual([0, 999, 1500, 12_345_678].map(formatBytes), ['0 B', '999 B', '1.5 kB', '12 MB'])
})

test('columns stay in line under Hangul, which takes two columns a letter', () => {
  const lines = renderTable(
    [{ title: 'Term' }, { title: 'Weight' }],
    [
      ['서울', '1'],
      ['Seoul', '2'],
    ],
  )
  assert.deepEqual(lines, ['Term   Weight', '서울   1', 'Seoul  2'])
  assert.equal(displayWidth('서울 Seoul'), 10)
  assert.equal(fitWidth('서울특별시', 7), '서울특…')
})

test('the summary tells counts with drops and dead letters, pairs by source, scores, files and time', () => {
  const text = renderSummary(
    {
      statuses: statuses(),
      seconds: { trainer: 83 },
      pairs: pairs(),
      scores: scores(),
      missing: ['Sentence retrieval was not judged: no sentences were given.'],
      files: [
        { name: 'synonyms/train.json', path: '/data/synonyms/train.json', bytes: 2500 },
        { name: 'synonyms/val.json', path: '/data/synonyms/val.json', bytes: 100 },
        { name: 'synonyms/val.parquet', path: '/data/synonyms/val.parquet', bytes: 50 },
        ...['config.json', '1_SpladePooling/config.json', 'vocab.txt'].map((file) => ({
          name: `models/exports/sample/huggingface/${file}`,
          path: `/data/models/exports/sample/huggingface/${file}`,
          bytes: 1000,
        })),
      ],
      report: '/data/report.html',
      wallSeconds: 122,
      training: paceOf({
        model: 'sample',
        steps: [
          { step: 10, samplesPerSecond: 100, waitingShare: 0.02 },
          { step: 20, samplesPerSecond: 240, waitingShare: 0 },
          { step: 30, samplesPerSecond: 250, waitingShare: 0.01 },
        ],
        validations: [],
      }),
    },
    '/data',
  )
  assert.match(text, /^Training of sample: 240 examples\/s, 1\.0 % of the time waiting for batches$/m)
  assert.match(text, /^trainer +complete +3,108 +[\d,]+ +3 +1 min 23 s +7 no_mate$/m)
  const dead = 3 * statuses().length
  assert.ok(text.includes(`\n${dead} dead letters: naru dead list says where each is from and what was wrong.\n`))
  assert.match(text, /^wikipedia_interlang +2,400 +산소 = oxygen/m)
  assert.match(text, /4,800 pairs: 4,320 train, 240 val, 240 test/)
  assert.match(text, /^synonyms +ko→en +all +240 +0\.900\* +0\.450/m)
  assert.match(text, /^Sentence retrieval was not judged/m)
  assert.match(text, /^query-terms-mean +12\.4/m)
  assert.match(text, /^synonyms\/train\.json +2\.5 kB$/m)
  assert.match(text, /^synonyms\/val\.\{json,parquet\} +150 B$/m)
  assert.match(text, /^models\/exports\/sample\/huggingface +3\.0 kB$/m)
  assert.match(text, /^report\.html/m)
  assert.match(text, /Done in 2 min 02 s\./)
})

test('the best of a group is marked, and no figure of size or failure', () => {
  const unmatched = scores()
    .filter(({ metric }) => metric === 'hit@1')
    .map((score) => ({ ...score, metric: 'unmatched' }))
  const { rows } = retrievalRows([...scores(), ...unmatched], 'synonyms', ['all'])
  const [own, bm25] = rows
  assert.deepEqual(
    own?.cells.map(({ best }) => best),
    [true, true, true, false],
  )
  assert.ok(bm25?.cells.every(({ best }) => !best))
  assert.equal(comparison(scores(), 'hit@1').systems.length, 4)
})

test('a log of a version that did not measure the wait gives no pace', () => {
  assert.equal(paceOf({ model: 'old', steps: [{ step: 1, samplesPerSecond: 9 }], validations: [] }), undefined)
})
