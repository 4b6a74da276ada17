import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openScratch } from '../../runtime/embedded/scratch.ts'
import type { Incoming } from '../../runtime/service.ts'
import { gatherExamples } from '../../services/10-trainer/examples.ts'
import { incoming, temporaryFolder, withdrawn } from './drive.ts'
import { exampleOf } from './events.ts'

test('of an example that was changed the last counts, and none that was withdrawn', async (t) => {
  const scratch = openScratch(await temporaryFolder(t))
  t.after(() => scratch.dispose())
  const events = async function* () {
    const changed = ['a', 'b', 'c'].map((id) => exampleOf(id, { query: `first ${id}` }))
    for (const example of changed) yield incoming('training-examples', example)
    yield incoming('training-examples', exampleOf('a', { query: 'other' }))
    yield withdrawn('training-examples', 'b')
  }
  const gathering = { decisive: {}, pairsOnly: false }
  const { train } = await gatherExamples(events() as AsyncIterable<Incoming<'training-examples'>>, scratch, gathering)
  assert.deepEqual(
    [...train].map(({ query }) => query),
    ['other', 'first c'],
  )
})
