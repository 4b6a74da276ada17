/**
 * Hides the records of aborted transactions, which kafkajs 2.2.4 lets through in two cases (src/consumer/
 * filterAbortedMessages.js): it takes the broker's list of aborted transactions to be in the order of their first
 * offsets, whereas the broker sends it in the order of their ends; and it looks at one entry of the list for each
 * record, so that of two transactions that began before the fetch the second stays visible at first. Both happen where
 * several units of a killed process had written to one partition: its successor aborts them together.
 *
 * The remedy works on the broker's answer before kafkajs filters it. Records to hide are marked as control records, which
 * kafkajs leaves out while it still counts their offsets.
 */
import { createRequire } from 'node:module'

export interface FetchedRecord {
  readonly offset: string
  readonly key: Buffer | null
  isControlRecord: boolean
  readonly batchContext: { readonly producerId: string; readonly inTransaction: boolean }
}

export interface FetchedPartition {
  readonly messages: readonly FetchedRecord[]
  abortedTransactions?: readonly { readonly producerId: string; readonly firstOffset: string }[] | null
}

interface FetchResponse {
  readonly responses: readonly { readonly partitions: readonly FetchedPartition[] }[]
}

/** Key of an abort marker: version 0, type 0. https://kafka.apache.org/documentation/#controlbatch */
const abortMarker = Buffer.from([0, 0, 0, 0])

/** Marks the records of aborted transactions; the list of them is emptied, so that nobody filters again. */
function hideAborted(partition: FetchedPartition): void {
  const aborted = [...(partition.abortedTransactions ?? [])].sort(
    (a, b) => Number(a.firstOffset) - Number(b.firstOffset),
  )
  partition.abortedTransactions = []
  if (aborted.length === 0) return
  const inAbort = new Set<string>()
  let next = 0
  for (const record of partition.messages) {
    for (; next < aborted.length && Number(aborted[next]!.firstOffset) <= Number(record.offset); next++) {
      inAbort.add(aborted[next]!.producerId)
    }
    const { producerId, inTransaction } = record.batchContext
    if (record.isControlRecord) {
      if (record.key?.equals(abortMarker)) inAbort.delete(producerId)
    } else if (inTransaction && inAbort.has(producerId)) record.isControlRecord = true
  }
}

type Fetch = (this: unknown, request: unknown) => Promise<FetchResponse>

let installed = false

/** Puts `hideAborted` between the broker's answer and kafkajs, for all clients of the process. */
export function installAbortedFilter(): void {
  if (installed) return
  installed = true
  const broker: { readonly prototype: { fetch: Fetch } } = createRequire(import.meta.url)('kafkajs/src/broker/index.js')
  const fetch = broker.prototype.fetch
  broker.prototype.fetch = async function (request) {
    const response = await fetch.call(this, request)
    for (const { partitions } of response.responses) for (const partition of partitions) hideAborted(partition)
    return response
  }
}
