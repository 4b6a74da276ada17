/** Two dumps, a month apart, through the real runner: what the second takes back is gone from pairs, synonyms and files. */
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Codec } from '../../runtime/codec.ts'
import { openEmbeddedClaims } from '../../runtime/embedded/claims.ts'
import { openEmbeddedTransport } from '../../runtime/embedded/transport.ts'
import { packageRoot } from '../../runtime/package-root.ts'
import { partitionOf } from '../../runtime/partition.ts'
import { runPipeline, settingsOf } from '../../runtime/pipeline.ts'
import { sealNameOf, sealsOf } from '../../runtime/seal.ts'
import type { OutgoingRecord } from '../../runtime/transport.ts'
import type { SynonymCandidate } from '../../schemas/types.ts'
import { type ServiceId, type TopicName, topics, writersOf } from '../../topology.ts'
import { appendRecords, recordsOf } from './embedded-log.ts'
import { runStages } from './stages.ts'

const root = mkdtempSync(join(tmpdir(), 'naru-retraction-'))
after(() => rmSync(root, { recursive: true, force: true }))
const codec = new Codec()
const topic = 'synonym-candidates'

/** Everything that the finders say of the sample of a date, by its text: a count that has changed is another statement. */
async function candidatesOf(date: string): Promise<Map<string, SynonymCandidate>> {
  const out = join(root, `finders-${date}`)
  const folder = join(packageRoot, 'dataset', 'sample', date)
  const inputs = ['ko', 'en'].map((language) => ({ language, location: join(folder, `${language}wiki`) }))
  await runStages({ out, targets: writersOf(topic), inputs })
  const records = (await recordsOf(out, topic)).filter(({ headers }) => sealNameOf(headers) === undefined)
  const found = records.map(({ value }) => codec.decode('SynonymCandidate', value!))
  return new Map(found.map((one) => [JSON.stringify(one), one]))
}

/** The seals of all that write a topic, in each of its partitions. */
function sealing(name: TopicName): OutgoingRecord[] {
  return Array.from({ length: topics[name].partitions }, (_, partition) =>
    sealsOf(name).map((seal): OutgoingRecord => {
      return { topic: name, partition, key: `seal/${seal}`, value: Uint8Array.of(1), headers: { 'naru-seal': seal } }
    }),
  ).flat()
}

/** Runs the services behind the candidates, over these candidates in this order; answers with what came out. */
async function dictionaryOf(name: string, candidates: readonly SynonymCandidate[]) {
  const out = join(root, name)
  const events = candidates.map((candidate): OutgoingRecord => {
    const partition = partitionOf(topic, candidate.pairKey)
    const value = codec.encode('SynonymCandidate', candidate)
    return { topic, partition, key: candidate.pairKey, value, headers: {} }
  })
  // No dump file comes: the writer, which names them, must be told so as well.
  await appendRecords(out, [...events, ...sealing(topic), ...sealing('dump-files')])

  const services: readonly ServiceId[] = ['deduplicator', 'synonym-splitter', 'synonym-writer']
  const transport = await openEmbeddedTransport({ folder: join(out, 'state', 'log') })
  const claims = await openEmbeddedClaims({ folder: join(out, 'state', 'claims') })
  try {
    await runPipeline({
      services,
      transport,
      claims,
      workers: 1,
      signal: new AbortController().signal,
      around: {
        store: { data: out, models: join(out, 'models') },
        stateFolder: join(out, 'state'),
        logLevel: 'silent',
        logDestination: 2,
        settings: await settingsOf(services, {}),
      },
    })
  } finally {
    await transport.close()
    await claims.close()
  }
  const tombstones = (await recordsOf(out, 'synonym-pairs')).filter(({ value }) => value === null)
  return { pairs: readFileSync(join(out, 'synonyms', 'combined_synonyms.json'), 'utf8'), tombstones }
}

test('after the retractions of an update the dictionary is that of the second dump alone, to the byte', async () => {
  const [first, second] = [await candidatesOf('20260901'), await candidatesOf('20261001')]
  const gone = [...first].filter(([key]) => !second.has(key)).map(([, one]) => ({ ...one, retracted: true }))
  const come = [...second].filter(([key]) => !first.has(key)).map(([, one]) => one)
  assert.ok(gone.length > 100 && come.length > 100, `${gone.length} gone, ${come.length} come`)

  const updated = await dictionaryOf('updated', [...first.values(), ...gone, ...come])
  const fresh = await dictionaryOf('fresh', [...second.values()])
  assert.equal(updated.pairs, fresh.pairs)
  assert.deepEqual(fresh.tombstones, [])

  // A page that the second dump does not have takes its pairs with it.
  assert.ok([...first.values()].some(({ pairKey }) => pairKey === '트롬본\ttrombone'))
  assert.ok(!fresh.pairs.includes('트롬본'))
  assert.ok(updated.tombstones.some(({ key }) => key === '트롬본\ttrombone'))
})
