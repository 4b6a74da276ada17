/** What the figures of the edges and services of a pipeline at work are, and which of them holds it up. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { busy, viewAfter } from './busy-pipeline.ts'

const close = (actual: number | undefined, expected: number): void =>
  assert.ok(Math.abs((actual ?? Number.NaN) - expected) < 1e-6 * expected, `${actual} instead of ${expected}`)

test('an edge carries the records and bytes a second that its service wrote or read', async () => {
  const { topics: seen } = await viewAfter(20, busy)
  const articles = seen.find(({ name }) => name === 'articles')!
  const [writer] = articles.writers
  assert.equal(writer!.service, 'article-extractor')
  close(writer!.recordsPerSecond, 50)
  close(writer!.bytesPerSecond, 100_000)
  close(articles.bytesPerSecond, 100_000)
  const reader = articles.readers.find(({ service }) => service === 'name-finder')!
  close(reader.recordsPerSecond, 20)
  close(reader.bytesPerSecond, 40_000)
  assert.equal(reader.lag, 20 * 30)
  const silent = articles.readers.find(({ service }) => service === 'article-writer')!
  assert.equal(silent.recordsPerSecond, 0)
  assert.equal(silent.bytesPerSecond, undefined)
})

test('what was written in one go, before its counter could be seen, has a rate too', async () => {
  const figure = 'naru_bytes_written_total'
  const { topics: seen } = await viewAfter(6, (second) => ({
    ...busy(second),
    figures: busy(Math.min(second, 2)).figures.filter(([name]) => name !== figure || second >= 2),
  }))
  // 200,000 bytes in the 5 s between what was told last and what was told then.
  close(seen.find(({ name }) => name === 'articles')!.writers[0]!.bytesPerSecond, 200_000 / 5)
})

test('CPU is that of the process, and of a service that of its threads; memory is told for the whole', async () => {
  const { process: whole, services } = await viewAfter(20, busy)
  close(whole?.cpuCores, 1.5)
  assert.equal(whole?.memoryBytes, 300e6 + 20)
  const extractor = services.find(({ id }) => id === 'article-extractor')!
  close(extractor.cpuCores, 0.8)
  assert.equal(extractor.memoryBytes, undefined)
})

test('a service tells its lag in records and seconds, and when it will be through', async () => {
  const { services } = await viewAfter(20, busy)
  const finder = services.find(({ id }) => id === 'name-finder')!
  assert.equal(finder.lag, 600)
  // It stands at record 400, which was written at second 8.
  close(finder.lagSeconds, 12)
  close(finder.secondsLeft, 600 / 20)
  assert.deepEqual(finder.retries, { KAFKA_FAILED: 2 })
})

test('the dump is read when the slowest of its readers is through, and that one is the bottleneck', async () => {
  const { dumpSecondsLeft, bottleneck } = await viewAfter(20, busy)
  // 540 chunks at 3 a second are 180 s; the name-finder needs 30 for what lies before it now.
  close(dumpSecondsLeft, 180)
  assert.equal(bottleneck, 'article-extractor')
})

test('figures that no process tells are unknown, not nought', async () => {
  const { process: whole, services, topics: seen } = await viewAfter(20, (second) => ({ ...busy(second), figures: [] }))
  assert.equal(whole, undefined)
  assert.equal(services.find(({ id }) => id === 'article-extractor')!.cpuCores, undefined)
  assert.equal(seen.find(({ name }) => name === 'articles')!.bytesPerSecond, undefined)
})
