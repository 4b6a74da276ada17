/**
 * Teaches kafkajs 2.2.4, whose request for a group's offsets ends at version 4, version 7, which can ask for stable ones
 * (KIP-447): of a partition whose offset a transaction is just moving, the broker then says so instead of giving the
 * offset before. A coordinator files the offsets of a transaction a moment after it has reported the end of it, so that
 * whoever reads at once sees them as they were.
 *
 * Formats: https://kafka.apache.org/protocol#The_Messages_OffsetFetch. Brokers have version 7 since Kafka 2.5.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { createRequire } from 'node:module'

/** Stands for the offset of a partition that is being moved. */
export const unstable = 'unstable'
const unstableOffsetCommit = 88

interface Topics {
  readonly groupId: string
  readonly topics: readonly { readonly topic: string; readonly partitions: readonly { readonly partition: number }[] }[]
}

interface Encoder {
  writeUVarInt(value: number): this
  writeUVarIntString(value: string): this
  writeUVarIntArray(values: readonly Encoder[]): this
  writeInt32(value: number): this
  writeBoolean(value: boolean): this
}

interface Decoder {
  readInt16(): number
  readInt32(): number
  readInt64(): { toString(): string }
  readUVarIntString(): string | null
  readUVarIntArray<T>(item: (decoder: Decoder) => T): T[] | null
  readTaggedFields(): unknown
}

interface Answer {
  readonly clientSideThrottleTime: number
  readonly responses: readonly {
    readonly topic: string
    readonly partitions: readonly {
      readonly partition: number
      readonly offset: string
      readonly metadata: string | null
      readonly errorCode: number
    }[]
  }[]
  readonly errorCode: number
}

interface OffsetFetch {
  versions: string[]
  protocol(at: { version: number }): (request: Topics) => { readonly request: unknown; readonly response: unknown }
}

const load = createRequire(import.meta.url)
const stableReads = new AsyncLocalStorage<true>()
let installed = false

/** What `read` asks kafkajs for are stable offsets, or `unstable`. Only after `installStableOffsets`. */
export function readStable<T>(read: () => Promise<T>): Promise<T> {
  return stableReads.run(true, read)
}

/** For all clients of the process. */
export function installStableOffsets(): void {
  if (installed) return
  installed = true
  const offsetFetch: OffsetFetch = load('kafkajs/src/protocol/requests/offsetFetch/index.js')
  const { protocol } = offsetFetch
  offsetFetch.versions = [...offsetFetch.versions, '7']
  // A broker between Kafka 2.0 and 2.4 has 5 or 6 at most, and understands 4.
  offsetFetch.protocol = ({ version }) =>
    version >= 7 ? (topics) => ({ request: request(topics), response }) : protocol({ version: Math.min(version, 4) })
}

function request({ groupId, topics }: Topics) {
  const Bytes: new () => Encoder = load('kafkajs/src/protocol/encoder.js')
  const noTags = 0
  const requireStable = stableReads.getStore() === true
  return {
    apiKey: 9,
    apiVersion: 7,
    apiName: 'OffsetFetch',
    encode: () =>
      Promise.resolve(
        new Bytes()
          .writeUVarInt(noTags) // the end of the header, which kafkajs writes without
          .writeUVarIntString(groupId)
          .writeUVarIntArray(
            topics.map(({ topic, partitions }) =>
              new Bytes()
                .writeUVarIntString(topic)
                // Plain numbers, which kafkajs's own writer of arrays would leave out.
                .writeUVarIntArray(partitions.map(({ partition }) => new Bytes().writeInt32(partition)))
                .writeUVarInt(noTags),
            ),
          )
          .writeBoolean(requireStable)
          .writeUVarInt(noTags),
      ),
  }
}

const response = {
  decode(bytes: Buffer): Promise<Answer> {
    const Reader: new (bytes: Buffer) => Decoder = load('kafkajs/src/protocol/decoder.js')
    const decoder = new Reader(bytes)
    decoder.readTaggedFields() // the end of the header
    const clientSideThrottleTime = decoder.readInt32()
    const responses = decoder.readUVarIntArray(readTopic) ?? []
    return Promise.resolve({ clientSideThrottleTime, responses, errorCode: decoder.readInt16() })
  },

  /** Throws kafkajs's own error of what the broker refused. */
  parse(answer: Answer): Promise<Answer> {
    const refusals: { failure(code: number): boolean; createErrorFromCode(code: number): Error } = load(
      'kafkajs/src/protocol/error.js',
    )
    const codes = [
      answer.errorCode,
      ...answer.responses.flatMap(({ partitions }) => partitions.map((at) => at.errorCode)),
    ]
    const refused = codes.find(refusals.failure)
    return refused === undefined ? Promise.resolve(answer) : Promise.reject(refusals.createErrorFromCode(refused))
  },
}

function readTopic(decoder: Decoder): Answer['responses'][number] {
  const topic = decoder.readUVarIntString() ?? ''
  const partitions = decoder.readUVarIntArray(readPartition) ?? []
  decoder.readTaggedFields()
  return { topic, partitions }
}

function readPartition(decoder: Decoder): Answer['responses'][number]['partitions'][number] {
  const partition = decoder.readInt32()
  const offset = decoder.readInt64().toString()
  decoder.readInt32() // the leader's epoch
  const metadata = decoder.readUVarIntString()
  const errorCode = decoder.readInt16()
  decoder.readTaggedFields()
  return errorCode === unstableOffsetCommit
    ? { partition, offset: unstable, metadata: null, errorCode: 0 }
    : { partition, offset, metadata, errorCode }
}
