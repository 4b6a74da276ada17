import assert from 'node:assert/strict'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { Topics } from '../../cli/lineage/topics.ts'
import { tracePairs } from '../../cli/lineage/trace.ts'
import { openKafkaTransport } from '../../runtime/kafka/transport.ts'
import { createLog } from '../../runtime/log.ts'
import { packageRoot } from '../../runtime/package-root.ts'
import { openRedisClaims } from '../../runtime/redis/claims.ts'
import type { Tree } from '../../runtime/settings.ts'
import { serviceIds } from '../../topology.ts'
import { dataSetHashes, dataSetWriters, runStages } from '../pipeline/stages.ts'
import { skipWithoutKafka, skipWithoutRedis, startKafka, startRedis } from './servers.ts'

const skip = skipWithoutKafka() || skipWithoutRedis()
const root = mkdtempSync(join(tmpdir(), 'naru-kafka-pipeline-'))

/** A model so small that training takes seconds: the way of the data is what is tested here. */
const settings: Record<string, Tree> = {
  'dump-planner': { limit: 400 },
  trainer: {
    model: {
      name: 'tiny',
      vocab_size: 2500,
      hidden_size: 16,
      layers: 1,
      heads: 2,
      feed_forward_size: 32,
      max_length: 32,
    },
    training: { epochs: 1, batch_size: 64, query_lengths: [16], document_lengths: [32], hard_negatives: 0 },
  },
}

let kafka: Awaited<ReturnType<typeof startKafka>>
let redis: Awaited<ReturnType<typeof startRedis>>

before(async () => {
  if (skip) return
  kafka = await startKafka()
  redis = await startRedis()
})
after(async () => {
  await kafka?.remove()
  await redis?.remove()
  rmSync(root, { recursive: true, force: true })
})

test('the whole pipeline over a real Kafka and a real Redis makes the data set of the embedded one, to the byte', {
  skip,
}, async () => {
  const log = createLog('test', 'silent')
  const onServers = join(root, 'servers')
  const statuses = await runStages({
    out: onServers,
    targets: serviceIds,
    settings,
    open: async () => ({
      transport: await openKafkaTransport({ brokers: kafka.brokers, namespace: 'pipeline', clientId: 'test', log }),
      claims: await openRedisClaims({ url: redis.url, namespace: 'pipeline', log }),
    }),
  })
  assert.deepEqual(
    statuses.filter(({ figures }) => !figures.finished).map(({ id }) => id),
    [],
  )
  const embedded = join(root, 'embedded')
  await runStages({ out: embedded, targets: ['article-writer', 'synonym-writer', 'example-writer'], settings })
  assert.deepEqual(dataSetHashes(onServers), dataSetHashes(embedded))

  const exported = join(onServers, 'models/exports/tiny')
  assert.ok(existsSync(join(exported, 'onnx/model.onnx')))
  const scores: { system: string }[] = JSON.parse(readFileSync(join(exported, 'scores.json'), 'utf8'))
  assert.ok(scores.some(({ system }) => system === 'neural-sparse') && scores.some(({ system }) => system === 'bm25'))
})

// Minutes, most of them waiting for groups to form: not in each run of the tests.
test('an update over Kafka and Redis makes the data sets of a run on the second dump alone, to the byte, and is traced there', {
  skip: skip || (process.env.NARU_SLOW_TESTS === '1' ? false : 'NARU_SLOW_TESTS=1 runs it'),
}, async () => {
  const log = createLog('test', 'silent')
  const open = async () => ({
    transport: await openKafkaTransport({ brokers: kafka.brokers, namespace: 'updated', clientId: 'test', log }),
    claims: await openRedisClaims({ url: redis.url, namespace: 'updated', log }),
  })
  const on = (date: string, update: number, known: string | null) => ({
    targets: dataSetWriters,
    update,
    settings: { 'dump-planner': { limit: 300 }, 'article-extractor': { known } },
    inputs: ['ko', 'en'].map((language) => {
      return { language, location: join(packageRoot, 'dataset/sample', date, `${language}wiki`) }
    }),
  })
  const out = join(root, 'updated')
  await runStages({ out, open, ...on('20260901', 0, null) })
  for (const name of readdirSync(join(out, 'wikipedia')).filter((one) => one.endsWith('.pages'))) {
    cpSync(join(out, 'wikipedia', name), join(out, 'before', name))
  }
  const statuses = await runStages({ out, open, ...on('20261001', 1, 'before') })
  const written = statuses.find(({ id }) => id === 'article-extractor')?.figures.written.articles ?? 0
  assert.ok(written > 0 && written < 100, `${written} pages were written`)

  const fresh = join(root, 'fresh')
  await runStages({ out: fresh, ...on('20261001', 0, null) })
  assert.deepEqual(dataSetHashes(out), dataSetHashes(fresh))

  const [pair] = JSON.parse(readFileSync(join(out, 'synonyms/combined_synonyms.json'), 'utf8')) as {
    korean: string
    english: string
  }[]
  const { transport, claims } = await open()
  try {
    const [trace] = await tracePairs([pair?.korean ?? '', pair?.english ?? ''], new Topics(transport))
    assert.match(trace?.steps[0]?.event ?? '', /^synonyms-\d+@\d+$/)
  } finally {
    await transport.close()
    await claims.close()
  }
})
