/** The oldest Kafka that naru is held to, with a coordinator of the classic kind. */
import { after, before } from 'node:test'
import { skipWithoutKafka, startKafka } from './servers.ts'
import { closeAll } from './stores.ts'
import { transportSuite } from './transport.suite.ts'

const skip = skipWithoutKafka()
let server: Awaited<ReturnType<typeof startKafka>>
let stores = 0

before(async () => {
  if (!skip) server = await startKafka({ KAFKA_VERSION: '3.9.2' })
})
after(async () => {
  await closeAll()
  if (!skip) await server.remove()
})

transportSuite('kafka 3.9 transport', {
  skip,
  fresh: () => ({ kind: 'kafka', brokers: server.brokers, namespace: `test${stores++}` }),
  takeOverMs: 15_000,
  short: true,
})
