import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { keepMeasured } from '../../cli/measured-search.ts'
import { workspaceOf } from '../../cli/workspace.ts'
import { serviceIds } from '../../topology.ts'
import { naru } from './command-line.ts'
import { measuredSearch } from './report-facts.ts'

interface ServiceJson {
  readonly id: string
  readonly finished: boolean
  readonly written: Readonly<Record<string, number>>
}

interface RunJson {
  readonly complete: boolean
  readonly services: readonly ServiceJson[]
}

const folder = mkdtempSync(join(tmpdir(), 'naru-phases-'))
const out = join(folder, 'run')
after(() => rmSync(folder, { recursive: true, force: true }))

/** The tests of this file follow one run, in this order. */
test('a phase command runs what it is for, and --json leaves nothing but JSON on standard output', async () => {
  const { code, stdout, stderr } = await naru(['download', '--limit', '20', '--json', '--out', out])
  assert.equal(code, 0, stderr)
  const result: RunJson & { report: string | null; wallSeconds: number } = JSON.parse(stdout)
  assert.equal(result.complete, true)
  assert.equal(result.report, null)
  assert.ok(result.wallSeconds > 0)
  assert.deepEqual(
    result.services.map(({ id }) => id),
    ['dump-downloader', 'list-reader'],
  )
  assert.equal(result.services[0]?.written['dump-files'], 4, 'articles and langlinks of two wikis')
  assert.match(stderr, /^dump-downloader +done: /m)
})

test('status tells every service, and that the run is not complete', async () => {
  const { code, stdout } = await naru(['status', '--json', '--out', out])
  assert.equal(code, 0)
  const result: RunJson & { process: number | null } = JSON.parse(stdout)
  assert.equal(result.complete, false)
  assert.equal(result.process, null)
  assert.deepEqual(
    result.services.map(({ id }) => id),
    serviceIds,
  )
  assert.deepEqual(
    result.services.filter(({ finished }) => finished).map(({ id }) => id),
    ['dump-downloader', 'list-reader'],
  )
})

test('the next phase goes on with the flags of the first, quietly where asked', async () => {
  const { code, stdout, stderr } = await naru(['extract', '--quiet', '--out', out])
  assert.equal(code, 0, stderr)
  assert.equal(stdout, '')
  assert.equal(stderr, '')
  const { services }: RunJson = JSON.parse((await naru(['status', '--json', '--out', out])).stdout)
  const written = services.find(({ id }) => id === 'article-extractor')?.written.articles
  assert.ok(written !== undefined && written > 0 && written <= 40, `${written} articles of 20 pages in each wiki`)
  assert.ok(existsSync(join(out, 'wikipedia', 'ko_articles.jsonl')))
})

test('a run is not continued with other inputs: exit 2, and the difference is named', async () => {
  const { code, stderr } = await naru(['run', '--resume', '--limit', '30', '--out', out])
  assert.equal(code, 2)
  assert.match(stderr, /RUN_DIFFERS: .*dump-planner\.limit was 20, is now 30/)
})

test('the report of a run that is half done is written, with what was measured beside it', async () => {
  keepMeasured(workspaceOf(out), measuredSearch())
  const { code, stdout } = await naru(['report', '--out', out])
  assert.equal(code, 0)
  assert.equal(stdout, `${join(out, 'report.html')}\n`)
  assert.match(readFileSync(join(out, 'report.html'), 'utf8'), /“sample” in OpenSearch 3\.6\.0/)
})
