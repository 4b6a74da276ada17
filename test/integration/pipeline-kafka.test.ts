import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openKafkaTransport } from '../../runtime/kafka/transport.ts'
import { createLog } from '../../runtime/log.ts'
import { openRedisClaims } from '../../runtime/redis/claims.ts'
import type { Tree } from '../../runtime/settings.ts'
import { serviceIds } from '../../topology.ts'
import { dataSetHashes, runStages } from '../pipeline/stages.ts'
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
