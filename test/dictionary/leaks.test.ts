import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { PairEntry } from '../../dictionary/entries.ts'
import { findLeaks } from '../../dictionary/leaks.ts'
import { entryJson, pairEntry } from '../cli/report-facts.ts'

const moonLead = 'The Moon is the only natural satellite of the Earth, and it turns about it in a month.'
const clean = {
  test: [
    pairEntry({
      left: '달',
      right: 'Moon',
      split: 'test',
      evidence: [{ rule: 'langlink', pages: ['달', 'Moon'] }],
    }),
  ],
  pairs: [pairEntry({ left: '산소', right: 'Oxygen' })],
  articles: [
    { title: 'Moon', lead: moonLead },
    { title: 'Oxygen', lead: 'Oxygen is a chemical element, and nothing burns in air without it.' },
  ],
  examples: [
    {
      query: '산소',
      positive_doc: 'Oxygen',
      negative_docs: ['Tides follow the moon, as sailors have known for long.'],
      synonym_pairs: [['산소', 'Oxygen']],
    },
  ],
  vocabulary: ['산소', 'oxygen', 'moonlight', '##moon', '[달]'],
}

async function leaksOf(t: TestContext, set: Partial<typeof clean>) {
  const folder = mkdtempSync(join(tmpdir(), 'naru-leaks-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const { test: held, pairs, articles, examples, vocabulary } = { ...clean, ...set }
  const write = (name: string, text: string) => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  const array = (entries: readonly PairEntry[]) => `[\n${entries.map(entryJson).join(',\n')}\n]\n`
  const lines = (values: readonly object[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('')
  const vocab = Object.fromEntries(vocabulary.map((term, id) => [term, id]))
  let bytesRead = 0
  const files = {
    test: write('test.json', array(held)),
    pairs: [write('train.json', array(pairs))],
    articles: [write('en_articles.jsonl', lines(articles))],
    examples: [write('qd_pairs.jsonl', lines(examples))],
    vocabularies: [write('tokenizer.json', JSON.stringify({ model: { vocab } }))],
  }
  const { leaks, ...check } = await findLeaks(files, (bytes) => {
    bytesRead += bytes
  })
  const read = [files.test, ...files.pairs, ...files.articles, ...files.examples]
  assert.equal(
    bytesRead,
    read.reduce((sum, file) => sum + statSync(file).size, 0),
  )
  return {
    ...check,
    leaks: leaks.map(({ what, surface, file, line }) => [what, surface, file.slice(folder.length + 1), line]),
  }
}

test('a run whose training knows nothing of a test cluster has no leak; its name within a running text is none', async (t) => {
  assert.deepEqual(await leaksOf(t, {}), {
    testSurfaces: 2,
    testLeads: 1,
    checked: { pairs: 1, examples: 1, texts: 5, vocabularyTerms: 3 },
    leaks: [],
  })
})

test('a pair with a surface of a test cluster is a leak, whatever case and spacing', async (t) => {
  const pairs = [...clean.pairs, pairEntry({ left: '월', right: 'MOON' })]
  assert.deepEqual((await leaksOf(t, { pairs })).leaks, [['pair', 'MOON', 'train.json', 3]])
})

const example = clean.examples[0]!
for (const [place, leaking] of [
  ['query', { ...example, query: 'moon' }],
  ['positive document', { ...example, positive_doc: 'Moon' }],
  ['negative document', { ...example, negative_docs: ['달'] }],
  ['synonym pair', { ...example, synonym_pairs: [['산소', '달']] }],
] as const) {
  test(`a surface of a test cluster as the ${place} of an example is a leak`, async (t) => {
    const { leaks } = await leaksOf(t, { examples: [example, { ...leaking } as typeof example] })
    assert.deepEqual(
      leaks.map(([what, , file, line]) => [what, file, line]),
      [['example', 'qd_pairs.jsonl', 2]],
    )
  })
}

test('the lead of a page of a test cluster, whole or cut short, is a leak', async (t) => {
  for (const text of [moonLead, moonLead.slice(0, 60), `${moonLead.slice(0, 45)}`]) {
    const { leaks } = await leaksOf(t, { examples: [{ ...example, negative_docs: [text] }] })
    assert.deepEqual(leaks, [['lead', 'Moon', 'qd_pairs.jsonl', 1]])
  }
})

test('a word or letter of the vocabulary that is a surface of a test cluster is a leak, though training texts hold it', async (t) => {
  const withMonth = { ...example, query: '한달' }
  const vocabulary = ['산소', 'moon', '달', 'moonlight']
  assert.deepEqual((await leaksOf(t, { examples: [withMonth], vocabulary })).leaks, [
    ['vocabulary', 'moon', 'tokenizer.json', 0],
    ['vocabulary', '달', 'tokenizer.json', 0],
  ])
})

test('a line that cannot be read is an error, not a run without leaks', async (t) => {
  await assert.rejects(leaksOf(t, { examples: [{ broken: true } as unknown as typeof example] }), {
    code: 'LINE_UNREADABLE',
  })
})
