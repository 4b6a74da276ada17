/** The monitor's page in a real browser: what it shows, that it follows, that it can be used without a mouse and without eyes. */
import assert from 'node:assert/strict'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { loadSparseModel } from '../../model/sparse-model.ts'
import { openFolderStore } from '../../runtime/files.ts'
import { writeLeadIndex } from '../../search/lead-index.ts'
import synonymWriter from '../../services/09-synonym-writer/service.ts'
import { EventFile } from '../../services/10-trainer/event-file.ts'
import { naru } from '../cli/command-line.ts'
import { toyTitles } from '../model/toy.ts'
import { busy, viewAfter } from '../monitor/busy-pipeline.ts'
import { openWorld, type StartedMonitor, startMonitor, type World } from '../monitor/world.ts'
import { toyArticles, toyExport } from '../opensearch/toy-export.ts'
import { drive, incoming } from '../services/drive.ts'
import { evidenceOf, pairOf, synonymOf } from '../services/events.ts'
import { openChromium, noChromium as skip, violations } from './chromium.ts'

const out = mkdtempSync(join(tmpdir(), 'naru-monitor-page-'))
const waitMs = 20_000
let world: World
let monitor: StartedMonitor
let browser: Browser

before(async () => {
  if (skip) return
  const seoul = pairOf('서울', 'Seoul')
  const evidence = [evidenceOf('서울', 'Seoul', { wiki: 'kowiki', pageId: 7, revisionId: 77 })]
  await drive(out, synonymWriter, [incoming('synonyms', synonymOf({ ...seoul, confidence: 0.97, evidence }))])
  const models = join(out, 'models')
  for (const run of ['aaaa1111', 'bbbb2222', 'cccc3333']) {
    const checkpoints = join(models, 'checkpoints', 'tiny')
    mkdirSync(join(checkpoints, run, 'step-00000040'), { recursive: true })
    writeFileSync(join(checkpoints, run, 'step-00000040', 'state'), Buffer.alloc(2_500_000))
    const events = await EventFile.begin(join(checkpoints, 'tensorboard', run), 0, () => 1_790_000_000)
    for (let step = 1; step <= 40; step++) {
      // One step up, one down: smoothed by 0.9 the last is near the middle of 4 and 8.
      const losses = { 'train/loss': step % 2 === 0 ? 8 : 4, 'train/alignment': 0.75 }
      await events.scalars(step, { ...losses, 'train/activeTerms': 90, 'train/samplesPerSecond': 33 })
    }
  }
  mkdirSync(join(models, 'exports', 'judged'), { recursive: true })
  const score = { model: 'judged', task: 'synonyms', system: 'neural-sparse', direction: 'ko→en', stratum: 'all' }
  const scores = [{ ...score, metric: 'mrr@10', value: 0.625, queries: 45, pool: 298 }]
  writeFileSync(join(models, 'exports', 'judged', 'scores.json'), JSON.stringify(scores))
  mkdirSync(join(models, 'evaluations', 'judged'), { recursive: true })
  for (const [at, value] of [0.25, 0.5, 0.75].entries()) {
    const ndcg = { ...score, metric: 'ndcg@10', value, queries: 45, pool: 298 }
    const terms = { ...ndcg, task: 'sparsity', direction: 'ko', metric: 'query-terms-mean', value: 30 - at }
    const file = join(models, 'evaluations', 'judged', `${at}.json`)
    writeFileSync(file, JSON.stringify([ndcg, terms]))
    utimesSync(file, 1_790_000_000 + at, 1_790_000_000 + at)
  }
  world = await openWorld(out)
  monitor = await startMonitor(['--out', out, '--token-env', 'T'], { T: 'secret' })
  browser = await openChromium()
})
after(async () => {
  await browser?.close()
  await monitor?.stop()
  await world?.close()
  rmSync(out, { recursive: true, force: true })
})

const [word, translation] = [toyTitles.korean[0]!, toyTitles.english[0]!]

/** Trains a model of some words for a second or two, and leaves it where a run does, with its index. */
async function searchable(): Promise<void> {
  const exported = await toyExport(out, 1)
  const folder = join(out, 'models', 'exports', 'toy')
  cpSync(exported, folder, { recursive: true })
  const encoder = await loadSparseModel(folder)
  const leads = toyArticles.filter(({ kind }) => kind === 'article')
  const vectors = await encoder.encode(leads.map(({ lead }) => lead))
  await encoder.close()
  await writeLeadIndex(
    openFolderStore({ data: folder, models: folder }),
    'search',
    leads.map(({ language, title, lead }, at) => ({ language, title, lead, vector: vectors[at]! })),
  )
}

/** Signed in, at a section; what the browser complains of fails the test that the page is of. */
async function opened(section: string, options: Parameters<Browser['newPage']>[0] = {}) {
  const page = await browser.newPage({ locale: 'en-US', ...options })
  page.setDefaultTimeout(waitMs)
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    // A 401 before the token was given is told on the console too.
    if (message.type() === 'error' && !message.text().includes('401')) faults.push(message.text())
  })
  await page.goto(`${monitor.url}#/${section}`)
  await page.getByLabel(/Token|토큰/).fill('secret')
  await page.keyboard.press('Enter')
  await page.locator('main .card, main .tiles').first().waitFor()
  return { page, faults }
}

test('the pipeline is drawn, and what is written into it is seen within seconds', { skip }, async () => {
  const { page, faults } = await opened('pipeline')
  const topic = page.locator('.graph .node.topic', { hasText: 'articles' })
  await page.locator('.graph .node.service').nth(18).waitFor()
  assert.match((await topic.textContent()) ?? '', /40/)
  await world.articles(60)
  await topic.getByText(/^100$|\/s/).waitFor()
  const row = page.getByRole('row', { name: /name-finder/ })
  await row.getByText('99').waitFor()
  assert.match((await row.textContent()) ?? '', /working|behind/)
  assert.ok((await page.locator('.graph .edge').count()) > 30)
  const edge = page.locator('.graph .edge title', { hasText: 'article-extractor → articles' })
  assert.match((await edge.textContent()) ?? '', /^article-extractor → articles: [\d.]+\/s · <?[\d.]+ MB\/s$/)
  assert.match((await page.locator('.tile', { hasText: 'Memory' }).textContent()) ?? '', /\d+ MB/)
  assert.match((await page.locator('.tile', { hasText: 'CPU' }).textContent()) ?? '', /\d\.\d\d/)
  assert.deepEqual(faults, [])
  await page.close()
})

test('every figure of edges, services and the whole is the one that was sampled', { skip }, async () => {
  const { page, faults } = await opened('groups')
  const view = await viewAfter(20, busy)
  const body = `data: ${JSON.stringify({ view })}\n\n`
  await page.route('**/api/live', (route) => route.fulfill({ contentType: 'text/event-stream', body }))
  await page.reload()
  await page.goto(`${monitor.url}#/pipeline/name-finder`)
  const said = async (selector: string, hasText: string) =>
    ((await page.locator(selector, { hasText }).first().textContent()) ?? '').replaceAll(/\s+/g, ' ').trim()
  await page.locator('.tile', { hasText: '3 min 00 s' }).waitFor()
  assert.equal(await said('.tile', 'Dumps read in'), 'Dumps read in3 min 00 s')
  assert.equal(await said('.tile', 'MB/s'), 'MB/s0.10 MB/s')
  assert.equal(await said('.tile', 'CPU'), 'CPU1.50')
  assert.equal(await said('.tile', 'Memory'), 'Memory300 MB')
  assert.equal(await said('.tile', 'Bottleneck'), 'Bottleneckarticle-extractor')
  const written = 'article-extractor → articles'
  assert.match(await said('.graph .edge', written), /^article-extractor → articles: 50\/s · 0\.10 MB\/s/)
  assert.match(await said('.graph .edge', 'articles → name-finder'), /^articles → name-finder: 20\/s · 0\.04 MB\/s/)
  assert.equal(await said('.graph .node.topic', 'articles'), 'articles50/s 0.10 MB/s')
  assert.match(await said('.graph .node.service', 'name-finder'), /^name-finder20\/s[a-z ]*600 · 12 s$/)
  const cells = async (row: string) =>
    Promise.all(
      (await page.getByRole('row', { name: row }).first().locator('td.number').all()).map((cell) => cell.innerText()),
    )
  // In, out, lag in records and seconds, left, errors, dead letters, dropped, cores, memory.
  assert.deepEqual(await cells('name-finder'), ['20/s', '0/s', '600', '12 s', '30 s', '2', '0', '0', '–', '–'])
  assert.equal((await cells('article-extractor')).at(-2), '0.80')
  await page.locator('summary', { hasText: 'Edges' }).click()
  assert.deepEqual(await cells('articles name-finder'), ['20/s', '0.04 MB/s', '600'])
  assert.deepEqual(faults, [])
  await page.close()
})

test('the history of a topic and of a service ends with their last figures', { skip }, async () => {
  const { page, faults } = await opened('topics/articles')
  const last = { 'topic.articles.recordsPerSecond': 50, 'topic.articles.bytesPerSecond': 100_000 }
  const others = { 'service.name-finder.takenPerSecond': 20, 'service.name-finder.lag': 600 }
  const figures: Readonly<Record<string, number>> = { ...last, ...others }
  await page.route('**/api/history?*', (route) => {
    const series = new URL(route.request().url()).searchParams.get('series')!.split(',')
    const samples = [1, 2, 3].map((at) => [
      1_790_000_000_000 + at * 1000,
      ...series.map((name) => figures[name]! - 3 + at),
    ])
    return route.fulfill({ json: { samples } })
  })
  const ends = async (title: string, figure: string) => {
    const chart = page.locator('.chart', { hasText: title })
    await chart.locator('b', { hasText: figure }).waitFor()
    assert.ok((await chart.locator('canvas').boundingBox())!.width > 100)
  }
  await page.getByRole('button', { name: '1 h' }).click()
  await ends('Records/s', '50/s')
  await ends('MB/s', '0.10 MB/s')
  await page.goto(`${monitor.url}#/pipeline/name-finder`)
  await ends('Records/s', '20/s')
  await ends('Lag (records)', '600')
  assert.deepEqual(faults, [])
  await page.close()
})

test('what holds the others up is marked in the drawing, in the table and above', { skip }, async () => {
  const { page, faults } = await opened('pipeline')
  await page.locator('.graph .node.service').nth(18).waitFor()
  await world.reads(2)
  const marked = page.locator('.graph .is-bottleneck')
  await marked.getByText('name-finder').waitFor()
  assert.match((await marked.textContent()) ?? '', /▲/)
  await page
    .getByRole('row', { name: /name-finder/ })
    .getByText('Bottleneck')
    .waitFor()
  assert.match((await page.locator('.tile.bottleneck').textContent()) ?? '', /name-finder/)
  assert.deepEqual(faults, [])
  await page.close()
})

test('a service can be reached, opened and left by keys alone', { skip }, async () => {
  const { page } = await opened('pipeline')
  const link = page.locator('.graph').getByRole('link', { name: /^name-finder/ })
  await link.focus()
  await page.keyboard.press('Enter')
  const panel = page.locator('#service-panel')
  await panel.getByRole('heading', { name: 'name-finder' }).waitFor()
  await panel.getByText('not_a_name').waitFor()
  await panel.getByText('TRANSACTION_FENCED').waitFor()
  await page.getByRole('link', { name: 'Close' }).focus()
  await page.keyboard.press('Enter')
  await panel.waitFor({ state: 'detached' })
  await page.close()
})

test('a topic shows its partitions and its events, decoded; a dead letter its cause', { skip }, async () => {
  const { page, faults } = await opened('topics/articles')
  await page.getByRole('columnheader', { name: /name-finder/ }).waitFor()
  assert.equal(await page.locator('table tbody tr').count(), 12)
  await page.locator('.events summary').first().click()
  await page.locator('.events pre').first().getByText('서울은 대한민국의 수도이다').waitFor()
  await page.goto(`${monitor.url}#/dead`)
  await page.getByText('the infobox ends nowhere').waitFor()
  await page.getByText('EVENT_INVALID').waitFor()
  assert.deepEqual(faults, [])
  await page.close()
})

test('a word is found with its evidence, and a pair of the queue is judged', { skip }, async () => {
  const { page, faults } = await opened('synonyms')
  await page.getByRole('searchbox').fill('서울')
  await page.keyboard.press('Enter')
  const revision = page.getByRole('link', { name: 'kowiki 77' })
  await revision.waitFor()
  assert.equal(await revision.getAttribute('href'), 'https://ko.wikipedia.org/w/index.php?oldid=77')
  const pair = page.locator('.pair', { hasText: '서울 = Seoul' })
  assert.match((await pair.locator('.confidence').textContent()) ?? '', /0\.970/)
  const evidence = page.locator('.bars', { has: page.getByText('langlink', { exact: true }) }).first()
  const langlinks = evidence.locator('li', { hasText: 'langlink' }).locator('.bar-value')
  const before = Number(await langlinks.textContent())
  await world.articles(5)
  await langlinks.getByText(String(before + 5)).waitFor()
  await page.getByRole('button', { name: 'Right' }).click()
  await page.getByText(/0 to judge · 1 judged/).waitFor()
  assert.match(readFileSync(join(out, 'synonyms', 'review.jsonl'), 'utf8'), /"verdict":"right"/)
  assert.deepEqual(faults, [])
  await page.close()
})

test('events that hold a text are found in every partition, and how far the search is, is told', { skip }, async () => {
  const { page, faults } = await opened('topics/articles')
  await page.getByRole('searchbox').fill('문서 33')
  await page.keyboard.press('Enter')
  await page.getByText(/^1 found · (\d+) \/ \1 searched$/).waitFor()
  await page.locator('.events summary').click()
  await page.locator('.events pre').getByText('"title": "문서 33"').waitFor()
  assert.deepEqual(await violations(page), [])
  await page.getByRole('searchbox').fill('')
  await page.getByRole('button', { name: 'Newest' }).waitFor()
  assert.deepEqual(faults, [])
  await page.close()
})

test('three trainings lie over each other, smoothed as one likes, with alignment, checkpoints and scores', {
  skip,
}, async () => {
  const { page, faults } = await opened('training')
  const losses = page.locator('.chart', { hasText: 'Loss and its parts' })
  await losses.locator('.key', { hasText: /^loss 8\.000$/ }).waitFor()
  for (const box of await page.getByRole('group', { name: 'Compare with' }).getByRole('checkbox').all())
    await box.check()
  for (const number of [2, 3]) await losses.getByText(`loss (${number})`).waitFor()
  await page.getByLabel('Smoothing').fill('0.9')
  // Worked by hand: an average of 4 and 8 in turn ends 0.1/1.9 of their half distance above the middle.
  const smoothed = losses.locator('.key', { hasText: /^loss 6\.1/ })
  await smoothed.waitFor()
  await page.locator('.chart', { hasText: 'Alignment' }).getByText('0.750').first().waitFor()
  const checkpoints = page.locator('section', { has: page.getByRole('heading', { name: 'Checkpoints' }) })
  assert.match((await checkpoints.locator('tbody').last().textContent()) ?? '', /^40\s*2\.50 MB/)
  const scores = page.locator('section', { has: page.getByRole('heading', { name: /^Evaluations: judged/ }) })
  assert.match((await scores.getByRole('row').nth(1).textContent()) ?? '', /synonyms\s*ko→en\s*neural-sparse\s*0\.625/)
  const course = page.locator('section', { has: page.getByRole('heading', { name: 'Course of the scores' }) })
  assert.equal(await course.locator('tbody tr').count(), 3)
  await course.locator('.chart', { hasText: 'nDCG of the first ten' }).getByText('0.750').waitFor()
  await course.locator('.chart', { hasText: 'Active terms' }).getByText('28.0').waitFor()
  assert.deepEqual(await violations(page), [])
  assert.deepEqual(faults, [])
  await page.close()
})

test('a search without a model says what to do, in the language of the page', { skip }, async () => {
  for (const [locale, advice] of [
    ['en-US', /Make one with naru run.*/],
    ['ko-KR', /내보낸 모델이 없습니다/],
  ] as const) {
    const { page } = await opened(`search/${encodeURIComponent('서울')}`, { locale })
    await page.getByText(advice).waitFor()
    await page.getByText('MODEL_MISSING').waitFor()
    await page.close()
  }
})

test('a Korean query shows what it activates in both languages, and the hits of model and BM25 with their reasons', {
  skip,
}, async () => {
  const { page, faults } = await opened('search')
  await searchable()
  const query = page.getByRole('searchbox')
  await query.fill(`${word}은`)
  await query.press('Enter')
  for (const language of ['Korean', 'English']) {
    const terms = page.locator('.terms > div', {
      has: page.getByRole('heading', { name: new RegExp(`^${language} [1-9]`) }),
    })
    await terms.locator('li meter').first().waitFor()
  }
  const hitsOf = (title: string) =>
    page.locator('section.card', { has: page.getByRole('heading', { name: title, exact: true }) })
  const sparse = hitsOf('The model').locator('.hits > li')
  await sparse
    .filter({ hasText: translation })
    .locator('.why', { hasText: /Why: .*\d\.\d\d/ })
    .first()
    .waitFor()
  const lexical = hitsOf('BM25').locator('.hits > li')
  await lexical.filter({ hasText: word }).locator('.why').first().waitFor()
  assert.equal(await lexical.filter({ hasText: translation }).count(), 0, 'BM25 does not cross over')
  await query.fill(`the ${translation}`)
  await query.press('Enter')
  await sparse.filter({ hasText: word }).first().waitFor()
  await lexical.filter({ hasText: translation }).first().waitFor()
  assert.deepEqual(await violations(page), [])
  assert.deepEqual(faults, [])
  await page.close()
})

/** Words of each section that a page in one language has, and one in the other has not. */
const words: Readonly<Record<string, readonly [english: string, korean: string]>> = {
  'pipeline/name-finder': ['Finds names of pages in redirects', '문서의 이름을 찾습니다'],
  topics: ['Readers', '읽는 서비스'],
  'topics/articles': ['Pages taken apart.', '구문을 분석한 문서.'],
  groups: ['Members', '멤버'],
  dead: ['Look at the page.', '이벤트가 스키마에 맞지 않습니다'],
  'synonyms/서울': ['Review queue', '검토 대기'],
  training: ['Loss and its parts', '손실과 구성'],
  search: ['Find', '찾기'],
}

const shapes = [
  { colorScheme: 'light', locale: 'en-US', viewport: { width: 1440, height: 900 } },
  { colorScheme: 'dark', locale: 'ko-KR', viewport: { width: 390, height: 844 } },
] as const
for (const shape of shapes) {
  const { colorScheme, locale, viewport } = shape
  test(`axe finds nothing to complain of: ${colorScheme}, ${locale}, ${viewport.width} wide`, { skip }, async () => {
    const { page } = await opened('pipeline/name-finder', shape)
    for (const [section, [english, korean]] of Object.entries(words)) {
      await page.goto(`${monitor.url}#/${section}`)
      await page.locator('main .card').first().waitFor()
      const [said, silent] = locale === 'ko-KR' ? [korean, english] : [english, korean]
      await page.locator('main').getByText(said).first().waitFor()
      assert.equal(await page.locator('main').getByText(silent).count(), 0, `${section} says ${silent} in ${locale}`)
      assert.deepEqual(await violations(page), [], section)
      const wider = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
      assert.equal(wider, 0, `${section} is wider than the screen`)
    }
    assert.equal(await page.evaluate('document.documentElement.lang'), locale.slice(0, 2))
    await page.close()
  })
}

test('a dead letter is put back on its way by its button, and the count of the run moves', { skip }, async () => {
  // A retry takes the log for itself, so the run that wrote it must have ended.
  await world.close()
  const { page, faults } = await opened('dead/name-finder')
  await page.getByRole('button', { name: 'Retry' }).click()
  await page.getByText('put back').waitFor()
  assert.deepEqual(faults, [])
  const listed = await naru(['dead', 'list', '--out', out, '--json'])
  assert.deepEqual(JSON.parse(listed.stdout), [], listed.stderr)
  await page.close()
})
