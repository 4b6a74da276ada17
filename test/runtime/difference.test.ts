/** The difference that an update makes of a stream that amends, on the log itself. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Codec } from '../../runtime/codec.ts'
import { openDeps } from '../../runtime/deps.ts'
import { openEmbeddedTransport } from '../../runtime/embedded/transport.ts'
import { createLog } from '../../runtime/log.ts'
import type { RunContext } from '../../runtime/runner/context.ts'
import { before, emit, type Stream } from '../../runtime/service.ts'
import type { OutgoingRecord } from '../../runtime/transport.ts'
import { type AmendingStream, differenceByAmending, type WithDeps } from '../../runtime/update/difference.ts'
import { isRetraction, retractionOf } from '../../runtime/update/marks.ts'
import { Voids } from '../../runtime/voids.ts'
import { WorkerPool } from '../../runtime/workers.ts'
import type { AnchorCount } from '../../schemas/types.ts'
import anchorCounter from '../../services/05-anchor-counter/service.ts'
import { openWriter } from '../integration/members.ts'
import { pageNameOf } from '../services/events.ts'

const root = mkdtempSync(join(tmpdir(), 'naru-difference-'))
after(() => rmSync(root, { recursive: true, force: true }))
const codec = new Codec()
const at = { topic: 'anchors', partition: 0 } as const

function anchor(surfaceKey: string, pageId: number): OutgoingRecord {
  const value: AnchorCount = {
    ...{ wiki: 'kowiki', language: 'ko', surfaceKey, surface: surfaceKey, target: '서울', count: 1 },
    ...{ pageId, revisionId: pageId * 10, written: '', offset: null },
  }
  return { ...at, key: `kowiki:${surfaceKey}`, value: codec.encode('AnchorCount', value), headers: {} }
}

/** A name that is said of a page for each of the events. */
const nameOf = (pageId: number) => emit.pageNames(pageNameOf('kowiki', '서울', String(pageId)))

test('a stream that amends is shown what has changed, and where it asks all that stands; what it says as before is not said again', async () => {
  const transport = await openEmbeddedTransport({ folder: join(root, 'log') })
  try {
    const plan = { topic: at.topic, partitions: 1, cleanup: 'delete', retentionHours: 1, minInsyncReplicas: 1 } as const
    const writer = await openWriter(transport, [plan])
    await writer.write([anchor('한양', 1), anchor('한양', 2), anchor('경성', 3)])
    await writer.write([retractionOf(anchor('한양', 1)), anchor('한양', 4)])
    await writer.stop()
    const around = {
      store: { data: root, models: root },
      stateFolder: join(root, 'state'),
      logLevel: 'silent' as const,
      logDestination: 2 as const,
      settings: {},
    }
    const live = { progress: { report: () => undefined }, signal: new AbortController().signal }
    const context: RunContext = {
      ...{ transport, codec, around, live, pool: new WorkerPool(1, around), log: createLog('test', 'silent') },
      onFailure: (error) => assert.fail(String(error)),
    }
    const shown: unknown[] = []
    const standing: unknown[] = []
    const amend: NonNullable<Stream['amend']> = async function* (changes) {
      for await (const { value, retracted } of changes.events) shown.push([(value as AnchorCount).pageId, retracted])
      for await (const { value } of changes.standing((key) => key === 'kowiki:한양')) {
        standing.push((value as AnchorCount).pageId)
      }
      yield* [before(nameOf(1)), before(nameOf(2)), nameOf(2), nameOf(4)]
    }
    const extent = { at, begins: [3], end: 5, voids: await Voids.read(transport, [at.topic]) }
    const withDeps: WithDeps = async (work) => {
      const { deps, dispose } = openDeps(anchorCounter, 'p0', around, live)
      return work(deps).finally(dispose)
    }
    const handedOn = () => assert.fail('what is not only changes is handed on when all is said')
    const service = { ...anchorCounter, amend } as AmendingStream
    const made = await differenceByAmending(service, [], [extent], context, withDeps, handedOn)
    assert.deepEqual(shown, [
      [1, true],
      [4, undefined],
    ])
    assert.deepEqual(standing, [2, 4])
    const namesOf = (records: readonly OutgoingRecord[]) =>
      records.map(({ value }) => codec.decode('PageName', value!).name)
    assert.deepEqual([namesOf(made.events), namesOf(made.retractions)], [['4'], ['1']])
    assert.ok(made.retractions.every(({ headers }) => isRetraction(headers)))
  } finally {
    await transport.close()
  }
})
