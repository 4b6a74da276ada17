import { after, before } from 'node:test'
import { skipWithoutKafka, startKafka } from './servers.ts'
import { closeAll } from './stores.ts'
import { transportSuite } from './transport.suite.ts'

const skip = skipWithoutKafka()
let server: Awaited<ReturnType<typeof startKafka>>
let stores = 0

before(async () => {
  if (!skip) server = await startKafka()
})
after(async () => {
  await closeAll()
  if (!skip) await server.remove()
})

transportSuite('kafka transport', {
  skip,
  fresh: () => ({ kind: 'kafka', brokers: server.brokers, namespace: `test${stores++}` }),
  takeOverMs: 15_000,
})
