/** A board for Grafana over the metrics of runtime/metrics.ts. */
import {
  bytesConsumed,
  bytesWritten,
  eventSeconds,
  eventsConsumed,
  eventsDead,
  eventsDropped,
  eventsWritten,
  progressFigure,
  retries,
  tallies,
  unitsFinished,
  workerSeconds,
} from '../../runtime/metrics.ts'

interface Panel {
  readonly title: string
  readonly unit: string
  readonly targets: readonly { readonly expr: string; readonly legend: string }[]
}

function nameOf(metric: object): string {
  return (metric as { readonly name: string }).name
}

const ofService = 'service=~"$service"'
const rate = (metric: object, by: string) => `sum by (${by}) (rate(${nameOf(metric)}{${ofService}}[$__rate_interval]))`
const rates = (title: string, unit: string, metric: object, by: string, legend: string): Panel => ({
  title,
  unit,
  targets: [{ expr: rate(metric, by), legend }],
})
const figures = (title: string, unit: string, names: readonly string[]): Panel => ({
  title,
  unit,
  targets: [
    { expr: `${nameOf(progressFigure)}{service="trainer",figure=~"${names.join('|')}"}`, legend: '{{figure}}' },
  ],
})

const panels: readonly Panel[] = [
  rates('Events taken in', 'ops', eventsConsumed, 'service, topic', '{{service}} ← {{topic}}'),
  rates('Events written', 'ops', eventsWritten, 'service, topic', '{{service}} → {{topic}}'),
  rates('Bytes taken in', 'Bps', bytesConsumed, 'service, topic', '{{service}} ← {{topic}}'),
  rates('Bytes written', 'Bps', bytesWritten, 'service, topic', '{{service}} → {{topic}}'),
  rates('Dead letters', 'ops', eventsDead, 'service, code', '{{service}} {{code}}'),
  rates('Left out, by reason', 'ops', eventsDropped, 'service, reason', '{{service}} {{reason}}'),
  rates('Retries', 'ops', retries, 'service, code', '{{service}} {{code}}'),
  {
    title: 'Time for an event, 95th percentile',
    unit: 's',
    targets: [
      {
        expr: `histogram_quantile(0.95, sum by (le, service) (rate(${nameOf(eventSeconds)}_bucket{${ofService}}[$__rate_interval])))`,
        legend: '{{service}}',
      },
    ],
  },
  rates('Worker threads at work', 'none', workerSeconds, 'service', '{{service}}'),
  {
    title: 'CPU',
    unit: 'none',
    targets: [{ expr: 'rate(process_cpu_seconds_total{job="naru"}[$__rate_interval])', legend: '{{instance}}' }],
  },
  {
    title: 'Memory',
    unit: 'bytes',
    targets: [{ expr: 'process_resident_memory_bytes{job="naru"}', legend: '{{instance}}' }],
  },
  {
    title: 'Finished units',
    unit: 'none',
    targets: [{ expr: `sum by (service) (${nameOf(unitsFinished)}{${ofService}})`, legend: '{{service}}' }],
  },
  rates('New evidence, by rule', 'ops', tallies, 'tally', '{{tally}}'),
  figures('Training: loss and its parts', 'none', ['loss', 'ranking', 'cross_lingual', 'sparsity', 'distillation']),
  figures('Training: active terms', 'none', ['active_terms']),
  figures('Training: samples a second', 'none', ['samples_per_second']),
]

const across = 2
const width = 24 / across
const height = 8

export function boardFile(): string {
  const datasource = { type: 'prometheus', uid: '$' + '{datasource}' }
  const board = {
    title: 'naru',
    uid: 'naru',
    schemaVersion: 39,
    refresh: '10s',
    time: { from: 'now-1h', to: 'now' },
    templating: {
      list: [
        { name: 'datasource', type: 'datasource', query: 'prometheus' },
        {
          name: 'service',
          type: 'query',
          datasource,
          query: `label_values(${nameOf(eventsConsumed)}, service)`,
          includeAll: true,
          multi: true,
          allValue: '.*',
          current: { text: 'All', value: '$__all' },
        },
      ],
    },
    panels: panels.map(({ title, unit, targets }, at) => ({
      id: at + 1,
      title,
      type: 'timeseries',
      datasource,
      gridPos: { x: (at % across) * width, y: Math.floor(at / across) * height, w: width, h: height },
      fieldConfig: { defaults: { unit, min: 0, custom: { lineWidth: 1, fillOpacity: 8 } }, overrides: [] },
      options: { legend: { displayMode: 'list', placement: 'bottom' }, tooltip: { mode: 'multi', sort: 'desc' } },
      targets: targets.map(({ expr, legend }, target) => ({
        refId: String.fromCharCode(65 + target),
        expr,
        legendFormat: legend,
        datasource,
      })),
    })),
  }
  return `${JSON.stringify(board, null, 2)}\n`
}
