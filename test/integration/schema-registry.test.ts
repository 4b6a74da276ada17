/** The schemas in a real registry (Apicurio, by Confluent's API), and what it says of versions that break readers. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import avro from 'avsc'
import { freePort } from '../../chaos/free-port.ts'
import { serverOf } from '../../chaos/server.ts'
import { Codec } from '../../runtime/codec.ts'
import { ConfigError, RetryableError } from '../../runtime/errors.ts'
import { packageRoot } from '../../runtime/package-root.ts'
import { SchemaRegistry } from '../../runtime/schema-registry.ts'
import { schemaSubjects } from '../../runtime/schema-subjects.ts'
import { readPublished } from '../../schemas/published.ts'
import type { TrainingExample } from '../../schemas/types.ts'
import { skipWithoutKafka } from './servers.ts'

const run = promisify(execFile)
const skip = skipWithoutKafka()
let server: Awaited<ReturnType<typeof serverOf>>
let url = ''
let registry: SchemaRegistry

before(async () => {
  if (skip) return
  server = await serverOf('registry.sh', [await freePort()])
  await server.start()
  url = `http://127.0.0.1:${server.port}/apis/ccompat/v7`
  registry = new SchemaRegistry({ url })
})
after(async () => {
  if (!skip) await server.remove()
})

const field = (name: string, more: object = {}) => ({ name, type: 'string', ...more })
const subject = (name: string, ...versions: { readonly id: number; readonly fields: readonly object[] }[]) => ({
  name,
  versions: versions.map(({ id, fields }, index) => ({
    id,
    version: index + 1,
    schema: JSON.stringify({ type: 'record', name: 'Ferry', namespace: name, fields }),
  })),
})
const withCode = (code: string) => (error: unknown) => error instanceof ConfigError && error.code === code

const example: TrainingExample = {
  exampleId: 'e1',
  kind: 'title_lead',
  cluster: 'c1',
  split: 'train',
  queryLanguage: 'ko',
  documentLanguage: 'en',
  query: '나루',
  positiveDoc: 'A ferry landing.',
  negativeDocs: [],
  synonymPairs: [],
  teacherScores: [],
}

test('what naru writes can be read by the schema that the registry has under the id in its frame', {
  skip,
}, async () => {
  const subjects = schemaSubjects()
  const published = await registry.publish(subjects)
  const ids = [...new Set(published.map(({ id }) => id))].sort((a, b) => a - b)
  assert.deepEqual(
    ids,
    readPublished().map(({ id }) => id),
  )
  const bytes = new Codec().encode('TrainingExample', example)
  const response = await fetch(`${url}/schemas/ids/${bytes.readInt32BE(1)}`)
  const { schema } = (await response.json()) as { schema: string }
  const read: TrainingExample = avro.Type.forSchema(JSON.parse(schema)).fromBuffer(bytes.subarray(5))
  assert.equal(read.query, example.query)
  assert.equal(read.positiveDoc, example.positiveDoc)
  assert.deepEqual(await registry.publish(subjects), published, 'published again, nothing changes')
})

test('the command checks before a rolling upgrade, and publishes', { skip }, async () => {
  const naru = (...args: string[]) => run(process.execPath, ['cli/bootstrap.mjs', ...args], { cwd: packageRoot })
  const checked = await naru('topics', 'schemas', '--registry', url, '--check', '--json')
  assert.deepEqual(JSON.parse(checked.stdout), [])
  const { stdout } = await naru('topics', 'schemas', '--registry', url)
  assert.match(stdout, /versions of \d+ schemas are in the registry/)
})

test('a version that cannot read what older instances wrote is named, and nothing is published', { skip }, async () => {
  const next = Math.max(...readPublished().map(({ id }) => id)) + 1
  const first = { id: next, fields: [field('landing')] }
  await registry.publish([subject('broken', first)])
  const broken = subject('broken', first, { id: next + 1, fields: [field('landing'), field('river')] })
  const [found] = await registry.check([broken])
  assert.equal(found?.subject, 'broken')
  assert.equal(found?.version, 2)
  await assert.rejects(registry.publish([broken]), withCode('REGISTRY_INCOMPATIBLE'))
  const mended = subject('broken', first, { id: next + 1, fields: [field('landing'), field('river', { default: '' })] })
  assert.deepEqual(await registry.check([mended]), [])
  assert.equal((await registry.publish([mended])).length, 2, 'with a default it is taken')
})

test('a registry that has given our ids away is refused', { skip }, async () => {
  const taken = readPublished()[0]!.id
  await assert.rejects(
    registry.publish([subject('other', { id: taken, fields: [field('x')] })]),
    withCode('REGISTRY_IDS'),
  )
})

test('a registry that is not there is named with its address', async () => {
  const nowhere = new SchemaRegistry({ url: `http://127.0.0.1:${await freePort()}` })
  await assert.rejects(
    nowhere.check(schemaSubjects()),
    (error) => error instanceof RetryableError && error.code === 'REGISTRY_UNREACHABLE',
  )
})
