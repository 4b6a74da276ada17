/** Entry of the thread that sends heartbeats in the place of a busy event loop: see pulse.ts. */
import { parentPort, workerData } from 'node:worker_threads'
import kafkajs from 'kafkajs'
import { FatalError } from '../errors.ts'
import { busyAfterMs, type KnownMember, type PulseData, type PulseMessage, patienceMs } from './pulse.ts'

const beatMs = 1_000

/** The part of kafkajs's cluster that its types leave out. */
interface Cluster {
  connect(): Promise<void>
  findGroupCoordinator(of: { readonly groupId: string }): Promise<{ heartbeat(member: KnownMember): Promise<unknown> }>
}

const port = parentPort
if (!port) throw new FatalError('NOT_A_WORKER', 'runtime/kafka/pulse-thread runs on a worker thread only')
const members = new Map<string, KnownMember>()
let turnedAt = performance.now()

port.on('message', (message: PulseMessage) => {
  turnedAt = performance.now()
  if (message.kind === 'member') members.set(message.member.groupId, message.member)
  if (message.kind === 'left') members.delete(message.groupId)
})

const cluster = clusterOf(workerData as PulseData)
let connected = false
setInterval(() => void beat(), beatMs)

async function beat(): Promise<void> {
  const busyMs = performance.now() - turnedAt
  if (busyMs < busyAfterMs || busyMs > patienceMs) return
  for (const member of members.values()) {
    try {
      if (!connected) await cluster.connect()
      connected = true
      const coordinator = await cluster.findGroupCoordinator({ groupId: member.groupId })
      await coordinator.heartbeat(member)
    } catch {
      // The group is rebalancing, which counts as a heartbeat, or this is no member any more, or there is no broker: the
      // loop finds out, and does what is to be done, when it turns again.
    }
  }
}

function clusterOf({ brokers, clientId, security }: PulseData): Cluster {
  const client = new kafkajs.Kafka({
    ...security,
    brokers: [...brokers],
    clientId: `${clientId}-pulse`,
    connectionTimeout: beatMs,
    requestTimeout: 2 * beatMs,
    enforceRequestTimeout: true,
    logLevel: kafkajs.logLevel.NOTHING,
    retry: { retries: 0 },
  })
  // kafkajs 2.2.4 has no other way to its heartbeats than a consumer, which would be a member of its own.
  const create = Object.getOwnPropertySymbols(client).find((name) => name.description === 'private:Kafka:createCluster')
  if (!create) throw new FatalError('KAFKA_CLIENT', 'this kafkajs makes its clusters in another way')
  return (client as unknown as Record<symbol, (options: object) => Cluster>)[create]!({})
}
