import { registry } from '../../runtime/metrics.ts'

/** The Prometheus metrics of a service, from the registry itself. */
export async function metricsPage(): Promise<string> {
  const metrics = await registry.getMetricsAsJSON()
  const rows = metrics.map(({ name, type, help }) => `| \`${name}\` | ${type} | ${help} |`)
  return [
    '# Metrics\n',
    'On `/metrics` of a service started with `--metrics-port`.\n',
    '| name | type | meaning |',
    '| --- | --- | --- |',
    ...rows.sort(),
    '',
  ].join('\n')
}
