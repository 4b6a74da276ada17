/** Curves of trainings as lines of a chart. */

/**
 * Exponential moving average without the pull of its beginning, as TensorBoard smooths: weight 0 leaves the values as they are.
 * @param weight of what was before, 0 to below 1. Source: tensorboard/components/vz_line_chart2/line-chart.ts, resmoothDataset.
 */
export function smoothed(values, weight) {
  let last = 0
  return values.map((value, at) => {
    last = last * weight + (1 - weight) * value
    return last / (1 - weight ** (at + 1))
  })
}

/**
 * Lines over the steps of all of them. A tag has a colour in every run, a run a dash: the first is solid, the n-th says so.
 * @param runs tags of each run, { 'train/loss': { steps, values } }. @param textOf what a figure is called, such as loss.
 */
export function linesOf(runs, wanted, weight, textOf) {
  const present = wanted.filter((tag) => runs[0]?.[tag]?.values.some((value) => value !== 0))
  const curves = present.flatMap((tag, colour) =>
    runs.flatMap((tags, dash) => {
      // A figure alone has its name in the heading.
      const name = `${wanted.length > 1 ? textOf(tag.split('/')[1]) : ''}${dash > 0 ? ` (${dash + 1})` : ''}`.trim()
      return tags[tag] ? [{ name, colour, dash, ...tags[tag] }] : []
    }),
  )
  const xs = [...new Set(curves.flatMap(({ steps }) => steps))].sort((a, b) => a - b)
  const lines = curves.map(({ name, colour, dash, steps, values }) => {
    const drawn = smoothed(values, weight)
    const at = new Map(steps.map((step, index) => [step, drawn[index]]))
    return { name, colour, dash, values: xs.map((step) => at.get(step) ?? null) }
  })
  return { xs, lines }
}

const colours = 6

/**
 * The figures of some metrics over evaluations, numbered from 1; each task and direction is a line.
 * @param points { figures: [{ metric, task, direction, value }] } in the order in which they came.
 */
export function courseLines(points, metrics) {
  const nameOf = ({ metric, task, direction }) =>
    metrics.length > 1 ? `${metric.replace(/-.*/, '')} ${direction}` : `${task} ${direction}`
  const wanted = points.map(({ figures }) => figures.filter(({ metric }) => metrics.includes(metric)))
  const names = [...new Set(wanted.flat().map(nameOf))]
  const lines = names.map((name, at) => ({
    ...{ name, colour: at % colours, dash: Math.floor(at / colours) },
    values: wanted.map((figures) => figures.find((figure) => nameOf(figure) === name)?.value ?? null),
  }))
  return { xs: points.map((_, at) => at + 1), lines }
}
