/** The evaluator as a service: what it takes in, leaves out, writes, and how it ends. */
import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { openLeadIndex } from '../../search/lead-index.ts'
import { encoderOf, judge, lexicon, page, published, world, worldPages, worldPairs } from './evaluator-world.ts'

test('every page that takes no part is counted with a reason, and of two exports of a model the last is judged', async (t) => {
  const redirected = page('ko', '괭이', '고양이')
  const events = [
    published('small', 1),
    ...world,
    redirected,
    { ...redirected, value: { ...redirected.value, kind: 'redirect' } } as typeof redirected,
    page('en', 'Bark', 'dog', 'disambiguation'),
    page('ja', '猫', '猫'),
  ]
  const { dropped, scores } = await judge(t, events, encoderOf(lexicon))
  assert.deepEqual(dropped, { not_final: 1, other_kind_of_page: 2, other_language: 1 })
  assert.equal(new Set(scores.map(({ model }) => model)).size, 1)
})

test('where there are too many pages, those with a mate are kept, together with it', async (t) => {
  const { dropped, scores } = await judge(t, world, encoderOf(lexicon), { maxPages: 3 })
  assert.deepEqual(dropped, { over_limit: 3 })
  const synonyms = scores.filter(({ task, metric, stratum }) => `${task} ${metric} ${stratum}` === 'synonyms hit@1 all')
  assert.deepEqual(new Set(synonyms.map(({ queries, pool }) => `${queries} of ${pool}`)), new Set(['3 of 3', '3 of 6']))
})

test('the scores lie in the model folder, one a line, beside an index in which a Korean query finds the English lead', async (t) => {
  const encoder = encoderOf(lexicon)
  const { scores, models } = await judge(t, world, encoder)
  const folder = join(models, 'exports', 'small')
  const text = await readFile(join(folder, 'scores.json'), 'utf8')
  assert.deepEqual(JSON.parse(text), scores)
  assert.equal(text.split('\n').length, scores.length + 3)
  const index = await openLeadIndex(join(folder, 'search'))
  const [query] = await encoder.encode(['고양이'])
  assert.deepEqual(index.search(query!, 1, { language: 'en' }), [
    { language: 'en', title: 'Cat', lead: 'The cat is an animal, unlike a dog', score: 1 },
  ])
  assert.equal(index.documentCount, 8)
})

test('the order of the events changes no byte', async (t) => {
  const filesOf = async (events: typeof world) => {
    const { models } = await judge(t, events, encoderOf(lexicon))
    const folder = join(models, 'exports', 'small')
    const names = ['scores.json', 'evaluation.json', 'search/documents.jsonl', 'search/vectors.bin']
    return Promise.all(names.map((name) => readFile(join(folder, name))))
  }
  assert.deepEqual(await filesOf([...world].reverse()), await filesOf(world))
})

test('texts are encoded once each, those of like length together, with progress, and the encoder is closed', async (t) => {
  const encoder = encoderOf(lexicon)
  const { progress } = await judge(t, world, encoder, { batchTexts: 5 })
  const lengths = encoder.batches.flat().map(({ length }) => length)
  // Nine names and eight leads.
  assert.equal(new Set(encoder.batches.flat()).size, 17)
  assert.deepEqual(
    lengths,
    [...lengths].sort((a, b) => a - b),
  )
  const encoding = progress.filter((line) => line.includes('texts'))
  assert.deepEqual(encoding, ['5/17 texts small', '10/17 texts small', '15/17 texts small', '17/17 texts small'])
  assert.equal(encoder.closed, 1)
})

test('when asked to stop it stops between batches and closes the encoder', async (t) => {
  const controller = new AbortController()
  const encoder = encoderOf(lexicon)
  const stopping = {
    ...encoder,
    encode: async (texts: readonly string[]) => {
      controller.abort(new Error('asked to stop'))
      return encoder.encode(texts)
    },
  }
  await assert.rejects(judge(t, world, stopping, { batchTexts: 5 }, controller.signal), /asked to stop/)
  assert.equal(encoder.batches.length, 1)
  assert.equal(encoder.closed, 1)
})

test('sentences find their translations line by line; without them, or without their files, that is said', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'naru-sentences-'))
  t.after(() => rm(folder, { recursive: true }))
  const sentences = [join(folder, 'ko.txt'), join(folder, 'en.txt')]
  await writeFile(sentences[0]!, '고양이 와 개\n도시 의 동물\n개\n개\n')
  await writeFile(sentences[1]!, 'a cat and a dog\nno word is known\na dog\nsome dog\n')
  const { value, missing } = await judge(t, world, encoderOf(lexicon), { sentences })
  // The first finds its own; the second nothing; the third and fourth say the same, and either answer is right.
  assert.equal(value('sentences', 'neural-sparse', 'ko→en', 'all', 'hit@1'), 1 / 4)
  assert.equal(value('sentences', 'neural-sparse', 'ko→en', 'all', 'mrr@10'), (1 + 1 / 1.5 + 1 / 1.5) / 4)
  assert.ok(!missing.some((line) => line.includes('Sentence')))
  const without = await judge(t, world, encoderOf(lexicon))
  assert.ok(without.missing.includes('Sentence retrieval was not judged: no sentences were given.'))
  const absent = await judge(t, world, encoderOf(lexicon), { sentences: [sentences[0], join(folder, 'none.txt')] })
  assert.ok(absent.missing.some((line) => /Sentence retrieval was not judged: .*none\.txt is not there/.test(line)))
  await writeFile(sentences[1]!, 'a cat\n')
  await assert.rejects(judge(t, world, encoderOf(lexicon), { sentences }), { code: 'SENTENCES_UNALIGNED' })
})

test('a language with fewer than 10,000 names is told, though a mixed pool has more', async (t) => {
  const english = Array.from({ length: 10_000 - 4 }, (_, at) => page('en', `Page ${at}`, ''))
  const { missing, scores } = await judge(t, [...world, ...english], encoderOf(lexicon))
  assert.equal(scores.find(({ task, direction }) => task === 'synonyms' && direction === 'ko→en')?.pool, 10_000)
  const told = missing.filter((line) => line.startsWith('Names'))
  assert.deepEqual(told, ['Names in ko were searched among 5: there are no more.'])
})

test('a model whose queries need no network is searched by its table of terms', async (t) => {
  const encoder = encoderOf(lexicon)
  const queries: string[] = []
  const byTable = {
    ...encoder,
    encodeQueries: async (texts: readonly string[]) => {
      queries.push(...texts)
      return encoderOf({ 고양이: 1, 개: 2 }).encode(texts)
    },
  }
  const { value } = await judge(t, world, byTable)
  assert.equal(value('title-lead', 'neural-sparse', 'ko→en', 'all', 'hit@1'), 1 / 4)
  assert.equal(value('title-lead', 'neural-sparse', 'en→ko', 'all', 'unmatched'), 1)
  // Names are asked without the network, and searched with it; leads are only searched.
  assert.ok(queries.includes('베를린') && encoder.batches.flat().includes('베를린'))
  assert.ok(!queries.some((text) => text.includes('이다')))
})

test('without an export nothing is scored', async (t) => {
  const { scores } = await judge(t, [...worldPages, ...worldPairs], encoderOf(lexicon))
  assert.deepEqual(scores, [])
})
