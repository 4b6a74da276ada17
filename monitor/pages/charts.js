/** Lines over time: small ones as plain SVG, large ones by uPlot. Each has its figures in words for those who do not see it. */
import { useEffect, useRef } from 'preact/hooks'
import uPlot from 'uplot'
import { clock } from './format.js'
import { html } from './html.js'

export function Sparkline({ values, label, width = 110, height = 24 }) {
  const most = Math.max(1e-9, ...values)
  const step = values.length > 1 ? width / (values.length - 1) : 0
  const y = (value) => height - 2 - (value / most) * (height - 4)
  const line = values.map((value, at) => `${(at * step).toFixed(1)},${y(value).toFixed(1)}`).join(' ')
  return html`<svg class="sparkline" viewBox="0 0 ${width} ${height}" width=${width} height=${height} role="img" aria-label=${label}>
    ${values.length > 1 && html`<polygon points="0,${height} ${line} ${width},${height}" /><polyline points=${line} />`}
  </svg>`
}

const timeOf = (seconds) => clock(seconds * 1000)
/** Steps and evaluations have no halves. */
const wholeNumber = (value) => (Number.isInteger(value) ? value.toLocaleString('en') : '')

const lineColours = ['--line-1', '--line-2', '--line-3', '--line-4', '--line-5', '--line-6']

/** Solid, and for what is beside it. */
const dashes = [[], [6, 4], [2, 3], [10, 3, 2, 3], [1, 4], [14, 5]]

/**
 * @param lines [{ name, values, colour?, dash? }] over the same xs, with numbers of a colour and a dash; isTime: xs are seconds since 1970.
 * format: of the last values; ticks: of the axis.
 */
export function LineChart({ title, xs, lines, isTime, format, ticks = format, height = 180 }) {
  const host = useRef(null)
  const plot = useRef(null)
  const names = lines.map(({ name }) => name).join('|')
  useEffect(() => {
    const element = host.current
    const style = getComputedStyle(document.documentElement)
    const colour = (name) => style.getPropertyValue(name).trim()
    const axis = {
      stroke: colour('--muted'),
      grid: { stroke: colour('--grid'), width: 1 },
      ticks: { show: false },
      font: '11px system-ui, sans-serif',
    }
    const drawn = new uPlot(
      {
        width: element.clientWidth,
        height,
        scales: { x: { time: Boolean(isTime) } },
        legend: { show: false },
        cursor: { points: { size: 6 } },
        axes: [
          { ...axis, size: 26, space: 80, values: (_, splits) => splits.map(isTime ? timeOf : wholeNumber) },
          { ...axis, size: 58, values: (_, splits) => splits.map((value) => (value === null ? '' : ticks(value))) },
        ],
        series: [
          {},
          ...lines.map(({ name, colour: number, dash = 0 }, at) => ({
            label: name,
            stroke: colour(lineColours[(number ?? at) % lineColours.length]),
            width: 1.6,
            dash: dashes[dash % dashes.length],
            points: { show: (drawing) => drawing.data[0].length < 30 },
            spanGaps: true,
          })),
        ],
      },
      [xs, ...lines.map(({ values }) => values)],
      element,
    )
    plot.current = drawn
    const watch = new ResizeObserver(() => drawn.setSize({ width: element.clientWidth, height }))
    watch.observe(element)
    return () => {
      watch.disconnect()
      drawn.destroy()
    }
  }, [names, isTime, height, document.documentElement.dataset.theme])
  useEffect(() => plot.current?.setData([xs, ...lines.map(({ values }) => values)]), [xs, lines])
  const last = (values) => values.findLast((value) => value !== null && value !== undefined)
  return html`<figure class="chart">
    <figcaption>
      <span class="chart-title">${title}</span>
      ${lines.map(
        ({ name, values, colour: number, dash = 0 }, at) =>
          html`<span class="key"><i class="swatch swatch-${((number ?? at) % lineColours.length) + 1} ${dash > 0 ? 'dashed' : ''}"></i>${name} <b>${last(values) === undefined ? '–' : format(last(values))}</b></span>`,
      )}
    </figcaption>
    <div class="plot" ref=${host}></div>
  </figure>`
}
