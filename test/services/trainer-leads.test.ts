import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { openScratch } from '../../runtime/embedded/scratch.ts'
import type { TrainingExample } from '../../schemas/types.ts'
import { gatherExamples } from '../../services/10-trainer/examples.ts'
import { temporaryFolder } from './drive.ts'

const example: TrainingExample = {
  ...{ exampleId: 'c1:a', kind: 'title_lead', cluster: 'c1', split: 'train' },
  ...{ queryLanguage: 'ko', documentLanguage: 'en', query: '물', positiveDoc: 'Water is clear.' },
  ...{ negativeDocs: [], synonymPairs: [{ left: '물', right: 'Water' }], teacherScores: [] },
}
/** What the trainer takes for the linked lead of each of these, in the order of their ids. */
async function linkedLeads(t: TestContext, examples: readonly TrainingExample[]) {
  const scratch = openScratch(await temporaryFolder(t))
  t.after(() => scratch.dispose())
  const events = (async function* () {
    for (const [offset, value] of examples.entries()) {
      yield {
        topic: 'training-examples' as const,
        key: value.exampleId,
        value,
        origin: `training-examples-0@${offset}`,
      }
    }
  })()
  const { train } = await gatherExamples(events, scratch, { decisive: {}, pairsOnly: false })
  return [...train].map(({ linked_lead }) => linked_lead)
}

const own: TrainingExample = { ...example, exampleId: 'c1:b', documentLanguage: 'ko', positiveDoc: '물은 맑다.' }

test('the two leads that one title is asked of are those of linked pages: the other language’s is aligned with its own', async (t) => {
  assert.deepEqual(await linkedLeads(t, [own, example]), ['물은 맑다.', undefined])
})

test('a title of another cluster, an alias, and a title that two pages share link no leads', async (t) => {
  const unlinked = {
    'another cluster': [example, { ...own, cluster: 'c2', exampleId: 'c2:b' }],
    'an alias': [{ ...example, kind: 'alias_lead' as const }, own],
    'the other direction': [example, { ...own, queryLanguage: 'en' }],
    'two pages': [example, own, { ...own, exampleId: 'c1:c', positiveDoc: '물은 성씨이다.' }],
  }
  for (const [name, examples] of Object.entries(unlinked)) {
    const none = examples.map(() => undefined)
    assert.deepEqual(await linkedLeads(t, examples), none, name)
  }
})

test('the query of a lead_pair is a lead to be aligned with its document', async (t) => {
  const leadPair: TrainingExample = { ...example, exampleId: 'c1:b', kind: 'lead_pair', query: '물은 맑다.' }
  assert.deepEqual(await linkedLeads(t, [example, leadPair]), [undefined, '물은 맑다.'])
})
