/** The transactional producer of one unit. */
import type { CompressionTypes, Kafka, Producer, Transaction } from 'kafkajs'
import { kafkaFailure } from './failures.ts'

/** Below the 15 min that brokers allow by default. A successor ends what is open at once; this only bounds the abandoned. */
const transactionTimeoutMs = 10 * 60_000

export interface UnitProducer {
  readonly compression: CompressionTypes
  begin(): Promise<Transaction>
  close(): Promise<void>
}

export interface ProducerOptions {
  readonly client: Kafka
  readonly brokers: readonly string[]
  readonly compression: CompressionTypes
  /** The transactional id. */
  readonly id: string
}

/** Opens the producer; when this resolves, every earlier one of the same id is fenced and its transaction ended. */
export async function openProducer({ client, brokers, compression, id }: ProducerOptions): Promise<UnitProducer> {
  const producer: Producer = client.producer({
    transactionalId: id,
    transactionTimeout: transactionTimeoutMs,
    idempotent: true,
    maxInFlightRequests: 1,
    allowAutoTopicCreation: false,
    createPartitioner: () => explicitPartition,
  })
  try {
    await producer.connect()
    // kafkajs initialises the producer id with the first transaction; one without content never reaches the broker's log.
    const first = await producer.transaction()
    await first.abort()
  } catch (error) {
    await producer.disconnect().catch(() => undefined)
    throw kafkaFailure(error, brokers, `opening the transactional producer ${id}`)
  }
  const calls = new CallsUnderWay()
  // What is wrong with a connection that is being closed is nobody's concern.
  const disconnect = () => producer.disconnect().catch(() => undefined)
  return {
    compression,
    begin: () => calls.add(producer.transaction().then((transaction) => calls.of(transaction))),
    close: async () => {
      await disconnect()
      // kafkajs 2.2.4 connects again for a call that is disturbed by the disconnect, and that connection would keep the process.
      if (calls.any) void calls.settled().then(disconnect)
    },
  }
}

class CallsUnderWay {
  private readonly calls = new Set<Promise<unknown>>()

  get any(): boolean {
    return this.calls.size > 0
  }

  add<T>(call: Promise<T>): Promise<T> {
    this.calls.add(call)
    const ended = () => void this.calls.delete(call)
    call.then(ended, ended)
    return call
  }

  /** The transaction, with its calls counted here. */
  of(transaction: Transaction): Transaction {
    return {
      ...transaction,
      sendBatch: (batch) => this.add(transaction.sendBatch(batch)),
      sendOffsets: (offsets) => this.add(transaction.sendOffsets(offsets)),
      commit: () => this.add(transaction.commit()),
      abort: () => this.add(transaction.abort()),
    }
  }

  async settled(): Promise<void> {
    while (this.any) await Promise.allSettled(this.calls)
  }
}

function explicitPartition({ message }: { readonly message: { readonly partition?: number } }): number {
  if (message.partition === undefined) throw new TypeError('a record needs a partition')
  return message.partition
}
