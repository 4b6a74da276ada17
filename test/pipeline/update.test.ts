/** The sample's two dumps, a month apart: after an update the data sets are those of the second dump alone, to the byte. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, mock, test } from 'node:test'
import { tracePages } from '../../cli/lineage/pages.ts'
import { Topics } from '../../cli/lineage/topics.ts'
import { type Step, type Trace, traceExample, tracePairs } from '../../cli/lineage/trace.ts'
import { openEmbeddedClaims } from '../../runtime/embedded/claims.ts'
import { openEmbeddedTransport } from '../../runtime/embedded/transport.ts'
import { packageRoot } from '../../runtime/package-root.ts'
import type { Stream } from '../../runtime/service.ts'
import type { ServiceStatus } from '../../runtime/status.ts'
import linkComparer from '../../services/03-link-comparer/service.ts'
import articleWriter from '../../services/04-article-writer/service.ts'
import anchorCounter from '../../services/05-anchor-counter/service.ts'
import entityMatcher from '../../services/06-entity-matcher/service.ts'
import synonymSplitter from '../../services/08-synonym-splitter/service.ts'
import exampleAssembler from '../../services/09-example-assembler/service.ts'
import synonymWriter from '../../services/09-synonym-writer/service.ts'
import exampleWriter from '../../services/10-example-writer/service.ts'
import { dataSetHashes, dataSetWriters, keepBefore, runStages } from './stages.ts'

const root = mkdtempSync(join(tmpdir(), 'naru-update-'))
after(() => rmSync(root, { recursive: true, force: true }))

const inputsOf = (date: string) =>
  ['ko', 'en'].map((language) => {
    return { language, location: join(packageRoot, 'dataset', 'sample', date, `${language}wiki`) }
  })

function runOn(date: string, out: string): Promise<readonly ServiceStatus[]> {
  return runStages({ out, targets: dataSetWriters, inputs: inputsOf(date) })
}

/** As naru update does it: compared with the versions of pages that the run before has written. */
function updateTo(date: string, out: string, update: number): Promise<readonly ServiceStatus[]> {
  return runStages({
    out,
    update,
    targets: dataSetWriters,
    inputs: inputsOf(date),
    settings: keepBefore(out, update),
  })
}

/** Those of the streams that amend that go over all of their input while `work` is done. */
async function overAllIn(work: () => Promise<unknown>): Promise<string[]> {
  const amending: readonly Stream[] = [
    linkComparer,
    anchorCounter,
    entityMatcher,
    synonymSplitter,
    articleWriter,
    exampleAssembler,
    synonymWriter,
    exampleWriter,
  ]
  const runs = amending.map((stream) => mock.method(stream, 'run'))
  await work()
  const found = amending.filter((_, at) => runs[at]!.mock.callCount() > 0).map(({ id }) => id)
  for (const run of runs) run.mock.restore()
  return found
}

const updated = join(root, 'updated')
/** Of the run on the first dump. */
let first: Record<string, string> = {}
let overAll: readonly string[] = []
let statuses: readonly ServiceStatus[] = []
const of = (id: string) => statuses.find((status) => status.id === id)!.figures

before(async () => {
  await runOn('20260901', updated)
  first = dataSetHashes(updated)
  overAll = await overAllIn(async () => {
    statuses = await updateTo('20261001', updated, 1)
  })
})

test('after an update the data sets are those of a run on the second dump alone, to the byte', async () => {
  const fresh = join(root, 'fresh')
  await runOn('20261001', fresh)
  assert.deepEqual(dataSetHashes(updated), dataSetHashes(fresh))
  assert.notDeepEqual(dataSetHashes(updated), first)
})

test('only pages that have changed are written again, and only what follows from them', () => {
  const { written, droppedParts } = of('article-extractor')
  assert.ok((droppedParts.unchanged ?? 0) > 5_500, JSON.stringify(droppedParts))
  assert.ok((written.articles ?? 0) > 150 && (written.articles ?? 0) < 250, JSON.stringify(written))
  // The sample has some six thousand names of pages and five thousand pairs.
  assert.ok((of('name-finder').written['page-names'] ?? 0) < 600)
  assert.ok((of('synonym-splitter').written.synonyms ?? 0) < 600)
})

test('who amends puts what has changed into what it made, and goes over nothing else', () => {
  assert.deepEqual(overAll, [])
})

test('a page that has vanished has a tombstone, which is counted; it and a page that has moved are traced', async () => {
  // See dataset/sample/facts/changes.ts: five pages of each wiki are gone.
  assert.equal(of('article-extractor').droppedParts.vanished, 10)
  const [gone] = await traced((topics) => tracePages('트롬본', topics))
  assert.deepEqual(
    gone?.steps.map(({ what }) => what),
    ['트롬본', 'vanished'],
  )
  const [moved] = await traced((topics) => tracePages('퀵소트', topics))
  assert.ok(moved?.steps.at(-1)?.facts.movedFrom, JSON.stringify(moved))
  const [pair] = await traced((topics) => tracePairs(['퀵소트', 'Quicksort'], topics))
  assert.ok(pair && stepsOf(pair).some(({ facts }) => facts.movedFrom === moved.steps.at(-1)?.facts.movedFrom))
})

test('in an update too, events in are events passed on, dropped with a reason, or dead', () => {
  for (const { id, figures } of statuses) {
    const dropped = Object.values(figures.dropped).reduce((sum, count) => sum + count, 0)
    assert.equal(figures.events, figures.passed + dropped + figures.dead, id)
  }
})

async function traced<T>(work: (topics: Topics) => Promise<T>): Promise<T> {
  const transport = await openEmbeddedTransport({ folder: join(updated, 'state', 'log') })
  try {
    const read = new Map<string, { done: number; total: number }>()
    const result = await work(new Topics(transport, (topic, done, total) => read.set(topic, { done, total })))
    for (const [topic, { done, total }] of read) assert.equal(done, total, `of ${topic} all is told that was read`)
    return result
  } finally {
    await transport.close()
  }
}

function stepsOf({ steps }: Trace): Step[] {
  const below = (step: Step): Step[] => [step, ...step.from.flatMap(below)]
  return steps.flatMap(below)
}

test('a pair is traced to the files of the dump, with their checksums, and on to its examples', async () => {
  const [trace] = await traced((topics) => tracePairs(['water', '물'], topics))
  assert.ok(trace)
  const steps = stepsOf(trace)
  const files = steps.filter(({ topic }) => topic === 'dump-files')
  assert.ok(files.length > 0)
  for (const { what, facts } of files) {
    const sha1 = createHash('sha1')
      .update(readFileSync(join(updated, what)))
      .digest('hex')
    assert.equal(facts.sha1, sha1)
  }
  assert.ok(steps.every(({ topic, event }) => event.startsWith(`${topic}-`) && /@\d+$/.test(event)))
  assert.ok(steps.some(({ topic, facts }) => topic === 'synonym-candidates' && facts.rule === 'langlink'))
  assert.ok(steps.some(({ topic, facts }) => topic === 'articles' && Number(facts.revisionId) > 0))
  assert.ok(trace.madeOf.some(({ topic }) => topic === 'training-examples'))
})

test('an example is traced to its pairs; what an update has taken back is no longer there', async () => {
  const [line] = readFileSync(join(updated, 'training', 'qd_pairs.jsonl'), 'utf8').split('\n')
  const { id }: { id: string } = JSON.parse(line ?? '')
  const trace = await traced((topics) => traceExample(id, topics))
  assert.ok(trace && stepsOf(trace).some(({ topic }) => topic === 'synonyms'))
  // The first dump had the page, the second has not: see dataset/sample/facts/changes.ts.
  assert.deepEqual(await traced((topics) => tracePairs(['트롬본', 'Trombone'], topics)), [])
})

test('an update that broke off between the files and their commit is gone on with; a file that was changed, or is known no more, is made anew', async () => {
  // Of one of twelve partitions: the others go on from what they have.
  rmSync(join(updated, 'state', 'made', 'anchor-counter', 'p3.json'))
  appendFileSync(join(updated, 'training', 'qd_pairs.jsonl'), '{"id":"by hand"}\n')
  const again = {
    out: updated,
    update: 2,
    targets: dataSetWriters,
    inputs: inputsOf('20260901'),
    settings: keepBefore(updated, 2),
  }
  const anew = await overAllIn(async () => {
    for (const id of ['synonym-splitter', 'synonym-writer']) {
      await assert.rejects(runStages({ ...again, open: () => openBreaking(id) }), /broken off/)
    }
    await runStages(again)
  })
  assert.deepEqual(anew, ['anchor-counter', 'synonym-splitter', 'synonym-writer', 'example-writer'])
  // This was the way back to the first dump.
  assert.deepEqual(dataSetHashes(updated), first)
})

/** A log in which a service cannot commit. */
async function openBreaking(service: string) {
  const transport = await openEmbeddedTransport({ folder: join(updated, 'state', 'log') })
  const claims = await openEmbeddedClaims({ folder: join(updated, 'state', 'claims') })
  const begin = transport.begin.bind(transport)
  mock.method(transport, 'begin', async (...at: Parameters<typeof begin>) => {
    const transaction = await begin(...at)
    if (at[0] === service) mock.method(transaction, 'commit', () => Promise.reject(new Error('broken off')))
    return transaction
  })
  return { transport, claims }
}
