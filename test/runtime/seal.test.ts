import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sealHeaders, sealNumber, sealsOf, unitsOf } from '../../runtime/seal.ts'
import { serviceIds, specOf, topicNames, topics } from '../../topology.ts'

test('every seal that a service writes is awaited by each topic it writes, and no other is', () => {
  for (const topic of topicNames) {
    const written = serviceIds
      .filter((id) => specOf(id).writes.includes(topic))
      .flatMap((id) => unitsOf(id).map((unit) => sealNumber(topic, sealHeaders(id, unit))))
    assert.deepEqual(
      [...written].sort((a, b) => (a ?? -1) - (b ?? -1)),
      sealsOf(topic).map((_, number) => number),
    )
  }
})

test('a transform has one unit for each input partition, a topic-stream one in all', () => {
  assert.equal(unitsOf('name-finder').length, topics.articles.partitions)
  assert.deepEqual(unitsOf('synonym-splitter'), ['all'])
})

test('a record without the header is an event', () => {
  assert.equal(sealNumber('articles', {}), undefined)
})
