/** The topology as it was laid out from topology.ts, with what flows through it now. */
import { useContext, useEffect, useState } from 'preact/hooks'
import { ask } from '../ask.js'
import { count, duration, megabytes, rate } from '../format.js'
import { html } from '../html.js'
import { Setting, stateText, texter } from '../text.js'

function useLayouts() {
  const [layouts, setLayouts] = useState(undefined)
  useEffect(() => {
    ask('/assets/layout.json').then(setLayouts)
  }, [])
  return layouts
}

/** Narrow screens get the tall drawing. */
function useIsNarrow() {
  const query = matchMedia('(max-width: 760px)')
  const [isNarrow, setIsNarrow] = useState(query.matches)
  useEffect(() => {
    const follow = () => setIsNarrow(query.matches)
    query.addEventListener('change', follow)
    return () => query.removeEventListener('change', follow)
  }, [])
  return isNarrow
}

export function Graph({ view, selected }) {
  const layouts = useLayouts()
  const isNarrow = useIsNarrow()
  if (!layouts) return null
  const { width, height, nodes, edges } = layouts[isNarrow ? 'tall' : 'wide']
  const services = new Map(view.services.map((service) => [service.id, service]))
  const topics = new Map(view.topics.map((topic) => [topic.name, topic]))
  const flows = edges.map((edge) => flowOf(edge, topics.get(edge.topic), selected))
  return html`<svg class="graph" viewBox="0 0 ${width} ${height}" role="group">
    <g class="edges">${flows.map((flow) => html`<${Edge} key=${flow.name} ...${flow} />`)}</g>
    <g>${labelled(flows).map(({ name, text, place }) => html`<text class="edge-text" key=${name} x=${place.x} y=${place.y - 4} text-anchor="middle">${text}</text>`)}</g>
    ${nodes.map((node) =>
      node.kind === 'service'
        ? html`<${ServiceNode} key=${node.name} node=${node} service=${services.get(node.name)} isBottleneck=${node.name === view.bottleneck} isSelected=${node.name === selected} />`
        : html`<${TopicNode} key=${node.name} node=${node} topic=${topics.get(node.name)} />`,
    )}
  </svg>`
}

/** Corners are rounded; the line is the thicker the more flows. */
function pathOf(points) {
  const radius = 6
  let path = `M${points[0].x},${points[0].y}`
  for (let at = 1; at < points.length - 1; at++) {
    const [before, corner, after] = [points[at - 1], points[at], points[at + 1]]
    const towards = (to) => {
      const length = Math.hypot(to.x - corner.x, to.y - corner.y)
      const part = Math.min(radius, length / 2) / (length || 1)
      return `${corner.x + (to.x - corner.x) * part},${corner.y + (to.y - corner.y) * part}`
    }
    path += `L${towards(before)}Q${corner.x},${corner.y} ${towards(after)}`
  }
  const last = points.at(-1)
  return `${path}L${last.x},${last.y}`
}

const labelSize = { width: 115, height: 13 }

/** What flows or is chosen, with places of their labels: above all edges, and beside one another where edges lie close together. */
function labelled(flows) {
  const taken = []
  return flows.flatMap((flow) => {
    const place = flow.perSecond > 0 || flow.isNear ? labelPlace(flow.points) : undefined
    if (!place) return []
    const isTaken = ({ x, y }) =>
      taken.some((one) => Math.abs(one.x - x) < labelSize.width && Math.abs(one.y - y) < labelSize.height)
    const steps = Math.floor((place.length / 2 - labelSize.width / 2) / labelSize.width)
    const places = [0, ...Array.from({ length: steps }, (_, at) => [at + 1, -at - 1]).flat()].map((step) => ({
      ...place,
      x: place.x + step * labelSize.width,
    }))
    const free = places.find((one) => !isTaken(one)) ?? place
    taken.push(free)
    return [{ ...flow, place: free }]
  })
}

/** Middle of the longest level part, if a label fits there. */
function labelPlace(points) {
  const parts = points.slice(1).map((to, at) => ({ from: points[at], to }))
  const level = parts
    .filter(({ from, to }) => Math.abs(from.y - to.y) < 1)
    .map(({ from, to }) => ({ x: (from.x + to.x) / 2, y: from.y, length: Math.abs(to.x - from.x) }))
  const longest = level.sort((a, b) => b.length - a.length)[0]
  return longest && longest.length > 120 ? longest : undefined
}

/** What an edge carries. */
function flowOf({ kind, service, points }, topic, selected) {
  const figures = (kind === 'writes' ? topic.writers : topic.readers).find((one) => one.service === service)
  const perSecond = figures?.recordsPerSecond ?? 0
  const text = `${rate(perSecond)} · ${megabytes(figures?.bytesPerSecond)}`
  const name = kind === 'writes' ? `${service} → ${topic.name}` : `${topic.name} → ${service}`
  return { name, points, perSecond, text, isNear: selected === service }
}

function Edge({ name, points, perSecond, text, isNear }) {
  const thickness = perSecond > 0 ? 1.4 + Math.min(3.2, Math.log10(1 + perSecond) * 0.8) : 1.2
  return html`<g class=${`edge ${perSecond > 0 ? 'flows' : ''} ${isNear ? 'near' : ''}`}>
    <title>${name}: ${text}</title>
    <path class="hit" d=${pathOf(points)} />
    <path class="line" d=${pathOf(points)} stroke-width=${thickness} />
    <circle class="head" cx=${points.at(-1).x} cy=${points.at(-1).y} r="2.4" />
  </g>`
}

function ServiceNode({ node, service, isBottleneck, isSelected }) {
  const { language } = useContext(Setting)
  const t = texter(language)
  const { x, y, width, height, name } = node
  const { state, takenPerSecond, writtenPerSecond, lag, lagSeconds, dead, progress } = service
  const flow = service.kind === 'source' ? writtenPerSecond : takenPerSecond
  const behind = lag > 0 ? `${count(lag)}${lagSeconds >= 1 ? ` · ${duration(lagSeconds)}` : ''}` : ''
  const done = progress?.total ? progress.done / progress.total : undefined
  return html`<a class=${`node service state-${state} ${isBottleneck ? 'is-bottleneck' : ''} ${isSelected ? 'is-selected' : ''}`} href=${isSelected ? '#/pipeline' : `#/pipeline/${name}`} aria-description=${isBottleneck ? t('bottleneck') : null}>
    <rect x=${x} y=${y} width=${width} height=${height} rx="7" />
    <rect class="stripe" x=${x} y=${y} width="4" height=${height} rx="2" />
    <text class="name" x=${x + 12} y=${y + 18}>${name}</text>
    <text class="flow" x=${x + 12} y=${y + 34}>${state === 'finished' ? count(service.taken) : rate(flow)}</text>
    <text class="word" x=${x + width - 8} y=${y + 34} text-anchor="end">${isBottleneck ? '▲ ' : ''}${stateText(language, state)}</text>
    <text class="behind" x=${x + 12} y=${y + 49}>${behind}</text>
    ${dead > 0 && html`<text class="dead" x=${x + width - 8} y=${y + 49} text-anchor="end">† ${count(dead)}</text>`}
    ${done !== undefined && state !== 'finished' && html`<rect class="progress" x=${x + 4} y=${y + height - 4} width=${Math.max(0, Math.min(1, done)) * (width - 4)} height="4" rx="2" />`}
  </a>`
}

function TopicNode({ node, topic }) {
  const { x, y, width, height, name } = node
  const { records, recordsPerSecond, bytesPerSecond } = topic
  const flow = recordsPerSecond > 0 ? `${rate(recordsPerSecond)} ${megabytes(bytesPerSecond)}` : count(records)
  return html`<a class=${`node topic ${recordsPerSecond > 0 ? 'flows' : ''}`} href=${`#/topics/${name}`}>
    <rect x=${x} y=${y} width=${width} height=${height} rx=${height / 2} />
    <text class="name" x=${x + width / 2} y=${y + 15} text-anchor="middle">${name}</text>
    <text class="flow" x=${x + width / 2} y=${y + 28} text-anchor="middle">${flow}</text>
  </a>`
}
