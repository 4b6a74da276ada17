import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openScratch } from '../../runtime/embedded/scratch.ts'
import type { TrainingExample } from '../../schemas/types.ts'
import { gatherExamples } from '../../services/10-trainer/examples.ts'
import { temporaryFolder } from './drive.ts'

const example: TrainingExample = {
  ...{ exampleId: 'c1:a', kind: 'title_lead', cluster: 'c1', split: 'train' },
  ...{ queryLanguage: 'ko', documentLanguage: 'en', query: '물', positiveDoc: 'Water is clear.' },
  ...{ negativeDocs: [], synonymPairs: [{ left: '물', right: 'Water' }], teacherScores: [] },
}
const leadPair: TrainingExample = { ...example, exampleId: 'c1:b', kind: 'lead_pair', query: '물은 맑다.' }

test('the query of a lead_pair is a lead to be aligned with its document, that of another kind is not', async (t) => {
  const scratch = openScratch(await temporaryFolder(t))
  t.after(() => scratch.dispose())
  const events = (async function* () {
    for (const [offset, value] of [example, leadPair].entries()) {
      yield {
        topic: 'training-examples' as const,
        key: value.exampleId,
        value,
        origin: `training-examples-0@${offset}`,
      }
    }
  })()
  const { train } = await gatherExamples(events, scratch, { decisive: {}, pairsOnly: false })
  assert.deepEqual(
    [...train].map(({ linked_lead }) => linked_lead),
    [undefined, '물은 맑다.'],
  )
})
