/** The page of figures as Prometheus' own Python reads it: run by `npm run test:python`, where its Python has prometheus_client. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { registry } from '../../runtime/metrics.ts'

const python = process.env.NARU_PYTHON
const hasClient = python !== undefined && spawnSync(python, ['-c', 'import prometheus_client.parser']).status === 0
const skip = !hasClient && 'only by npm run test:python, with a Python that has prometheus_client'

test("prometheus_client's parser finds every metric of the page, with its kind and its help", {
  skip,
}, async () => {
  const program = `
import json, sys
from prometheus_client.parser import text_string_to_metric_families
print(json.dumps({m.name: [m.type, m.documentation, len(m.samples)] for m in text_string_to_metric_families(sys.stdin.read())}))`
  const { stdout, stderr, status } = spawnSync(python!, ['-c', program], {
    encoding: 'utf8',
    input: await registry.metrics(),
  })
  assert.equal(status, 0, stderr)
  const read: Record<string, readonly [type: string, help: string, samples: number]> = JSON.parse(stdout)
  const own = await registry.getMetricsAsJSON()
  // The parser takes _total off the names of counters.
  const named = (name: string) => read[name] ?? read[name.replace(/_total$/, '')]
  for (const { name, type, help } of own) assert.deepEqual(named(name)?.slice(0, 2), [String(type), help], name)
  assert.equal(Object.keys(read).length, own.length)
})
