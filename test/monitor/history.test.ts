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

test('a day of twelve topics and nineteen services at a sample a second takes less than 50 MB', async (context) => {
  const hours = 1
  const history = await History.open(join(folder, 'busy'))
  const pipeline = new SyntheticPipeline(12, 19)
  for (let second = 0; second < hours * 3600; second++) {
    await history.add({ atMs: beginMs + second * 1000 + (second % 7), values: pipeline.next() })
  }
  const megabytesADay = (history.bytes() / 1e6) * (24 / hours)
  context.diagnostic(`${megabytesADay.toFixed(1)} MB a day of ${pipeline.series} series`)
  assert.ok(megabytesADay < 50, `${megabytesADay} MB`)
  const points = await history.read(['topic.0.records'], beginMs, beginMs + hours * 3_600_000, 500)
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

/** Rates that wander and jitter as those of a busy pipeline do: the worst case is one that never rests. */
class SyntheticPipeline {
  private readonly random = new Randomness(7)
  private readonly values: Record<string, number> = {}
  private readonly rates: Record<string, number> = {}
  private readonly topics: number
  private readonly services: number

  constructor(topics: number, services: number) {
    this.topics = topics
    this.services = services
  }

  get series(): number {
    return Object.keys(this.values).length
  }

  next(): Record<string, number> {
    for (let topic = 0; topic < this.topics; topic++) {
      const records = this.count(`topic.${topic}.records`, 800)
      this.values[`topic.${topic}.bytes`] = (this.values[`topic.${topic}.bytes`] ?? 0) + records * 900
    }
    for (let service = 0; service < this.services; service++) {
      this.count(`service.${service}.taken`, 800)
      this.level(`service.${service}.lag`, 50_000)
      this.level(`service.${service}.lagMs`, 30_000)
      this.level(`service.${service}.memory`, 400_000)
      this.count(`service.${service}.cpuMs`, 900)
      this.count(`service.${service}.dropped`, 40)
      if (this.random.uniform() < 0.01) this.count(`service.${service}.dead`, 2)
    }
    return { ...this.values }
  }

  private count(name: string, perSecond: number): number {
    const rate = (this.rates[name] ?? perSecond) * (0.98 + 0.04 * this.random.uniform())
    this.rates[name] = Math.min(perSecond * 3, Math.max(perSecond / 3, rate))
    const step = Math.round(this.rates[name] * (0.8 + 0.4 * this.random.uniform()))
    this.values[name] = (this.values[name] ?? 0) + step
    return step
  }

  private level(name: string, around: number): void {
    const now = this.values[name] ?? around
    this.values[name] = Math.max(0, Math.round(now + (this.random.uniform() - 0.5) * around * 0.05))
  }
}
