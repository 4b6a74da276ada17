/** The bench on a handful of articles: that it measures what it says, not how good the toy is. */
import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { z } from 'zod'
import { type MeasuredSearch, readMeasured } from '../../../cli/measured-search.ts'
import { workspaceOf } from '../../../cli/workspace.ts'
import { naru } from '../../cli/command-line.ts'
import { entryJson, pairEntry } from '../../cli/report-facts.ts'
import { toyTitles } from '../../model/toy.ts'
import { toyArticles } from '../../opensearch/toy-export.ts'
import { documents, type OpenSearchWorld } from './world.ts'

/** What a run has written before its model is measured. */
function writeRun(out: string): void {
  for (const language of ['ko', 'en']) {
    const lines = toyArticles.filter((article) => article.language === language)
    mkdirSync(join(out, 'wikipedia'), { recursive: true })
    writeFileSync(
      join(out, 'wikipedia', `${language}_articles.jsonl`),
      lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
    )
  }
  const pairs = toyTitles.korean.map((korean, at) => {
    const english = toyTitles.english[at]!
    const evidence = [{ rule: 'langlink', pages: [korean, english] }]
    return pairEntry({ left: korean, right: english, split: 'test', evidence })
  })
  mkdirSync(join(out, 'synonyms'), { recursive: true })
  writeFileSync(join(out, 'synonyms', 'combined_synonyms.json'), `[\n${pairs.map(entryJson).join(',\n')}\n]\n`)
}

export function benchTests(world: () => OpenSearchWorld, skip: string | false): void {
  test('the bench asks every way of searching, both ways of encoding, keeps the figures and leaves nothing in the cluster', {
    skip,
  }, async () => {
    const { cluster, root, url, first } = world()
    const out = join(root, 'measured')
    writeRun(out)
    const args = ['--out', out, '--model', first, '--url', url, '--index', 'measured', '--json']
    const { code, stdout, stderr } = await naru(['opensearch', 'bench', ...args])
    assert.equal(code, 0, stderr)
    const figures: MeasuredSearch = JSON.parse(stdout)

    const quality = new Map(figures.systems.map(({ system, quality }) => [system, quality]))
    const [words = '', ...others] = quality.keys()
    assert.match(words, /^BM25, (nori|cjk) and english$/)
    assert.deepEqual(others, ['neural sparse', 'hybrid', 'neural sparse, doc-only', 'neural sparse, SEISMIC'])
    // Words of one language stand in no article of the other; the toy was trained to find them all the same.
    assert.equal(quality.get(words)!.hitAt1, 0)
    assert.equal(quality.get('neural sparse')!.queries, 24)
    assert.ok(quality.get('neural sparse')!.hitAt1 >= 20 / 24, `${quality.get('neural sparse')!.hitAt1}`)
    assert.equal(quality.get('neural sparse, SEISMIC')!.hitAt1, quality.get('neural sparse')!.hitAt1)
    for (const { p50, p95, p99, queriesPerSecond } of figures.systems) {
      assert.ok(p50 > 0 && p50 <= p95 && p95 <= p99 && queriesPerSecond > 0)
    }
    assert.deepEqual(
      figures.indices.map(({ system }) => system),
      ['bilingual', 'doc-only', 'ann'],
    )
    for (const size of figures.indices) {
      assert.equal(size.documents, documents)
      assert.ok(size.bytes > 0 && size.documentsPerSecond > 0 && size.byClusterPerSecond > 0)
    }
    assert.deepEqual(await cluster.ask(z.record(z.string(), z.unknown()), 'GET', '/measured*'), {})
    assert.deepEqual(readMeasured(workspaceOf(out)), figures, 'what naru report shows')
  })
}
