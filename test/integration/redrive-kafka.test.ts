import { after, before } from 'node:test'
import { openKafkaTransport } from '../../runtime/kafka/transport.ts'
import { openRedisClaims } from '../../runtime/redis/claims.ts'
import { redriveSuite } from '../pipeline/redrive.suite.ts'
import { skipWithoutKafka, skipWithoutRedis, startKafka, startRedis } from './servers.ts'
import { testLog } from './stores.ts'

const skip = skipWithoutKafka() || skipWithoutRedis()
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
})

redriveSuite('kafka', {
  skip,
  open: async (place) => ({
    transport: await openKafkaTransport({ brokers: kafka.brokers, namespace: place, clientId: 'test', log: testLog }),
    claims: await openRedisClaims({ url: redis.url, namespace: place, log: testLog }),
  }),
  replays: [['name-finder', { kind: 'time', ms: 1 }]],
})
