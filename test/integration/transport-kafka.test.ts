import { after, before } from 'node:test'
import { backPressureSuite } from './back-pressure.suite.ts'
import { skipWithoutKafka, startKafka } from './servers.ts'
import { closeAll, type TransportStore } from './stores.ts'
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

const fresh = (): TransportStore => ({ kind: 'kafka', brokers: server.brokers, namespace: `test${stores++}` })

transportSuite('kafka transport', {
  skip,
  fresh,
  takeOverMs: 15_000,
})

backPressureSuite('kafka transport', { skip, fresh })
