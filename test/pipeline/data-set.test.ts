import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { ServiceStatus } from '../../runtime/status.ts'
import { readersOf, specOf, type TopicName, topicNames } from '../../topology.ts'
import { dataSetHashes, dataSetWriters, runStages } from './stages.ts'

const root = mkdtempSync(join(tmpdir(), 'naru-pipeline-'))
after(() => rmSync(root, { recursive: true, force: true }))
const undisturbed = join(root, 'undisturbed')
let statuses: readonly ServiceStatus[] = []

before(async () => {
  statuses = await runStages({ out: undisturbed, targets: dataSetWriters, workers: 2 })
})

const of = (id: string): ServiceStatus => statuses.find((status) => status.id === id)!

test('at every service, events in are events passed on, dropped with a reason, or dead', () => {
  for (const { id, figures } of statuses) {
    const dropped = Object.values(figures.dropped).reduce((sum, count) => sum + count, 0)
    assert.equal(figures.events, figures.passed + dropped + figures.dead, id)
  }
})

test('every event written to a topic is taken in once by each of its readers', () => {
  for (const topic of topicNames) {
    const written = statuses.reduce((sum, { figures }) => sum + (figures.written[topic] ?? 0), 0)
    for (const reader of readersOf(topic)) {
      const others = specOf(reader).reads.filter((name): name is Exclude<TopicName, typeof topic> => name !== topic)
      const status = statuses.find(({ id }) => id === reader)
      if (!status || others.length > 0) continue
      assert.equal(status.figures.events, written, `${reader} reads ${topic}`)
    }
  }
})

test('the broken pages of the sample are passed on or dead-lettered, never lost: pages in are articles, drops and dead parts', () => {
  const { written, droppedParts, deadParts } = of('article-extractor').figures
  const index = readFileSync(join(undisturbed, 'wikipedia', 'ko_articles.jsonl'), 'utf8')
    .trimEnd()
    .split('\n').length
  const english = readFileSync(join(undisturbed, 'wikipedia', 'en_articles.jsonl'), 'utf8')
    .trimEnd()
    .split('\n').length
  assert.equal(written.articles, index + english)
  assert.ok((droppedParts.other_namespace ?? 0) > 0)
  assert.ok(deadParts >= 0)
})

test('a pair carries its source, its cluster, its side and the pages that say so', () => {
  const pairs: Record<string, unknown>[] = JSON.parse(
    readFileSync(join(undisturbed, 'synonyms/wiki_synonyms.json'), 'utf8'),
  )
  const hydrogen = pairs.find(({ korean }) => korean === '수소')
  assert.equal(hydrogen?.english, 'Hydrogen')
  assert.equal(hydrogen?.source, 'wikipedia_interlang')
  assert.match(String(hydrogen?.split), /^(train|val|test)$/)
  assert.ok(Array.isArray(hydrogen?.evidence) && hydrogen.evidence.length > 0)
})

test('no cluster is on two sides, and nothing of a test cluster is in the training examples', () => {
  const read = (name: string): { korean: string; english: string; cluster: string; split: string }[] =>
    JSON.parse(readFileSync(join(undisturbed, `synonyms/${name}.json`), 'utf8'))
  const sides = new Map<string, string>()
  for (const { cluster, split } of read('combined_synonyms')) {
    assert.equal(sides.get(cluster) ?? split, split)
    sides.set(cluster, split)
  }
  const held = new Set(read('test').flatMap(({ korean, english }) => [korean, english]))
  const lines = readFileSync(join(undisturbed, 'training/qd_pairs.jsonl'), 'utf8').trimEnd().split('\n')
  assert.ok(held.size > 0 && lines.length > 0)
  for (const line of lines) {
    const { query, synonym_pairs }: { query: string; synonym_pairs: [string, string][] } = JSON.parse(line)
    for (const name of [query, ...synonym_pairs.flat()]) assert.ok(!held.has(name), name)
  }
})

test('the data set is the same to the byte with one worker thread as with two', async () => {
  const out = join(root, 'one-worker')
  await runStages({ out, targets: dataSetWriters, workers: 1 })
  assert.deepEqual(dataSetHashes(out), dataSetHashes(undisturbed))
})

test('a run that is killed again and again ends with the same bytes', async () => {
  const out = join(root, 'killed')
  const script = fileURLToPath(new URL('./stages.ts', import.meta.url))
  const start = () =>
    spawn(process.execPath, ['--import', 'tsx', script, out, '2', dataSetWriters.join(',')], { stdio: 'ignore' })
  let kills = 0
  for (const lifeMs of [2_500, 4_000, 6_000]) {
    const child = start()
    const exit = once(child, 'exit')
    const ended = await Promise.race([exit.then(() => true), sleep(lifeMs).then(() => false)])
    if (ended) break
    child.kill('SIGKILL')
    await exit
    kills++
  }
  assert.ok(kills > 0, 'the run was over before it could be killed')
  const [code] = await once(start(), 'exit')
  assert.equal(code, 0)
  assert.deepEqual(dataSetHashes(out), dataSetHashes(undisturbed))
})
