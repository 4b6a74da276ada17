/**
 * Keeps kafkajs 2.2.4 from moving a group past records that nobody has read. Where an offset is out of range (the records
 * expired, or the log was cut) it logs that and commits the topic's default instead, which loses records and the note
 * of the position (src/consumer/offsetManager: setDefaultOffset). This is the only place where it commits a negative offset.
 */
import { createRequire } from 'node:module'
import { FatalError } from '../errors.ts'

interface OffsetCommit {
  readonly groupId: string
  readonly topics: readonly {
    readonly topic: string
    readonly partitions: readonly { readonly partition: number; readonly offset: unknown }[]
  }[]
}

type Commit = (this: unknown, request: OffsetCommit) => Promise<unknown>

let installed = false

/** For all clients of the process: such a commit throws FatalError RECORDS_EXPIRED, which ends the consumer. */
export function installResetGuard(): void {
  if (installed) return
  installed = true
  const broker: { readonly prototype: { offsetCommit: Commit } } = createRequire(import.meta.url)(
    'kafkajs/src/broker/index.js',
  )
  const offsetCommit = broker.prototype.offsetCommit
  broker.prototype.offsetCommit = function (request) {
    for (const { topic, partitions } of request.topics) {
      const reset = partitions.find(({ offset }) => Number(offset) < 0)
      if (reset) return Promise.reject(expired(request.groupId, topic, reset.partition))
    }
    return offsetCommit.call(this, request)
  }
}

function expired(group: string, topic: string, partition: number): Error {
  const error = new FatalError('RECORDS_EXPIRED', `the next records of ${topic}-${partition} are gone`, {
    at: { service: group, topic, partition },
    hint: "They expired before they were read: raise the topic's retention.ms, and run the services before it again.",
  })
  // kafkajs would try again what does not say this.
  return Object.assign(error, { retriable: false })
}
