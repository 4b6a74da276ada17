/**
 * Events as bytes: Avro behind the five-byte frame of Confluent's wire format (a zero byte, then the schema id as a
 * big-endian int32). Ids come from schemas/versions/index.json, so that no registry is needed to read a topic.
 */
import { readFileSync } from 'node:fs'
import avro from 'avsc'
import { fileOf, type PublishedSchema, readPublished } from '../schemas/published.ts'
import type { SchemaName, Schemas } from '../schemas/types.ts'
import { boundArrays } from './avro-arrays.ts'
import { BadEventError, ConfigError, FatalError } from './errors.ts'

const frameBytes = 5
const initialBufferBytes = 64 * 1024

export class Codec {
  private readonly published: readonly PublishedSchema[]
  private readonly writeUpTo: number
  private readonly types = new Map<number, avro.Type>()
  private readonly resolvers = new Map<string, avro.Resolver>()
  private buffer = Buffer.allocUnsafe(initialBufferBytes)

  /**
   * @param published every schema version that events may carry, by default the repository's own table.
   * @param writeUpTo id of the newest version to write, by default what NARU_WRITE_SCHEMAS says: during a rolling upgrade the newest
   * one that the instances of before know. A schema that has no version up to it is written in its newest.
   */
  constructor(published: readonly PublishedSchema[] = readPublished(), writeUpTo = writeLimit(process.env)) {
    boundArrays()
    this.published = published
    this.writeUpTo = writeUpTo
  }

  /** Bytes of an event in the newest version of its schema that is to be written. Throws FatalError EVENT_INVALID, naming the field, for a wrong value. */
  encode<S extends SchemaName>(name: S, value: Schemas[S]): Buffer {
    const schema = this.written(name)
    const type = this.typeOf(schema)
    let end: number
    try {
      end = this.tryEncode(type, value)
      if (end < 0) {
        // avsc answers with minus the bytes that were missing.
        this.buffer = Buffer.allocUnsafe((this.buffer.length - end) * 2)
        end = this.tryEncode(type, value)
      }
    } catch (cause) {
      throw new FatalError('EVENT_INVALID', `a ${name} event does not fit its schema${invalidField(type, value)}`, {
        cause,
        ...(schema !== this.latest(name) && {
          hint: 'NARU_WRITE_SCHEMAS asks for an older version, which cannot hold it.',
        }),
      })
    }
    return framed(schema, Buffer.from(this.buffer.subarray(0, end)))
  }

  /** The same for a value that is Avro by the newest version of its schema already; the bytes are copied. */
  frame<S extends SchemaName>(name: S, payload: Uint8Array): Buffer {
    const latest = this.latest(name)
    if (this.written(name) !== latest) {
      return this.encode(name, this.typeOf(latest).fromBuffer(Buffer.from(payload)) as Schemas[S])
    }
    const bytes = Buffer.allocUnsafe(frameBytes + payload.length)
    bytes.set(payload, frameBytes)
    return framed(latest, bytes)
  }

  /**
   * The event in the newest version of schema `name`, whichever version wrote it.
   * Throws BadEventError: FRAME_INVALID, SCHEMA_UNKNOWN, SCHEMA_MISMATCH or AVRO_CORRUPT.
   */
  decode<S extends SchemaName>(name: S, bytes: Uint8Array): Schemas[S] {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    if (buffer.length < frameBytes || buffer[0] !== 0) {
      throw new BadEventError('FRAME_INVALID', `an event of ${buffer.length} bytes has no Confluent frame`, {
        hint: 'Another program writes to this topic; give naru a namespace of its own.',
      })
    }
    const id = buffer.readInt32BE(1)
    const writer = this.published.find((schema) => schema.id === id)
    if (!writer) {
      throw new BadEventError('SCHEMA_UNKNOWN', `an event carries schema id ${id}, which this version does not know`, {
        hint: 'A newer version of naru wrote it: update this service, then retry the dead letters.',
      })
    }
    if (writer.name !== name) {
      throw new BadEventError('SCHEMA_MISMATCH', `expected ${name}, found ${writer.name} (schema id ${id})`)
    }
    try {
      const latest = this.latest(name)
      const type = this.typeOf(latest)
      const payload = buffer.subarray(frameBytes)
      return writer.id === latest.id
        ? type.fromBuffer(payload)
        : type.fromBuffer(payload, this.resolver(writer, latest))
    } catch (cause) {
      throw new BadEventError('AVRO_CORRUPT', `the bytes of a ${name} event cannot be decoded`, { cause })
    }
  }

  private tryEncode(type: avro.Type, value: unknown): number {
    return type.encode(value, this.buffer, frameBytes)
  }

  private latest(name: string): PublishedSchema {
    const schema = this.published.filter((entry) => entry.name === name).at(-1)
    if (!schema)
      throw new FatalError('SCHEMA_MISSING', `no published schema ${name}`, { hint: 'Run: npm run generate' })
    return schema
  }

  private written(name: string): PublishedSchema {
    return (
      this.published.filter((entry) => entry.name === name && entry.id <= this.writeUpTo).at(-1) ?? this.latest(name)
    )
  }

  private typeOf(schema: PublishedSchema): avro.Type {
    let type = this.types.get(schema.id)
    if (!type) {
      type = avro.Type.forSchema(JSON.parse(readFileSync(fileOf(schema), 'utf8')))
      this.types.set(schema.id, type)
    }
    return type
  }

  private resolver(writer: PublishedSchema, reader: PublishedSchema): avro.Resolver {
    const key = `${writer.id}>${reader.id}`
    let resolver = this.resolvers.get(key)
    if (!resolver) {
      resolver = this.typeOf(reader).createResolver(this.typeOf(writer))
      this.resolvers.set(key, resolver)
    }
    return resolver
  }
}

function framed({ id }: PublishedSchema, bytes: Buffer): Buffer {
  bytes[0] = 0
  bytes.writeInt32BE(id, 1)
  return bytes
}

/** Throws ConfigError WRITE_SCHEMAS for what is no id. */
function writeLimit({ NARU_WRITE_SCHEMAS: text }: NodeJS.ProcessEnv): number {
  if (text === undefined || text === '') return Number.POSITIVE_INFINITY
  if (/^\d+$/.test(text)) return Number(text)
  throw new ConfigError('WRITE_SCHEMAS', `NARU_WRITE_SCHEMAS is ${text}, which is no schema id`, {
    hint: 'schemas/versions/index.json of the version before has the ids that its instances know.',
  })
}

function invalidField(type: avro.Type, value: unknown): string {
  const paths: string[] = []
  type.isValid(value, { errorHook: (path) => void paths.push(path.join('.')) })
  return paths.length > 0 ? `: ${paths.join(', ')}` : ''
}
