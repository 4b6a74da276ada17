/** Board and alert rules against Prometheus itself. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { stringify } from 'yaml'
import { z } from 'zod'
import { registry } from '../../runtime/metrics.ts'
import { packageRoot } from '../../runtime/package-root.ts'
import { skipWithout } from '../integration/servers.ts'

const skip = skipWithout('promtool')
const folder = mkdtempSync(join(tmpdir(), 'naru-board-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const alertsFile = join(packageRoot, 'deploy', 'prometheus', 'alerts.yaml')
const boardShape = z.object({
  panels: z.array(z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })) })),
})
const board = boardShape.parse(JSON.parse(readFileSync(join(packageRoot, 'deploy', 'grafana', 'naru.json'), 'utf8')))

function promtool(...args: readonly string[]): { readonly ok: boolean; readonly said: string } {
  const { status, stdout, stderr } = spawnSync('promtool', args, { encoding: 'utf8' })
  return { ok: status === 0, said: stdout + stderr }
}

test('Prometheus takes the alert rules and every query of the board', { skip }, () => {
  const alerts = promtool('check', 'rules', alertsFile)
  assert.ok(alerts.ok, alerts.said)
  // A rule for each query, for promtool checks rules: Grafana's variables have values there.
  const exprs = board.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr))
  const rules = exprs.map((expr, at) => ({
    record: `naru:query_${at}`,
    expr: expr.replaceAll('$__rate_interval', '1m').replaceAll('$service', '.*'),
  }))
  const file = join(folder, 'queries.yaml')
  writeFileSync(file, stringify({ groups: [{ name: 'board', rules }] }))
  const queries = promtool('check', 'rules', file)
  assert.ok(queries.ok, queries.said)
  assert.match(queries.said, new RegExp(`${exprs.length} rules found`))
})

test('every metric of the services stands on the board or in a rule, and no other does', async () => {
  const asked = [
    ...board.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
    readFileSync(alertsFile, 'utf8'),
  ].join('\n')
  const named = new Set(
    [...asked.matchAll(/\b(naru_[a-z_]+|process_[a-z_]+)/g)].map(([name]) => name.replace(/_bucket$/, '')),
  )
  const registered = (await registry.getMetricsAsJSON()).map(({ name }) => name)
  assert.deepEqual(
    [...named].filter((name) => !registered.includes(name)),
    [],
  )
  const unshown = registered.filter((name) => !named.has(name))
  assert.deepEqual(unshown.sort(), ['naru_progress_done', 'naru_progress_goal', 'process_start_time_seconds'])
})

test('the page of figures passes promtool, which lints kinds, names and help', { skip }, async () => {
  const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], {
    encoding: 'utf8',
    input: await registry.metrics(),
  })
  assert.equal(status, 0, stdout + stderr)
})

test('what is time is named in seconds, what is memory in bytes, and what only grows is a total, as nothing else is', async () => {
  const misnamed = (await registry.getMetricsAsJSON()).filter(({ name, help, type }) => {
    const isCounter = String(type) === 'counter'
    const bare = isCounter ? name.replace(/_total$/, '') : name
    const unit = /\btime\b|\bin seconds\b/i.test(help)
      ? 'seconds'
      : /\bbytes\b|\bmemory\b/i.test(help)
        ? 'bytes'
        : undefined
    const hasUnit = unit === undefined ? !/_(seconds|bytes)(_|$)/.test(bare) : bare.split('_').includes(unit)
    return !hasUnit || isCounter !== name.endsWith('_total') || /_(ms|millis|minutes|kb|mb|percent)\b/.test(bare)
  })
  assert.deepEqual(
    misnamed.map(({ name }) => name),
    [],
  )
})

test('a dead letter raises the alarm, and none does not', { skip }, () => {
  const file = join(folder, 'alerts.test.yaml')
  const series = 'naru_events_dead_total{service="name-finder",code="EVENT_INVALID",job="naru"}'
  const alarm = {
    exp_labels: { severity: 'warning', service: 'name-finder', code: 'EVENT_INVALID' },
    exp_annotations: {
      summary: 'name-finder dead-letters events: EVENT_INVALID',
      description: 'The monitor shows each with its cause. docs/reference/errors.md says what the code means.',
    },
  }
  const at = (time: string, alerts: object[]) => ({ eval_time: time, alertname: 'NaruDeadLetters', exp_alerts: alerts })
  const tests = [
    {
      interval: '1m',
      input_series: [{ series, values: '0x20 1x20' }],
      alert_rule_test: [at('19m', []), at('25m', [alarm])],
    },
  ]
  writeFileSync(file, stringify({ rule_files: [alertsFile], evaluation_interval: '1m', tests }))
  const { ok, said } = promtool('test', 'rules', file)
  assert.ok(ok, said)
})
