import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { keepCompared, readCompared } from '../../cli/compared-models.ts'
import { keepMeasured, readMeasured } from '../../cli/measured-search.ts'
import { readPairs, readPublished } from '../../cli/outputs.ts'
import type { LeadHit, SearchModel } from '../../cli/published-model.ts'
import { escapeHtml, html } from '../../cli/report/html.ts'
import { renderPage } from '../../cli/report/page.ts'
import { askQueries } from '../../cli/report/queries.ts'
import { curveOf, readTrainingLog } from '../../cli/report/training-log.ts'
import { writeReport } from '../../cli/report/write.ts'
import { workspaceOf } from '../../cli/workspace.ts'
import {
  entryJson,
  evaluation,
  measuredSearch,
  pairEntry,
  pairs,
  query,
  reportFacts,
  statuses,
  training,
} from './report-facts.ts'

const folder = mkdtempSync(join(tmpdir(), 'naru-report-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const evil = `<script>alert("x")</script>&'`

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

test('templates escape what is text and keep what is markup', () => {
  assert.equal(
    html`<p title="${evil}">${[evil, html`<b>${1}</b>`]}${false}${undefined}</p>`.text,
    `<p title="${escapeHtml(evil)}">${escapeHtml(evil)}<b>1</b></p>`,
  )
  assert.equal(escapeHtml(evil), '&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&amp;&#39;')
})

test('the report has every section, with charts, pairs, scores and queries in it', () => {
  const page = renderPage(reportFacts())
  for (const part of ['<td class="number">3.4 MB</td>', `<code>${'ab'.repeat(32)}</code>`, 'v20.20.2']) {
    assert.ok(page.includes(part), part)
  }
  for (const id of ['counts', 'synonyms', 'training', 'retrieval', 'queries', 'opensearch', 'files']) {
    assert.ok(page.includes(`<section id="${id}">`), id)
  }
  const charts = page.split('<svg').length - 1
  assert.equal(
    charts,
    1 + 2 + 5 + 2 + 1 + 6 + 1,
    'topics, sources and reliability, curves, tasks, terms, queries, times',
  )
  assert.equal(page.split('class="badge">held out').length - 1, 2)
  // Wilson's interval of 216 in 240, by the formula.
  assert.ok(page.includes('<strong>0.900</strong><br><span class="soft small">0.856 … 0.932</span>'))
  assert.ok(
    page.includes('<strong>0.940</strong><br><span class="soft small">0.918 … 0.962</span>'),
    'of a mean, as it was found',
  )
  assert.ok(page.includes('<strong>0.980</strong></td>'), 'none was found')
  assert.ok(page.includes('class="found">Oxygen'))
})

test('the report tells differences from chance, shows terms that fire everywhere, and says what is missing', () => {
  const page = renderPage(reportFacts())
  assert.ok(page.includes('<strong>+0.420</strong>'), 'better beyond chance')
  assert.ok(page.includes('<span class="soft">−0.020</span>'), 'may be chance')
  assert.ok(page.includes('−0.250 … −0.150, p 0.010'), 'worse beyond chance, with its interval')
  assert.ok(page.includes('Share of the texts by term: 도시 11.0 %, city 9.0 %'))
  assert.ok(page.includes('Sentence retrieval was not judged'))
  assert.ok(!renderPage(reportFacts({ evaluation: undefined })).includes('less each baseline'))
})

test('models of several seeds are kept beside the run, and the report tells each, their deviation and their mean', () => {
  const workspace = workspaceOf(mkdtempSync(join(folder, 'seeds-')))
  const scoreOf = (model: string, value: number) => ({
    ...{ model, task: 'synonyms', system: 'neural-sparse', direction: 'ko→en', stratum: 'all' },
    ...{ metric: 'hit@1', value, queries: 10, pool: 10 },
  })
  const models = [0.5, 0.6, 0.7].map((value, seed) => {
    const model = `seed-${seed + 1}`
    const scores = [scoreOf(model, value), { ...scoreOf(model, 1), metric: 'mrr@10' }]
    return { model, folder: model, precision: 'fp32' as const, scores, comparisons: [] }
  })
  const [comparison] = evaluation().comparisons
  const mean = { scores: [], comparisons: [{ ...comparison!, difference: 0.123 }] }
  const judged = { models, rounding: [], mean, missing: [], trec: [], beir: [] }
  keepCompared(workspace, judged)
  assert.equal(readCompared(workspace), undefined, 'there is no run')
  write(workspace.runFile, '{}')
  keepCompared(workspace, { ...judged, mean: null })
  assert.equal(readCompared(workspace), undefined, 'one model is no several')
  keepCompared(workspace, judged)
  const page = renderPage(reportFacts({ compared: readCompared(workspace) }))
  assert.match(page, /<h3>3 models, hit@1<\/h3>/)
  // The deviation of 0.5, 0.6 and 0.7 is 0.1.
  const cells = ['0.500', '0.600', '0.700', '0.600', '0.100'].map((cell) => `<td class="number">${cell}</td>`).join('')
  assert.ok(page.includes(cells))
  assert.match(page, /Mean of the 3 models less each baseline[\s\S]*\+0\.123/)
  assert.ok(!renderPage(reportFacts()).includes('3 models'))
})

test('what naru opensearch bench has measured is in the report: its table, and charts of quality, latency and ingestion', () => {
  const workspace = workspaceOf(mkdtempSync(join(folder, 'measured-')))
  assert.equal(readMeasured(workspace), undefined)
  keepMeasured(workspace, measuredSearch())
  const without = renderPage(reportFacts())
  const page = renderPage(reportFacts({ measured: readMeasured(workspace) }))
  assert.match(without, /naru opensearch bench/)
  assert.equal(page.split('<svg').length - without.split('<svg').length, 3)
  const figures = ['0.489', '0.507', '0.550', '0.575', '0.021', '18.4', '21.3', '65.3', '198.0']
  const cells = figures.map((figure) => `<td class="number">${figure}</td>`).join('')
  assert.ok(page.includes(`<td class="text">neural sparse</td>${cells}`))
  assert.match(
    page,
    /3,199<\/td><td class="number">3\.3 MB<\/td><td class="number">410\/s<\/td><td class="number">43\/s/,
  )
  assert.match(page, /words of Korean by the analyzer cjk, those of English by english/)
  assert.ok(!page.includes('naru opensearch bench'))
})

test('the report says which pairs taught a term, and where none did', () => {
  const page = renderPage(reportFacts())
  assert.ok(page.includes('<span class="right">oxygen</span> <span class="soft">산소 = oxygen and 4 more</span>'))
  assert.ok(page.includes('<span class="left">산소</span> <span class="soft">is in the text itself</span>'))
  assert.ok(page.includes('<span class="other">8</span> <span class="soft">no training pair with these words</span>'))
})

test('the report shows how far confidence can be believed, or how to find out', () => {
  const page = renderPage(reportFacts())
  assert.ok(page.includes('Reliability of confidence: found right from 0.610 to 0.980'))
  assert.ok(page.includes('0.606 (0.508–0.697)'), 'agreement of redirects with its bounds')
  assert.ok(renderPage(reportFacts({ validation: undefined })).includes('naru synonyms validate'))
})

test('the report tells the precision of each source as it was judged, or how to judge', () => {
  const page = renderPage(reportFacts())
  // Wilson's interval of 45 in 50, by the formula: 0.786 to 0.957.
  assert.ok(page.includes('0.900 (0.786–0.957)'))
  assert.ok(renderPage(reportFacts({ judged: new Map() })).includes('naru synonyms review'))
})

test('the report opens without a network: it refers to nothing outside of itself', () => {
  const page = renderPage(reportFacts())
  const links = [...page.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, target]) => target!)
  assert.ok(
    links.every((target) => target.startsWith('#')),
    links.join(' '),
  )
  assert.ok(!/url\((?!#)/.test(page) && !page.includes('@import') && !page.includes('<script'))
})

test('text from articles cannot become markup, in tables or in charts', () => {
  const facts = reportFacts({
    model: evil,
    pairs: { ...pairs(), sources: [{ source: evil, pairs: 1, samples: [pairEntry({ left: evil, right: evil })] }] },
    queries: [
      query({
        text: evil,
        mate: evil,
        terms: [{ term: evil, weight: 1, language: 'other' }],
        hits: [{ language: 'en', title: evil, lead: evil, score: 1 }],
      }),
    ],
    environment: [{ name: evil, value: evil }],
    settings: { trainer: { base: evil } },
  })
  assert.ok(!renderPage(facts).includes('<script'))
})

test('colours are variables of the page, so that light and dark both fit', () => {
  const page = renderPage(reportFacts())
  assert.ok(!page.includes('#0a0b'))
  const used = new Set([...page.matchAll(/"var\(--(\w+)\)"/g)].map(([, name]) => name))
  for (const name of used) assert.ok(page.includes(`--${name}:`), name)
  assert.ok(used.has('left') && used.has('right'))
})

test('a report of a run that has only begun says what is missing and how to make it', () => {
  const page = renderPage(
    reportFacts({ pairs: undefined, training: undefined, scores: [], queries: [], model: undefined, files: [] }),
  )
  for (const command of ['naru synonyms', 'naru train', 'naru evaluate']) assert.ok(page.includes(command), command)
})

test('a report is written from the folders of a run', async () => {
  const workspace = workspaceOf(join(folder, 'run'))
  const entries = [pairEntry(), pairEntry({ left: '달', right: 'Moon', source: 'wikipedia_gloss', split: 'test' })]
  const lines = entries.map(entryJson).join(',\n')
  write(join(workspace.data, 'synonyms', 'combined_synonyms.json'), `[\n${lines}\n]\n`)
  write(
    join(workspace.models, 'checkpoints', 'sample', 'training.jsonl'),
    `${training()
      .steps.map((step) => JSON.stringify(step))
      .join('\n')}\n`,
  )
  const read = await readPairs(workspace)
  assert.deepEqual(read?.splits, { train: 1, val: 0, test: 1 })
  assert.deepEqual(
    read?.sources.map(({ source, pairs: count }) => [source, count]),
    [
      ['wikipedia_gloss', 1],
      ['wikipedia_interlang', 1],
    ],
  )
  const published = await readPublished(workspace)
  await writeReport({ workspace, statuses: statuses(), seconds: {}, pairs: read, published })
  const page = readFileSync(workspace.report, 'utf8')
  assert.ok(page.includes('달') && page.includes('800 steps in 10 epochs'))
  assert.ok(page.includes('synonyms/combined_synonyms.json'))
})

test('a line that is no pair is named by file and line', async () => {
  const workspace = workspaceOf(join(folder, 'broken'))
  write(join(workspace.data, 'synonyms', 'combined_synonyms.json'), `[\n${entryJson(pairEntry())},\n{"korean": 3}\n]\n`)
  await assert.rejects(readPairs(workspace), {
    code: 'PAIR_ENTRY',
    at: { file: join(workspace.data, 'synonyms', 'combined_synonyms.json'), line: 3 },
  })
})

test('steps that a resumed training took again count once, the later line', async () => {
  const workspace = workspaceOf(join(folder, 'resumed'))
  const lines = [
    { step: 1, loss: 3 },
    { step: 2, loss: 9 },
    { step: 2, validation: { 'hit@1': 0.5 } },
    { step: 2, loss: 2 },
    { step: 3, loss: 1 },
  ]
  write(
    join(workspace.models, 'checkpoints', 'm', 'training.jsonl'),
    lines.map((line) => JSON.stringify(line)).join('\n'),
  )
  const log = await readTrainingLog(workspace, undefined)
  assert.ok(log)
  assert.deepEqual(curveOf(log, 'loss', 'loss').points, [
    [1, 3],
    [2, 2],
    [3, 1],
  ])
  assert.deepEqual(log.validations, [{ step: 2, figures: { 'hit@1': 0.5 } }])
})

test('a long curve becomes means of neighbours that keep its mean', () => {
  const steps = Array.from({ length: 1000 }, (_, at) => ({ step: at + 1, loss: at % 10 }))
  const { points } = curveOf({ model: 'm', steps, validations: [] }, 'loss', 'loss')
  assert.ok(points.length <= 300)
  const mean = points.reduce((sum, [, loss]) => sum + loss, 0) / points.length
  assert.ok(Math.abs(mean - 4.5) < 1e-9, String(mean))
})

async function* entries() {
  yield pairEntry()
}

test('three queries in each language are asked across the languages, one of them held out', async () => {
  const asked: (string | undefined)[][] = []
  const model: SearchModel = {
    name: 'm',
    languages: ['ko', 'en'],
    terms: async (text) => [{ term: text === '산소' ? 'oxygen' : '소', weight: 1, language: 'en' }],
    tokens: (text) => text.split(' '),
    search: async (text, _k, language): Promise<LeadHit[]> => {
      asked.push([text, language])
      return []
    },
    leads: () => Promise.resolve([]),
    close: async () => undefined,
  }
  const views = await askQueries(model, pairs(), entries())
  assert.deepEqual(
    views.map(({ language, seen }) => `${language} ${seen}`),
    ['ko true', 'en true', 'ko true', 'en true', 'ko false', 'en false'],
  )
  assert.deepEqual(asked[0], ['산소', 'en'])
  assert.deepEqual(asked[1], ['oxygen', 'ko'])
  assert.deepEqual(views[0]?.taught, [
    {
      term: 'oxygen',
      isOwn: false,
      pairs: 1,
      examples: [{ left: '산소', right: 'oxygen', source: 'wikipedia_interlang' }],
    },
  ])
})
