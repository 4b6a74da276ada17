import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { type DjlRuntime, djlRuntimes, whyWithoutDjl } from '../../model/export/djl.ts'
import type { Parity } from '../../model/export/parity.ts'
import { packageRoot } from '../../runtime/package-root.ts'
import type { Score } from '../../schemas/types.ts'
import { skipWithoutOpenSearch, startOpenSearch } from '../integration/servers.ts'

/** What `npm start` does, into a folder of its own: minutes, not seconds. */
const run = promisify(execFile)
const root = mkdtempSync(join(tmpdir(), 'naru-sample-'))
const command = (...args: string[]) =>
  run(process.execPath, [join(packageRoot, 'cli/bootstrap.mjs'), ...args], { maxBuffer: 64 * 1024 * 1024 })
const naru = (...args: string[]) => command(...args, '--out', root)
let scores: Score[] = []
let printed = ''

before(async () => {
  printed = (await naru('run')).stdout
  scores = JSON.parse(readFileSync(join(root, 'models/exports/sample/scores.json'), 'utf8'))
})
after(() => rmSync(root, { recursive: true, force: true }))

function figure(of: Partial<Score>): number {
  const found = scores.filter((score) =>
    Object.entries(of).every(([key, value]) => score[key as keyof Score] === value),
  )
  assert.equal(found.length, 1, JSON.stringify(of))
  return found[0]!.value
}

const directions = ['ko→en', 'en→ko'] as const
const hit = { stratum: 'all', metric: 'hit@1' }

test('pairs of training clusters find each other first, both ways, among all titles', () => {
  for (const direction of directions) {
    const value = figure({ ...hit, task: 'synonyms', system: 'neural-sparse', stratum: 'train', direction })
    assert.ok(value >= 0.95, `${direction} ${value}`)
  }
})

test('a title finds the lead of the other language more often than BM25 does, both ways', () => {
  for (const direction of directions) {
    const neural = figure({ ...hit, task: 'title-lead', system: 'neural-sparse', direction })
    const bm25 = figure({ ...hit, task: 'title-lead', system: 'bm25', direction })
    assert.ok(neural > bm25, `${direction} ${neural} against ${bm25}`)
  }
})

test('vectors are sparse, and no term fires for more than a fifth of the texts', () => {
  const sparsity = { task: 'sparsity', system: 'neural-sparse' }
  for (const direction of ['ko', 'en']) {
    assert.ok(figure({ ...sparsity, direction, metric: 'query-terms-mean' }) < 100)
    assert.ok(figure({ ...sparsity, direction, metric: 'document-terms-mean' }) < 100)
    assert.ok(figure({ ...sparsity, direction, metric: 'max-term-share' }) <= 0.2)
  }
})

test('unseen clusters are reported beside every baseline, names and common nouns apart', () => {
  for (const stratum of ['unseen', 'unseen names', 'unseen common nouns']) {
    for (const system of ['neural-sparse', 'bm25', 'dictionary-bm25', 'skeleton']) {
      for (const direction of directions) figure({ ...hit, task: 'synonyms', stratum, system, direction })
    }
  }
})

test('the run says what it made, and all of it is there', () => {
  for (const file of ['combined_synonyms.{json,jsonl,parquet}', 'model.onnx', 'report.html']) {
    assert.ok(printed.includes(file), file)
  }
  for (const file of [
    'wikipedia/ko_articles.jsonl',
    'wikipedia/en_articles.jsonl',
    'synonyms/wiki_synonyms.json',
    'synonyms/entity_synonyms.json',
    'training/qd_pairs.jsonl',
    'training/negative_samples.jsonl',
    'models/exports/sample/onnx/model.onnx',
    'models/exports/sample/tokenizer.json',
    'report.html',
  ]) {
    assert.ok(existsSync(join(root, file)), file)
  }
})

test('every form of the model, on every runtime that is here, computes on 500 texts what was trained', () => {
  const parity: Parity = JSON.parse(readFileSync(join(root, 'models/exports/sample/parity.json'), 'utf8'))
  assert.equal(parity.texts, 500)
  const here = (Object.keys(djlRuntimes) as DjlRuntime[]).filter((runtime) => whyWithoutDjl(runtime) === undefined)
  const runtimes = parity.exact.map(({ runtime }) => runtime)
  assert.match(runtimes[0]!, /^onnxruntime-node /)
  assert.deepEqual(
    runtimes.slice(1),
    here.map((runtime) => djlRuntimes[runtime].runtime),
  )
  for (const { runtime, maxDifference, sameTopTerms } of parity.exact) {
    assert.ok(maxDifference <= 1e-4, `${runtime}: ${maxDifference}`)
    assert.equal(sameTopTerms, 500, runtime)
  }
})

test('a Korean query finds the English article', async () => {
  const { stdout } = await naru('search', '인공지능', '--lang', 'en', '--json')
  assert.equal(JSON.parse(stdout).hits[0].title, 'Artificial intelligence')
})

test('published in a real OpenSearch, the model finds the English article of a Korean query there too', {
  skip: skipWithoutOpenSearch(),
}, async (t) => {
  const { url, remove } = await startOpenSearch()
  t.after(remove)
  // Compares what the cluster predicts with what the export computes, and refuses where they differ.
  const published = await naru('opensearch', 'publish', '--url', url, '--json')
  assert.equal(JSON.parse(published.stdout).model, 'sample')
  const { indexed, refused } = JSON.parse((await naru('opensearch', 'index', '--url', url, '--json')).stdout)
  assert.ok(indexed > 1000, `${indexed}`)
  assert.equal(refused, 0)
  const asked = { 인공지능: 'Artificial intelligence', 지구: 'Earth', 일본: 'Japan' }
  const found: string[] = []
  for (const query of Object.keys(asked)) {
    const { stdout } = await command('opensearch', 'search', query, '--lang', 'en', '--url', url, '--json')
    found.push(JSON.parse(stdout).hits[0].title)
  }
  const right = Object.values(asked).filter((title, at) => title === found[at])
  assert.ok(right.length >= 2, found.join(', '))
})
