/** A broker of its own for what goes wrong with Kafka, a namespace in it for each case. */
import { after, before } from 'node:test'
import kafkajs, { type Admin } from 'kafkajs'
import type { Transport } from '../../../runtime/transport.ts'
import { skipWithoutKafka, startKafka } from '../servers.ts'
import { closeAll, type TransportStore, transportTests } from '../stores.ts'

export type Namespace = Extract<TransportStore, { readonly kind: 'kafka' }>
export type KafkaServer = Awaited<ReturnType<typeof startKafka>>

export interface KafkaWorld {
  readonly skip: string | false
  server(): KafkaServer
  fresh(): Namespace
  /** A test with a transport in a namespace of its own. */
  withTransport(title: string, body: (transport: Transport, store: Namespace) => Promise<void>): void
  withAdmin<T>(work: (admin: Admin) => Promise<T>): Promise<T>
}

/** For the file that calls it: started before its tests, removed after them. */
export function kafkaWorld(): KafkaWorld {
  const skip = skipWithoutKafka()
  let started: KafkaServer | undefined
  let stores = 0
  const server = () => started!
  const fresh = (): Namespace => ({ kind: 'kafka', brokers: server().brokers, namespace: `fault${stores++}` })
  before(async () => {
    if (!skip) started = await startKafka()
  })
  after(async () => {
    await closeAll()
    await started?.remove()
  })
  return {
    skip,
    server,
    fresh,
    withTransport: transportTests('kafka', { fresh, skip, timeout: 120_000 }),
    withAdmin: async (work) => {
      const brokers = server().brokers
      const admin = new kafkajs.Kafka({ brokers, logLevel: kafkajs.logLevel.NOTHING }).admin()
      await admin.connect()
      try {
        return await work(admin)
      } finally {
        await admin.disconnect()
      }
    },
  }
}
