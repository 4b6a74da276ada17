import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
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
import { dataSetHashes, dataSetWriters, keepBefore, runStages } from '../pipeline/stages.ts'
import { skipWithoutKafka, skipWithoutRedis, startKafka, startRedis } from './servers.ts'

const skip = skipWithoutKafka() || skipWithoutRedis()
const root = mkdtempSync(join(tmpdir(), 'naru-kafka-pipeline-'))

/** A model so small that training takes seconds: the way of the data is what is tested here. */
const settings: Record<string, Tree> = {
  'dump-planner': { limit: 300 },
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

const onServers = {
  out: join(root, 'servers'),
  open: async () => {
    const log = createLog('test', 'silent')
    const transport = await openKafkaTransport({ brokers: kafka.brokers, namespace: 'pipeline', clientId: 'test', log })
    return { transport, claims: await openRedisClaims({ url: redis.url, namespace: 'pipeline', log }) }
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
  const statuses = await runStages({ ...onServers, targets: serviceIds, settings })
  assert.deepEqual(
    statuses.filter(({ figures }) => !figures.finished).map(({ id }) => id),
    [],
  )
  const embedded = join(root, 'embedded')
  await runStages({ out: embedded, targets: dataSetWriters, settings })
  assert.deepEqual(dataSetHashes(onServers.out), dataSetHashes(embedded))

  const exported = join(onServers.out, 'models/exports/tiny')
  assert.ok(existsSync(join(exported, 'onnx/model.onnx')))
  const scores: { system: string }[] = JSON.parse(readFileSync(join(exported, 'scores.json'), 'utf8'))
  assert.ok(scores.some(({ system }) => system === 'neural-sparse') && scores.some(({ system }) => system === 'bm25'))
})

test('an update of it makes the data sets of a run on the second dump alone, to the byte, and is traced there', {
  skip,
}, async () => {
  const inputs = ['ko', 'en'].map((language) => {
    return { language, location: join(packageRoot, 'dataset/sample/20261001', `${language}wiki`) }
  })
  const statuses = await runStages({
    ...onServers,
    targets: dataSetWriters,
    update: 1,
    inputs,
    settings: { ...settings, ...keepBefore(onServers.out, 1) },
  })
  const written = statuses.find(({ id }) => id === 'article-extractor')?.figures.written.articles ?? 0
  assert.ok(written > 0 && written < 100, `${written} pages were written`)

  const fresh = join(root, 'fresh')
  await runStages({ out: fresh, targets: dataSetWriters, inputs, settings })
  assert.deepEqual(dataSetHashes(onServers.out), dataSetHashes(fresh))

  const [pair] = JSON.parse(readFileSync(join(onServers.out, 'synonyms/combined_synonyms.json'), 'utf8')) as {
    korean: string
    english: string
  }[]
  const { transport, claims } = await onServers.open()
  try {
    const [trace] = await tracePairs([pair?.korean ?? '', pair?.english ?? ''], new Topics(transport))
    assert.match(trace?.steps[0]?.event ?? '', /^synonyms-\d+@\d+$/)
  } finally {
    await transport.close()
    await claims.close()
  }
})
