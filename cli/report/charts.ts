/** Charts as SVG text, drawn by ECharts on the server side; colours are the page's CSS variables, light and dark. */
import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent, LegendComponent } from 'echarts/components'
import { type EChartsCoreOption, init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { formatCount } from '../quantities.ts'
import { displayWidth, fitWidth } from '../table.ts'
import { html, type Markup, trusted } from './html.ts'

use([BarChart, LineChart, GridComponent, LegendComponent, SVGRenderer])

/** ECharts computes with colours, so it gets real ones: unmistakable, to be replaced by variables afterwards. */
const inks = {
  ink: '#0a0b01',
  soft: '#0a0b02',
  line: '#0a0b03',
  accent: '#0a0b04',
  left: '#0a0b05',
  right: '#0a0b06',
  other: '#0a0b07',
  first: '#0a0b08',
  second: '#0a0b09',
  third: '#0a0b0a',
  fourth: '#0a0b0b',
  fifth: '#0a0b0c',
  sixth: '#0a0b0d',
} as const
export type Ink = keyof typeof inks
const seriesInks: readonly Ink[] = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth']

const chartWidth = 920
const fontPixels = 13
/** Mean width of a letter at that size, wide enough for the fonts that browsers choose. */
const letterPixels = 7.4

function draw(option: EChartsCoreOption, size: { width: number; height: number }, label: string): Markup {
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...size })
  try {
    chart.setOption({
      animation: false,
      textStyle: { fontFamily: 'inherit', fontSize: fontPixels, color: inks.ink },
      ...option,
    })
    return html`<div class="chart" role="img" aria-label="${label}">${trusted(withVariables(chart.renderToSVGString()))}</div>`
  } finally {
    chart.dispose()
  }
}

/** Without the marks by which ECharts' client side would animate the drawing. */
function withVariables(svg: string): string {
  const bare = svg.replace(/ ecmeta_\w+="[^"]*"/g, '').replace(/<style ?>[\s\S]*?<\/style>\s*/g, '')
  return Object.entries(inks).reduce((text, [name, colour]) => text.replaceAll(colour, `var(--${name})`), bare)
}

export interface Bar {
  readonly label: string
  readonly value: number
  /** Text at the end of the bar. */
  readonly text: string
  readonly ink?: Ink
}

export interface BarOptions {
  /** What the chart shows, for those who cannot see it. */
  readonly label: string
  readonly width?: number
  /** log: for counts of many sizes; a bar of 1 still shows. */
  readonly scale?: 'linear' | 'log'
}

const longestLabel = 26

/** Bars from top to bottom in the order given. */
export function barChart(bars: readonly Bar[], { label, width = chartWidth, scale = 'linear' }: BarOptions): Markup {
  const labels = bars.map((bar) => fitWidth(bar.label, longestLabel))
  const widest = (texts: readonly string[]) => Math.max(0, ...texts.map(displayWidth)) * letterPixels
  return draw(
    {
      grid: {
        outerBoundsMode: 'none',
        left: widest(labels) + 16,
        right: widest(bars.map(({ text }) => text)) + 16,
        top: 4,
        bottom: 4,
      },
      yAxis: {
        type: 'category',
        inverse: true,
        data: labels,
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: { color: inks.ink, fontSize: fontPixels, interval: 0 },
      },
      xAxis: { type: 'value', min: 0, max: 'dataMax', show: false },
      series: [
        {
          type: 'bar',
          silent: true,
          barCategoryGap: '28%',
          label: {
            show: true,
            position: 'right',
            color: inks.soft,
            formatter: ({ dataIndex }: { dataIndex: number }) => bars[dataIndex]?.text ?? '',
          },
          data: bars.map(({ value, ink }) => ({
            value: lengthOf(value, scale),
            itemStyle: { color: inks[ink ?? 'accent'], borderRadius: [0, 3, 3, 0] },
          })),
        },
      ],
    },
    { width, height: bars.length * 25 + 8 },
    `${label}: ${bars.map((bar) => `${bar.label} ${bar.text}`).join(', ')}`,
  )
}

/** On the logarithmic scale a bar of 1 is a stub, and each power of ten adds the same length. */
function lengthOf(value: number, scale: 'linear' | 'log'): number {
  const stub = 0.15
  if (scale === 'linear') return value
  return value < 1 ? 0 : Math.log10(value) + stub
}

export interface BarGroup {
  readonly label: string
  /** One a series; undefined where nothing was measured. */
  readonly values: readonly (number | undefined)[]
}

/** Groups of bars side by side; values of 0 to 1. */
export function groupedBarChart(series: readonly string[], groups: readonly BarGroup[], label: string): Markup {
  return draw(
    {
      legend: legend(series),
      grid: { outerBoundsMode: 'none', left: 44, right: 8, top: 36, bottom: 28 },
      xAxis: {
        type: 'category',
        data: groups.map((group) => group.label),
        axisTick: { show: false },
        axisLine: { lineStyle: { color: inks.line } },
        axisLabel: { color: inks.ink, fontSize: fontPixels, interval: 0 },
      },
      yAxis: { ...valueAxis(), min: 0, max: 1 },
      series: series.map((name, at) => ({
        name,
        type: 'bar',
        silent: true,
        barMaxWidth: 46,
        itemStyle: { color: inks[seriesInks[at % seriesInks.length]!], borderRadius: [3, 3, 0, 0] },
        label: {
          show: true,
          position: 'top',
          color: inks.soft,
          fontSize: 11,
          formatter: ({ value }: { value: number }) => value.toFixed(2),
        },
        data: groups.map(({ values }) => values[at] ?? null),
      })),
    },
    { width: chartWidth, height: 280 },
    `${label}: ${groups.map((group) => `${group.label}: ${series.map((name, at) => `${name} ${group.values[at]?.toFixed(3) ?? 'not measured'}`).join(', ')}`).join('; ')}`,
  )
}

export interface Curve {
  readonly name: string
  readonly points: readonly (readonly [x: number, y: number])[]
}

export interface CurveOptions {
  readonly label: string
  readonly xName: string
  readonly scale?: 'linear' | 'log'
}

/** Curves over a common number line. */
export function lineChart(curves: readonly Curve[], { label, xName, scale = 'linear' }: CurveOptions): Markup {
  const shown = scale === 'log' ? curves.map(positivePoints) : curves
  const last = Math.max(0, ...shown.flatMap(({ points }) => points.map(([x]) => x)))
  return draw(
    {
      legend: legend(shown.map(({ name }) => name)),
      grid: { outerBoundsMode: 'none', left: 60, right: 24, top: 36, bottom: 44 },
      xAxis: {
        type: 'value',
        name: xName,
        nameLocation: 'middle',
        nameGap: 28,
        nameTextStyle: { color: inks.soft },
        min: 0,
        max: last,
        axisLine: { lineStyle: { color: inks.line } },
        axisLabel: { color: inks.soft, formatter: formatCount, showMaxLabel: true, hideOverlap: true },
        splitLine: { show: false },
      },
      yAxis: valueAxis(scale),
      series: shown.map(({ name, points }, at) => ({
        name,
        type: 'line',
        silent: true,
        showSymbol: points.length < 30,
        symbolSize: 5,
        lineStyle: { width: 1.8, color: inks[seriesInks[at % seriesInks.length]!] },
        itemStyle: { color: inks[seriesInks[at % seriesInks.length]!] },
        data: points.map(([x, y]) => [x, y]),
      })),
    },
    { width: chartWidth, height: 280 },
    `${label}: ${shown.map(({ name, points }) => `${name} from ${points[0]?.[1].toFixed(3) ?? '?'} to ${points.at(-1)?.[1].toFixed(3) ?? '?'}`).join(', ')}`,
  )
}

function positivePoints({ name, points }: Curve): Curve {
  return { name, points: points.filter(([, y]) => y > 0) }
}

function legend(names: readonly string[]) {
  return {
    show: names.length > 1,
    icon: 'roundRect',
    data: [...names],
    left: 0,
    top: 0,
    itemWidth: 14,
    itemHeight: 10,
    itemGap: 18,
    textStyle: { color: inks.ink, fontSize: fontPixels },
  }
}

function valueAxis(scale: 'linear' | 'log' = 'linear') {
  return {
    type: scale === 'log' ? 'log' : 'value',
    axisLabel: { color: inks.soft },
    splitLine: { lineStyle: { color: inks.line } },
  }
}
