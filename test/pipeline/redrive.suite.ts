/** Dead letters and replays on a transport: each ends with the bytes of a run to which nothing had happened. */
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Codec } from '../../runtime/codec.ts'
import { ConfigError } from '../../runtime/errors.ts'
import { readNote, sumLedgers } from '../../runtime/ledger.ts'
import { createLog } from '../../runtime/log.ts'
import { partitionOf } from '../../runtime/partition.ts'
import { settingsOf } from '../../runtime/pipeline.ts'
import type { ClaimStore } from '../../runtime/ports.ts'
import { lettersOf } from '../../runtime/redrive/letters.ts'
import { type ReplayFrom, replay } from '../../runtime/redrive/replay.ts'
import { drop, type Redriving, retry } from '../../runtime/redrive/retry.ts'
import { createTopics } from '../../runtime/runner/run-service.ts'
import type { Transport } from '../../runtime/transport.ts'
import { readPublished } from '../../schemas/published.ts'
import type { SynonymCandidate } from '../../schemas/types.ts'
import type { ServiceId } from '../../topology.ts'
import { noSmallDumps, samplePages, type Wiki, writeDump } from './small-dumps.ts'
import { dataSetHashes, runStages } from './stages.ts'

export interface Opened {
  readonly transport: Transport
  readonly claims: ClaimStore
}

export interface RedriveHarness {
  readonly skip: string | false
  /** @param place names a run; the same opens the same again. */
  open(place: string, folder: string): Promise<Opened>
  /** Replays to try, one after the other on one run. */
  readonly replays: readonly (readonly [ServiceId, ReplayFrom])[]
}

const candidate: SynonymCandidate = {
  pairKey: '새말\tnew word',
  left: { language: 'ko', surface: '새말', title: '', domain: null },
  right: { language: 'en', surface: 'new word', title: '', domain: null },
  rule: 'existing',
  count: 1,
  share: null,
  evidenceWiki: 'file',
  evidencePageId: 1,
  evidenceRevisionId: 0,
  written: '',
  offset: null,
  detail: '',
  side: '',
  retracted: false,
}

/** Id that a version of naru to come gives to a schema. */
const futureId = 9_999
const poisonTopic = 'synonym-candidates'

export function redriveSuite(name: string, { skip: missing, open, replays }: RedriveHarness): void {
  const skip = missing || noSmallDumps
  const root = mkdtempSync(join(tmpdir(), 'naru-redrive-'))
  after(() => rmSync(root, { recursive: true, force: true }))
  const inputs = () =>
    (['kowiki', 'enwiki'] as const).map((wiki: Wiki) => ({
      language: wiki.slice(0, 2),
      location: writeDump(join(root, wiki), samplePages(wiki, [20, 20, 20]), { wiki, checksums: true, tables: true })
        .folder,
    }))

  const run = async (place: string): Promise<Record<string, string>> => {
    const out = join(root, place)
    await runStages({
      out,
      targets: ['synonym-writer'],
      settings: { 'dump-downloader': { inputs: inputs() } },
      open: () => open(place, out),
    })
    for (const folder of ['wikipedia', 'training']) mkdirSync(join(out, folder), { recursive: true })
    return dataSetHashes(out)
  }

  const on = async <T>(place: string, work: (opened: Opened) => Promise<T>): Promise<T> => {
    const opened = await open(place, join(root, place))
    try {
      await createTopics(opened.transport)
      return await work(opened)
    } finally {
      await opened.transport.close()
      await opened.claims.close()
    }
  }

  /** Puts a candidate among those of the run, by the id of the present schema or of one to come. */
  const seed = (place: string, id?: number) =>
    on(place, async ({ transport }) => {
      const value = new Codec().encode('SynonymCandidate', candidate)
      if (id !== undefined) value.writeInt32BE(id, 1)
      const partition = partitionOf(poisonTopic, candidate.pairKey)
      const hold = await transport.hold('intruder', 'all')
      const transaction = await transport.begin('intruder', 'all')
      await transaction.append([{ topic: poisonTopic, partition, key: candidate.pairKey, value, headers: {} }])
      await transaction.commit([])
      await hold.release()
    })

  const redriving = async (opened: Opened, codec: Codec, place: string): Promise<Redriving> => ({
    ...opened,
    codec,
    log: createLog('test', 'silent', 2),
    around: {
      store: { data: join(root, place), models: join(root, place, 'models') },
      stateFolder: join(root, place, 'state'),
      logLevel: 'silent',
      logDestination: 2,
      settings: await settingsOf(['deduplicator'], {}),
    },
  })

  const ledgerOf = ({ transport }: Opened, id: ServiceId, topic: string) =>
    transport.positions(id, [topic]).then((at) => sumLedgers(at.map(({ note }) => readNote(note))))

  test(`${name}: a letter retried after an update, twice, and replayed stages, give the bytes of a run without fault`, {
    skip,
    timeout: 600_000,
  }, async () => {
    await seed('undisturbed')
    const undisturbed = await run('undisturbed')
    await seed('run', futureId)
    assert.notDeepEqual(await run('run'), undisturbed)

    const published = readPublished()
    const newest = published.filter((schema) => schema.name === 'SynonymCandidate').at(-1)!
    const updated = new Codec([{ ...newest, id: futureId }, ...published])
    await on('run', async (opened) => {
      const letters = await lettersOf(opened.transport, updated)
      assert.deepEqual(
        letters.map(({ service, content: { code, topic, offset } }) => [service, code, topic, offset]),
        [['deduplicator', 'SCHEMA_UNKNOWN', poisonTopic, 0]],
      )
      const asBefore = await retry(await redriving(opened, new Codec(), 'run'), 'deduplicator', letters)
      assert.deepEqual([asBefore.done.length, asBefore.failed[0]?.failure.code], [0, 'SCHEMA_UNKNOWN'])
      assert.equal((await ledgerOf(opened, 'deduplicator', poisonTopic)).dead, 1)
      const { done, restarted } = await retry(await redriving(opened, updated, 'run'), 'deduplicator', letters)
      assert.equal(done.length, 1)
      assert.deepEqual(restarted.slice(0, 2), ['synonym-splitter', 'example-assembler'])
      const ledger = await ledgerOf(opened, 'deduplicator', poisonTopic)
      const again = await retry(await redriving(opened, updated, 'run'), 'deduplicator', letters)
      assert.deepEqual([again.done, again.restarted], [[], []])
      assert.deepEqual(await ledgerOf(opened, 'deduplicator', poisonTopic), ledger)
      assert.equal(ledger.dead, 0)
      assert.deepEqual(await lettersOf(opened.transport, updated), [])
    })
    assert.deepEqual(await run('run'), undisturbed)
    // The candidate is of the future for whoever takes it again; put aside, it is listed no more.
    await on('run', (opened) => replay(opened, 'deduplicator', { kind: 'beginning' }))
    await run('run')
    await on('run', async (opened) => {
      const letters = await lettersOf(opened.transport, updated)
      assert.equal(letters.length, 1)
      assert.equal((await drop(await redriving(opened, updated, 'run'), letters)).length, 1)
      // A second time there is nothing to drop; to know that, it waits until the first is done on the broker too.
      assert.deepEqual(await drop(await redriving(opened, updated, 'run'), letters), [])
      assert.deepEqual(await lettersOf(opened.transport, updated), [])
      assert.equal((await ledgerOf(opened, 'deduplicator', poisonTopic)).dead, 1)
    })
  })

  test(`${name}: replayed stages, and those after them, give the same bytes`, { skip, timeout: 600_000 }, async () => {
    const undisturbed = await run('replayed')
    for (const [id, from] of replays) {
      rmSync(join(root, 'replayed', 'synonyms'), { recursive: true })
      await on('replayed', async (opened) => {
        const { events, downstream } = await replay(opened, id, from)
        assert.ok(events > 0, id)
        assert.ok(downstream.includes('synonym-writer'))
      })
      assert.deepEqual(await run('replayed'), undisturbed, `${id} from ${from.kind}`)
      await on('replayed', async (opened) => {
        const ledger = await ledgerOf(opened, 'name-finder', 'articles')
        const dropped = Object.values(ledger.dropped).reduce((sum, count) => sum + count, 0)
        assert.equal(ledger.events, ledger.passed + dropped + ledger.dead)
        if (id === 'name-finder') assert.ok(ledger.again > 0 && ledger.again < ledger.events)
      })
    }
  })

  test(`${name}: a stage is not replayed while one after it is at work`, { skip }, async () => {
    await on('busy', async (opened) => {
      const consumer = await opened.transport.consume({
        group: 'synonym-splitter',
        topics: ['synonym-pairs'],
        assignment: 'sole',
        unitOf: () => 'all',
        onFailure: () => undefined,
        handler: { assigned: () => undefined, revoked: () => undefined, records: () => Promise.resolve() },
      })
      while ((await opened.transport.membersOf('synonym-splitter')) === 0) await new Promise((go) => setTimeout(go, 50))
      await assert.rejects(
        replay(opened, 'deduplicator', { kind: 'beginning' }),
        (error) =>
          error instanceof ConfigError &&
          error.code === 'SERVICE_RUNNING' &&
          error.message.includes('synonym-splitter'),
      )
      await consumer.stop()
    })
  })
}
