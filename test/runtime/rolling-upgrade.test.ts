/** Instances of two versions side by side: what each writes the other reads. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import avro from 'avsc'
import { Codec } from '../../runtime/codec.ts'
import { fileOf, type PublishedSchema, readPublished } from '../../schemas/published.ts'
import type { SchemaName, Schemas } from '../../schemas/types.ts'

const published = readPublished()
/** Schemas with a version before their newest. */
const changed = published.filter(
  ({ name, version }) => version === 1 && published.some((other) => other.name === name && other.version > 1),
)

function typeOf(schema: PublishedSchema): avro.Type {
  return avro.Type.forSchema(JSON.parse(readFileSync(fileOf(schema), 'utf8')))
}

for (const { name } of changed) {
  test(`${name}: an old instance reads what a new one writes for it, and a new one what an old one writes`, () => {
    const versions = published.filter((one) => one.name === name)
    const [before, newest] = versions.slice(-2) as [PublishedSchema, PublishedSchema]
    // What the older release had in its repository.
    const oldCodec = new Codec(published.filter(({ id }) => id < newest.id))
    const newCodec = new Codec(published, newest.id - 1)
    const [oldType, newType] = [typeOf(before), typeOf(newest)]
    const toNew = newType.createResolver(oldType)
    for (let n = 0; n < 50; n++) {
      const value = oldType.random() as unknown as Schemas[SchemaName]
      const written = oldCodec.encode(name as SchemaName, value)
      assert.equal(written.readInt32BE(1), before.id)
      const read = newCodec.decode(name as SchemaName, written)
      assert.deepEqual(newType.toBuffer(read), newType.toBuffer(newType.fromBuffer(oldType.toBuffer(value), toNew)))
      const back = newCodec.encode(name as SchemaName, read)
      assert.deepEqual(oldType.toBuffer(oldCodec.decode(name as SchemaName, back)), oldType.toBuffer(value))
      // The same of an event that comes as bytes of the newest version.
      assert.deepEqual(newCodec.frame(name as SchemaName, newType.toBuffer(read)), back)
    }
  })
}

test('without the limit a new instance writes what the old one puts aside for later', () => {
  const newest = published.filter(({ name }) => name === 'PageName').at(-1)!
  const oldCodec = new Codec(published.filter(({ id }) => id < newest.id))
  const event = typeOf(newest).random() as unknown as Schemas['PageName']
  assert.throws(() => oldCodec.decode('PageName', new Codec().encode('PageName', event)), { code: 'SCHEMA_UNKNOWN' })
})

test('what the older version cannot hold is refused by name instead of being changed', () => {
  const versions = published.filter(({ name }) => name === 'SynonymCandidate')
  const [oldest, newest] = [versions[0]!, versions.at(-1)!]
  const event = { ...(typeOf(newest).random() as unknown as Schemas['SynonymCandidate']), rule: 'entity' as const }
  assert.throws(() => new Codec(published, oldest.id).encode('SynonymCandidate', event), {
    code: 'EVENT_INVALID',
    message: /rule/,
    hint: /NARU_WRITE_SCHEMAS/,
  })
})
