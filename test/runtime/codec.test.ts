import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import avro from 'avsc'
import { Codec } from '../../runtime/codec.ts'
import { packageRoot } from '../../runtime/package-root.ts'
import type { PageName } from '../../schemas/types.ts'

const name: PageName = {
  wiki: 'kowiki',
  title: '서울특별시',
  name: 'Seoul',
  nameLanguage: 'en',
  rule: 'langlink',
  count: 1,
  share: null,
  evidenceWiki: 'kowiki',
  evidencePageId: 5,
  evidenceRevisionId: 31,
  written: '',
  offset: null,
  detail: 'mutual',
}

test('an event comes back as it was written', () => {
  const codec = new Codec()
  assert.deepEqual({ ...codec.decode('PageName', codec.encode('PageName', name)) }, name)
})

test('an event lies in the frame of Confluent’s wire format: a zero byte, the schema id, plain Avro', () => {
  const bytes = new Codec().encode('PageName', name)
  const published = JSON.parse(readFileSync(join(packageRoot, 'schemas/versions/index.json'), 'utf8'))
  const { id, version } = published.filter((entry: { name: string }) => entry.name === 'PageName').at(-1)
  assert.equal(bytes[0], 0)
  assert.equal(bytes.readInt32BE(1), id)
  const schema = JSON.parse(readFileSync(join(packageRoot, `schemas/versions/PageName.v${version}.avsc`), 'utf8'))
  assert.deepEqual({ ...avro.Type.forSchema(schema).fromBuffer(bytes.subarray(5)) }, name)
})

test('bytes that are Avro already travel in the same frame', () => {
  const codec = new Codec()
  const bytes = codec.encode('PageName', name)
  assert.deepEqual(codec.frame('PageName', bytes.subarray(5)), bytes)
})

test('an event larger than the buffer is encoded whole', () => {
  const codec = new Codec()
  const long = { ...name, title: '가'.repeat(1_000_000) }
  assert.equal(codec.decode('PageName', codec.encode('PageName', long)).title.length, 1_000_000)
})

test('a schema id that is not known is a bad event that says what to do', () => {
  const bytes = new Codec().encode('PageName', name)
  bytes.writeInt32BE(4711, 1)
  assert.throws(() => new Codec().decode('PageName', bytes), {
    name: 'BadEventError',
    code: 'SCHEMA_UNKNOWN',
    hint: /update/,
  })
})

test('an event of another schema is refused', () => {
  const codec = new Codec()
  assert.throws(() => codec.decode('Article', codec.encode('PageName', name)), { code: 'SCHEMA_MISMATCH' })
})

test('bytes without a frame, and a payload cut short, are bad events', () => {
  const codec = new Codec()
  assert.throws(() => codec.decode('PageName', Buffer.from('{}')), { code: 'FRAME_INVALID' })
  const bytes = codec.encode('PageName', name)
  assert.throws(() => codec.decode('PageName', bytes.subarray(0, bytes.length - 9)), { code: 'AVRO_CORRUPT' })
})

test('a value of the wrong type is refused with the name of the field', () => {
  const wrong = { ...name, count: 'many' } as unknown as PageName
  assert.throws(() => new Codec().encode('PageName', wrong), { code: 'EVENT_INVALID', message: /count/ })
})

test('an array that claims more items than there are bytes is corrupt, and costs neither time nor memory', () => {
  const codec = new Codec()
  const bytes = codec.encode('PageMentions', {
    wiki: 'kowiki',
    title: '서울',
    language: 'ko',
    pageId: 5,
    revisionId: 31,
    mentions: [],
  })
  // The last byte ends the array; 2⁵² items in its place, in Avro's zigzag.
  const claimed = Buffer.from([0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10, 0x00])
  const began = performance.now()
  const lie = Buffer.concat([bytes.subarray(0, -1), claimed])
  assert.throws(() => codec.decode('PageMentions', lie), { name: 'BadEventError', code: 'AVRO_CORRUPT' })
  assert.ok(performance.now() - began < 1_000)
})

test('a text that claims to be longer than the event is corrupt, and is not made room for', () => {
  const codec = new Codec()
  const bytes = codec.encode('PageName', name)
  const lie = Buffer.concat([bytes.subarray(0, 5), Buffer.from([0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10])])
  assert.throws(() => codec.decode('PageName', lie), { name: 'BadEventError', code: 'AVRO_CORRUPT' })
})
