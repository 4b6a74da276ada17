import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { Codec } from '../../runtime/codec.ts'
import type { RunContext } from '../../runtime/runner/context.ts'
import { emit, before as saidBefore, stream, withdrawal } from '../../runtime/service.ts'
import type { OutgoingRecord } from '../../runtime/transport.ts'
import { type AmendingStream, differenceByAmending, type WithDeps } from '../../runtime/update/difference.ts'
import { exampleOf } from '../services/events.ts'

/** Says 1,200 changes, 1,199 of them examples, and that it said the first 10 of these before. */
function amending(saysChanges: boolean, seen: () => void): AmendingStream {
  const service = stream(
    'example-assembler',
    { settings: z.strictObject({}), saysChanges },
    async function* () {},
    async function* () {
      for (let at = 0; at < 1_199; at++) {
        const said = emit.trainingExamples(exampleOf(`c:${at}`))
        if (!saysChanges && at < 10) yield saidBefore(said)
        yield said
      }
      seen()
      yield withdrawal('training-examples', 'c:gone')
    },
  )
  return service as AmendingStream
}

const context = { codec: new Codec() } as unknown as RunContext
const withDeps: WithDeps = (work) => work({} as Parameters<typeof work>[0])

async function difference(saysChanges: boolean) {
  const written: OutgoingRecord[] = []
  let whileItWasAtWork = 0
  const service = amending(saysChanges, () => {
    whileItWasAtWork = written.length
  })
  const rest = await differenceByAmending(service, [], [], context, withDeps, async (records) => {
    written.push(...records)
  })
  return { written, whileItWasAtWork, rest }
}

test('what a stream says that says changes is written while it goes on, and counted with the rest', async () => {
  const { written, whileItWasAtWork, rest } = await difference(true)
  assert.equal(whileItWasAtWork, 1_000)
  assert.deepEqual([written.length, rest.events.length, rest.retractions.length], [1_000, 200, 0])
  assert.deepEqual(rest.figures.written, { 'training-examples': 1_200 })
  assert.equal(new Set([...written, ...rest.events].map(({ key }) => key)).size, 1_200)
})

test('what a stream says that tells what it said before is compared before anything is written', async () => {
  const { written, rest } = await difference(false)
  assert.deepEqual([written.length, rest.events.length], [0, 1_190])
})
