/** The monitor's history on disk: small, exact, and there again after a restart. */
import assert from 'node:assert/strict'
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { Randomness } from '../../model/randomness.ts'
import { packColumn, unpackColumn } from '../../monitor/history/columns.ts'
import { History, type Sample } from '../../monitor/history/history.ts'
import { Pipeline } from '../../monitor/sampling/pipeline.ts'
import { Reader } from '../../monitor/sampling/reading.ts'
import { seriesOf } from '../../monitor/sampling/series.ts'
import type { PipelineView } from '../../monitor/sampling/view.ts'
import { serviceIds, topicNames } from '../../topology.ts'

const folder = mkdtempSync(join(tmpdir(), 'naru-history-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const dayMs = 24 * 3_600_000
const beginMs = 1_790_000_000_000

test('a column of whole numbers comes back as it was', () => {
  const whole = fc.integer({ min: -(2 ** 49), max: 2 ** 49 })
  fc.assert(
    fc.property(fc.array(whole), (values) => {
      assert.deepEqual(
        unpackColumn(packColumn(values), values.length),
        values.map((value) => value + 0),
        'the values',
      )
    }),
  )
})

test('what was added before a kill is there after it, the line that was cut off aside', async () => {
  const place = join(folder, 'killed')
  const before = await History.open(place)
  for (let second = 0; second < 700; second++) await before.add(sampleAt(second))
  appendFileSync(join(place, 'open.jsonl'), '{"atMs":17900')
  const after = await History.open(place)
  const points = await after.read(['a', 'b'], beginMs, beginMs + dayMs, 1e6)
  assert.deepEqual(
    points,
    Array.from({ length: 700 }, (_, second) => sampleAt(second)),
  )
})

function sampleAt(second: number): Sample {
  return { atMs: beginMs + second * 1000, values: { a: second ** 2, b: 7 } }
}

test('a day of the pipeline at a sample a second, with every series that is kept, takes less than 50 MB', async (context) => {
  const hours = 1
  const history = await History.open(join(folder, 'busy'))
  const pipeline = await BusyPipeline.begin()
  let series: Sample['values'] = {}
  for (let second = 0; second < hours * 3600; second++) {
    series = seriesOf(pipeline.next())
    await history.add({ atMs: beginMs + second * 1000 + (second % 7), values: series })
  }
  const megabytesADay = (history.bytes() / 1e6) * (24 / hours)
  context.diagnostic(`${megabytesADay.toFixed(1)} MB a day of ${Object.keys(series).length} series`)
  assert.ok(Object.keys(series).length >= 3 * topicNames.length + 8 * serviceIds.length)
  assert.ok(megabytesADay < 50, `${megabytesADay} MB`)
  const points = await history.read(['topic.articles.records'], beginMs, beginMs + hours * 3_600_000, 500)
  assert.ok(points.length > 450 && points.length <= 501)
})

test('what is older than a day is removed, and the rest stays', async () => {
  const place = join(folder, 'old')
  const history = await History.open(place)
  for (let minute = 0; minute < 40 * 60; minute++) {
    await history.add({ atMs: beginMs + minute * 60_000, values: { minute } })
  }
  const points = await history.read(['minute'], beginMs, beginMs + 2 * dayMs, 1e6)
  assert.ok(points[0]!.values.minute! > 0)
  assert.ok(points.length >= 24 * 60)
  assert.equal(points.at(-1)!.values.minute, 40 * 60 - 1)
})

/** Rates that wander and jitter as those of a busy pipeline do, and no figure that is not told: the worst case is one that never rests. */
class BusyPipeline {
  private readonly random = new Randomness(7)
  private readonly levels = new Map<string, number>()
  private readonly counts = new Map<string, number>()
  /** What the last ten seconds added. */
  private readonly steps = new Map<string, number[]>()
  private readonly rest: PipelineView

  static async begin(): Promise<BusyPipeline> {
    const log = { ends: () => Promise.resolve([]), positions: () => Promise.resolve([]) }
    const reader = new Reader(log, { read: () => Promise.resolve([]) })
    return new BusyPipeline(new Pipeline().add(await reader.read(0)))
  }

  private constructor(rest: PipelineView) {
    this.rest = rest
  }

  next(): PipelineView {
    const topics = this.rest.topics.map((topic) => ({
      ...topic,
      records: this.count(topic.name, 800),
      recordsPerSecond: this.perSecond(topic.name, 10),
      // A record has 900 bytes, now more and now less.
      bytesPerSecond: this.perSecond(topic.name, 5) * (880 + 40 * this.random.uniform()),
    }))
    const services = this.rest.services.map((service) => ({
      ...service,
      taken: this.count(service.id, 800),
      takenPerSecond: this.perSecond(service.id, 10),
      lag: this.level(`${service.id} lag`, 50_000),
      lagSeconds: this.level(`${service.id} lag ms`, 30_000) / 1000,
      dropped: { namespace: this.count(`${service.id} dropped`, 40) },
      dead:
        this.random.uniform() < 0.01
          ? this.count(`${service.id} dead`, 2)
          : (this.counts.get(`${service.id} dead`) ?? 0),
      cpuCores: this.level(`${service.id} cpu`, 900) / 1000,
      memoryBytes: this.level(`${service.id} memory`, 400_000) * 1024,
    }))
    const process = { cpuCores: this.level('cpu', 1_800) / 1000, memoryBytes: this.level('memory', 900_000) * 1024 }
    return { ...this.rest, process, services, topics }
  }

  private count(name: string, perSecond: number): number {
    const steps = this.steps.get(name) ?? [perSecond]
    const rate = steps.at(-1)! * (0.8 + 0.4 * this.random.uniform())
    const step = Math.round(Math.min(perSecond * 3, Math.max(perSecond / 3, rate)))
    this.steps.set(name, [...steps, step].slice(-10))
    const count = (this.counts.get(name) ?? 0) + step
    this.counts.set(name, count)
    return count
  }

  private perSecond(name: string, seconds: number): number {
    const steps = this.steps.get(name)!.slice(-seconds)
    return steps.reduce((sum, step) => sum + step, 0) / steps.length
  }

  private level(name: string, around: number): number {
    const now = this.levels.get(name) ?? around
    const level = Math.max(0, Math.round(now + (this.random.uniform() - 0.5) * around * 0.05))
    this.levels.set(name, level)
    return level
  }
}
