import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Incoming } from '../../runtime/service.ts'
import type { TrainingExample } from '../../schemas/types.ts'
import exampleWriter from '../../services/10-example-writer/service.ts'
import { drive, incoming, temporaryFolder, withdrawn } from './drive.ts'
import { exampleOf } from './events.ts'

const write = (folder: string, examples: readonly TrainingExample[], settings = {}) =>
  drive(
    folder,
    exampleWriter,
    examples.map((example) => incoming('training-examples', example)),
    { settings },
  )

const textIn = (folder: string, file: string) => readFile(join(folder, 'training', `${file}.jsonl`), 'utf8')

async function linesIn(folder: string, file: string) {
  const lines = (await textIn(folder, file)).split('\n')
  assert.equal(lines.pop(), '')
  return lines.map((line) => JSON.parse(line))
}

test('an example is a line with query, positive document, negatives and synonym pairs', async (t) => {
  const folder = await temporaryFolder(t)
  await write(folder, [
    exampleOf('c1:a', {
      kind: 'title_lead',
      split: 'val',
      queryLanguage: 'en',
      documentLanguage: 'ko',
      query: 'water',
      positiveDoc: '물은 "산소"와 수소의 화합물이다.',
      negativeDocs: ['불은 뜨겁다.', '산은 높다.'],
      synonymPairs: [
        { left: '물', right: 'water' },
        { left: '물', right: 'H2O' },
      ],
    }),
  ])
  assert.deepEqual(await linesIn(folder, 'qd_pairs'), [
    {
      id: 'c1:a',
      kind: 'title_lead',
      split: 'val',
      languages: ['en', 'ko'],
      query: 'water',
      positive_doc: '물은 "산소"와 수소의 화합물이다.',
      negative_docs: ['불은 뜨겁다.', '산은 높다.'],
      synonym_pairs: [
        ['물', 'water'],
        ['물', 'H2O'],
      ],
    },
  ])
})

test('each negative is a triplet with the rank that it was found at', async (t) => {
  const folder = await temporaryFolder(t)
  const negativeDocs = ['불은 뜨겁다.', '산은 높다.', '강은 길다.']
  await write(folder, [exampleOf('a', { query: 'water', positiveDoc: '물은 맑다.', negativeDocs })])
  const triplet = { id: 'a', query: 'water', positive_doc: '물은 맑다.' }
  assert.deepEqual(
    await linesIn(folder, 'negative_samples'),
    negativeDocs.map((negative_doc, index) => ({ ...triplet, negative_doc, rank: index + 1 })),
  )
})

test('an example without negatives is in one file only', async (t) => {
  const folder = await temporaryFolder(t)
  await write(folder, [exampleOf('a', { negativeDocs: [], synonymPairs: [] }), exampleOf('b')])
  const ids = async (file: string) => (await linesIn(folder, file)).map(({ id }) => id)
  assert.deepEqual(await ids('qd_pairs'), ['a', 'b'])
  assert.deepEqual(await ids('negative_samples'), ['b'])
})

test('the order of the examples changes no byte, and one that comes again is written once', async (t) => {
  const [folder, other] = [await temporaryFolder(t), await temporaryFolder(t)]
  const examples = ['c2:b', 'c10:a', 'c1:가', 'page:ko:물:a'].map((id) => exampleOf(id, { query: id }))
  await write(folder, examples)
  await write(other, [...examples.toReversed(), ...examples])
  const ids = (await linesIn(folder, 'qd_pairs')).map(({ id }) => id)
  assert.deepEqual(ids, ['c10:a', 'c1:가', 'c2:b', 'page:ko:물:a'])
  for (const file of ['qd_pairs', 'negative_samples'])
    assert.equal(await textIn(other, file), await textIn(folder, file))
})

test('an update puts in what has changed, by the id of the example, and takes out what is withdrawn', async (t) => {
  const folder = await temporaryFolder(t)
  await write(
    folder,
    ['a', 'b', 'c'].map((id) => exampleOf(id)),
  )
  const changes = [
    incoming('training-examples', exampleOf('b', { negativeDocs: ['얼음'] })),
    withdrawn('training-examples', 'c'),
    incoming('training-examples', exampleOf('d')),
  ]
  await drive(folder, exampleWriter, changes, { made: [] })
  const other = await temporaryFolder(t)
  await write(other, [exampleOf('a'), exampleOf('b', { negativeDocs: ['얼음'] }), exampleOf('d')])
  for (const file of ['qd_pairs', 'negative_samples'])
    assert.equal(await textIn(folder, file), await textIn(other, file))
})

test('a run that breaks off leaves the files of the run before as they were', async (t) => {
  const folder = await temporaryFolder(t)
  await write(folder, [exampleOf('a')])
  const unreadable: Incoming = {
    ...incoming('training-examples', exampleOf('c')),
    get value(): never {
      throw new Error('broken off')
    },
  }
  const breaking = drive(folder, exampleWriter, [incoming('training-examples', exampleOf('b')), unreadable])
  await assert.rejects(breaking, { message: 'broken off' })
  assert.deepEqual((await readdir(join(folder, 'training'))).sort(), ['negative_samples.jsonl', 'qd_pairs.jsonl'])
  for (const file of ['qd_pairs', 'negative_samples']) {
    assert.deepEqual(
      (await linesIn(folder, file)).map(({ id }) => id),
      ['a'],
    )
  }
})

test('without examples both files are empty, in the folder of the settings', async (t) => {
  const folder = await temporaryFolder(t)
  const { outcomes } = await write(folder, [], { folder: 'triplets' })
  assert.deepEqual(outcomes, [])
  for (const file of ['qd_pairs.jsonl', 'negative_samples.jsonl']) {
    assert.equal(await readFile(join(folder, 'triplets', file), 'utf8'), '')
  }
})
