/** The looks at the pipeline as they come, and the rates of the last minutes for the sparklines. */
import { useEffect, useState } from 'preact/hooks'
import { ask } from './ask.js'

const pointsKept = 300

/** Values by series, oldest first, at most a point a second for five minutes. */
const recent = new Map()

export function recentOf(series) {
  return recent.get(series) ?? []
}

function keep(series, value) {
  const values = recent.get(series) ?? []
  recent.set(series, values)
  values.push(value)
  if (values.length > pointsKept) values.shift()
}

function keepView({ services, topics }) {
  for (const { id, takenPerSecond } of services) keep(`service.${id}.takenPerSecond`, takenPerSecond)
  for (const { name, recordsPerSecond } of topics) keep(`topic.${name}.recordsPerSecond`, recordsPerSecond)
}

async function fill(view) {
  const names = [
    ...view.services.map(({ id }) => `service.${id}.takenPerSecond`),
    ...view.topics.map(({ name }) => `topic.${name}.recordsPerSecond`),
  ]
  const { samples } = await ask(`/api/history?seconds=${pointsKept}&points=${pointsKept}&series=${names.join(',')}`)
  for (const [at, name] of names.entries())
    recent.set(
      name,
      samples.map((sample) => sample[at + 1] ?? 0),
    )
}

/** { view, reason, connected }. */
export function useLive(isOpen) {
  const [seen, setSeen] = useState({ connected: false })
  useEffect(() => {
    if (!isOpen) return undefined
    const source = new EventSource('/api/live')
    let isFilled = false
    source.onmessage = async ({ data }) => {
      const { view, reason } = JSON.parse(data)
      if (view && !isFilled) {
        isFilled = true
        await fill(view).catch(() => undefined)
      }
      if (view) keepView(view)
      setSeen({ view, reason, connected: true })
    }
    source.onerror = () => setSeen((before) => ({ ...before, connected: false }))
    return () => source.close()
  }, [isOpen])
  return seen
}
