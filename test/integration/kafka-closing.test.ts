/** What a closed transport leaves behind: nothing, for a connection would keep the process. */
import { after, before, test } from 'node:test'
import { openWriter, plan, record, until } from './members.ts'
import { skipWithoutKafka, startKafka } from './servers.ts'
import { openTransport } from './stores.ts'

const skip = skipWithoutKafka()
let server: Awaited<ReturnType<typeof startKafka>>

before(async () => {
  if (!skip) server = await startKafka()
})
after(async () => {
  if (!skip) await server.remove()
})

const sockets = () => process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length

for (const ms of [0, 10]) {
  void test(`kafka: a write that ${ms} ms later loses its producer leaves no connection`, {
    skip,
    timeout: 60_000,
  }, async () => {
    const before = sockets()
    const transport = await openTransport({ kind: 'kafka', brokers: server.brokers, namespace: `closing${ms}` })
    await openWriter(transport, [plan('a', 1)], 'writer')
    const transaction = await transport.begin('writer', 'all')
    const write = transaction
      .append(Array.from({ length: 2_000 }, (_, n) => record('a', 0, `${n}`)))
      .catch(() => undefined)
    await new Promise((resolve) => setTimeout(resolve, ms))
    await transport.close()
    await write
    await until(() => sockets() === before, 'all connections are closed')
  })
}
