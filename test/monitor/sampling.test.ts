/** What the monitor makes of what it sees: rates, lag in seconds, states, the bottleneck. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Counters } from '../../monitor/sampling/counters.ts'
import { LagClock } from '../../monitor/sampling/lag-clock.ts'
import { figuresIn } from '../../monitor/sampling/metrics-page.ts'
import type { MetricsPage } from '../../monitor/sampling/metrics-pages.ts'
import { bottleneckOf } from '../../monitor/sampling/pipeline.ts'
import { type Sighting, type Standing, stateOf } from '../../monitor/sampling/state.ts'
import type { ServiceView } from '../../monitor/sampling/view.ts'
import { gpusIn } from '../../monitor/training/gpu.ts'
import { countTaken, countWritten, registry, tallyOf } from '../../runtime/metrics.ts'

test('the page of our own metrics is read back, figure by figure', async () => {
  countTaken('name-finder', [{ topic: 'articles', value: new Uint8Array(7) }])
  countWritten('name-finder', [
    { topic: 'anchors', value: new Uint8Array(3) },
    { topic: 'anchors', value: null },
  ])
  tallyOf('deduplicator')('a "quoted" \\ name', 4)
  const figures = figuresIn(await registry.metrics())
  const find = (name: string) => figures.filter((figure) => figure.name === name)
  assert.deepEqual(find('naru_bytes_consumed_total'), [
    { name: 'naru_bytes_consumed_total', labels: { service: 'name-finder', topic: 'articles' }, value: 7 },
  ])
  assert.equal(find('naru_events_written_total')[0]!.value, 2)
  assert.equal(find('naru_bytes_written_total')[0]!.value, 3)
  assert.deepEqual(find('naru_tally_total')[0]!.labels, { service: 'deduplicator', tally: 'a "quoted" \\ name' })
  assert.ok(find('process_cpu_seconds_total')[0]!.value > 0)
  assert.ok(find('process_resident_memory_bytes')[0]!.value > 1e6)
})

test('a process that begins anew takes nothing away from what was counted', () => {
  const counters = new Counters()
  const page = (instance: string, value: number): MetricsPage => ({
    ...{ instance, service: undefined, atMs: 0 },
    figures: [{ name: 'naru_x_total', labels: { b: '2', a: '1' }, value }],
  })
  counters.add([page('one', 10), page('two', 5)])
  counters.add([page('one', 12)])
  counters.add([page('one', 3)])
  assert.equal(counters.snapshot().get('naru_x_total{a=1,b=2}'), 10 + 5 + 2 + 3)
})

test('lag in seconds is the age of the record that is next, between two looks shared out evenly', () => {
  const clock = new LagClock()
  for (let second = 0; second <= 10; second++) clock.saw('p', second * 100, second * 1000)
  assert.equal(clock.behindMs('p', 1000, 10_000), 0)
  assert.equal(clock.behindMs('p', 500, 10_000), 5_000)
  assert.equal(clock.behindMs('p', 250, 10_000), 7_500)
  assert.equal(clock.behindMs('unknown', 0, 10_000), 0)
  // A partition that rests, for hours: the lag goes on growing.
  for (let second = 11; second <= 7_200; second++) clock.saw('p', 1000, second * 1000)
  assert.equal(clock.behindMs('p', 500, 7_200_000), 7_195_000)
})

test('a partition that was made anew is another one', () => {
  const clock = new LagClock()
  clock.saw('p', 500, 0)
  clock.saw('p', 10, 60_000)
  assert.equal(clock.behindMs('p', 0, 61_000), 1_000)
})

const seconds = (count: number, of: (second: number) => Partial<Sighting>): Sighting[] =>
  Array.from({ length: count }, (_, second) => ({ atMs: second * 1000, taken: 1, lag: 0, done: 0, ...of(second) }))
const standing = (sightings: Sighting[], set: Partial<Standing> = {}): Standing => ({
  ...{ kind: 'transform', finished: false, isAlive: true, sightings },
  ...set,
})

test('a service that takes its lag down works, one whose lag grows all the time falls behind', () => {
  assert.equal(stateOf(standing(seconds(60, (s) => ({ taken: s, lag: 900 - s })))), 'working')
  assert.equal(stateOf(standing(seconds(60, (s) => ({ taken: s, lag: 900 + s })))), 'behind')
  // Ups and downs are no trend, and a moment is too short for one.
  assert.equal(stateOf(standing(seconds(60, (s) => ({ taken: s, lag: 900 + (s % 7) })))), 'working')
  assert.equal(stateOf(standing(seconds(10, (s) => ({ taken: s, lag: 900 + s })))), 'working')
})

test('input that nobody touches for a minute is a stall, unless nobody is there, or it is a stream that may compute', () => {
  const untouched = seconds(90, () => ({ lag: 5 }))
  assert.equal(stateOf(standing(untouched.slice(0, 50))), 'working')
  assert.equal(stateOf(standing(untouched)), 'stalled')
  assert.equal(stateOf(standing(untouched, { isAlive: false })), 'stopped')
  assert.equal(stateOf(standing(untouched, { isAlive: undefined })), 'stalled')
  assert.equal(stateOf(standing(untouched, { kind: 'topic-stream' })), 'gathering')
  assert.equal(
    stateOf(
      standing(
        seconds(90, () => ({ lag: 5, done: 3 })),
        { kind: 'topic-stream' },
      ),
    ),
    'working',
  )
  assert.equal(
    stateOf(
      standing(
        seconds(1000, () => ({ lag: 5 })),
        { kind: 'topic-stream' },
      ),
    ),
    'stalled',
  )
})

test('what has got nothing waits, what is done is finished, whoever is there', () => {
  assert.equal(stateOf(standing(seconds(90, () => ({ taken: 0 })))), 'waiting')
  assert.equal(
    stateOf(
      standing(
        seconds(90, () => ({ lag: 9 })),
        { finished: true, isAlive: false },
      ),
    ),
    'finished',
  )
})

test('the bottleneck is what takes longest to be through, or what does not move at all', () => {
  const service = (id: string, set: Partial<ServiceView>) =>
    ({
      id,
      state: 'working',
      lag: 10,
      secondsLeft: undefined,
      progress: undefined,
      takenPerSecond: 1,
      writtenPerSecond: 1,
      ...set,
    }) as ServiceView
  const moving = [
    service('dump-planner', { secondsLeft: 3 }),
    service('name-finder', { secondsLeft: 40 }),
    service('deduplicator', { secondsLeft: 90, state: 'finished' }),
  ]
  assert.equal(bottleneckOf(moving), 'name-finder')
  assert.equal(bottleneckOf([...moving, service('entity-linker', { state: 'stopped' })]), 'entity-linker')
  assert.equal(bottleneckOf([service('name-finder', { state: 'finished' })]), undefined)
})

test('the lines of nvidia-smi are cards', () => {
  assert.deepEqual(gpusIn('NVIDIA H100 80GB HBM3, 1024, 81559, 37\n'), [
    { name: 'NVIDIA H100 80GB HBM3', usedBytes: 2 ** 30, totalBytes: 81_559 * 2 ** 20, utilization: 0.37 },
  ])
  assert.deepEqual(gpusIn(''), [])
})
