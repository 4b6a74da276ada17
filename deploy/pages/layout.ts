/** Where the monitor draws services, topics and what joins them: laid out here once, so that the page needs no library for it. */
import elkjs, { type ElkExtendedEdge, type ElkNode } from 'elkjs'
import { serviceIds, specOf, topicNames } from '../../topology.ts'

interface Point {
  readonly x: number
  readonly y: number
}

interface Node extends Point {
  readonly kind: 'service' | 'topic'
  readonly name: string
  readonly width: number
  readonly height: number
}

interface Edge {
  readonly topic: string
  readonly service: string
  readonly kind: 'writes' | 'reads'
  /** From its beginning over its bends to its end. */
  readonly points: readonly Point[]
}

interface Layout {
  readonly width: number
  readonly height: number
  readonly nodes: readonly Node[]
  readonly edges: readonly Edge[]
}

const sizes = { service: { width: 156, height: 56 }, topic: { width: 132, height: 36 } } as const

/** wide: in rows, as a screen has room. tall: downwards, as a phone has. */
const shapes = {
  wide: {
    'elk.direction': 'RIGHT',
    'elk.aspectRatio': '3',
    'elk.layered.wrapping.strategy': 'MULTI_EDGE',
    'elk.layered.wrapping.additionalEdgeSpacing': '8',
    'elk.layered.spacing.nodeNodeBetweenLayers': '16',
    'elk.spacing.nodeNode': '16',
  },
  tall: {
    'elk.direction': 'DOWN',
    'elk.layered.spacing.nodeNodeBetweenLayers': '24',
    'elk.spacing.nodeNode': '14',
  },
} as const

const common = {
  'elk.algorithm': 'layered',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
  'elk.layered.nodePlacement.bk.fixedAlignment': 'BALANCED',
  'elk.layered.crossingMinimization.thoroughness': '60',
  'elk.spacing.edgeNode': '10',
  'elk.spacing.edgeEdge': '9',
  'elk.layered.spacing.edgeNodeBetweenLayers': '8',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '8',
  'elk.padding': '[top=8,left=8,bottom=8,right=8]',
  'elk.randomSeed': '1',
}

export async function layoutFile(): Promise<string> {
  const layouts = { wide: await laidOut(shapes.wide), tall: await laidOut(shapes.tall) }
  return `${JSON.stringify(layouts, null, 1)}\n`
}

async function laidOut(shape: Readonly<Record<string, string>>): Promise<Layout> {
  const elk = new elkjs.default()
  const links = serviceIds.flatMap((service) => [
    ...specOf(service).writes.map((topic) => ({ service, topic, kind: 'writes' as const })),
    ...specOf(service).reads.map((topic) => ({ service, topic, kind: 'reads' as const })),
  ])
  const graph: ElkNode = await elk.layout({
    id: 'pipeline',
    layoutOptions: { ...common, ...shape },
    children: [
      ...serviceIds.map((id) => ({ id: `service ${id}`, ...sizes.service })),
      ...topicNames.map((name) => ({ id: `topic ${name}`, ...sizes.topic })),
    ],
    edges: links.map(({ service, topic, kind }): ElkExtendedEdge => {
      const ends = [`service ${service}`, `topic ${topic}`]
      const [from, to] = kind === 'writes' ? ends : ends.toReversed()
      return { id: `${kind} ${service} ${topic}`, sources: [from!], targets: [to!] }
    }),
  })
  const nodes = (graph.children ?? []).map(({ id, x = 0, y = 0, width = 0, height = 0 }): Node => {
    const [kind, name] = id.split(' ') as [Node['kind'], string]
    return { kind, name, x: rounded(x), y: rounded(y), width, height }
  })
  const edges = (graph.edges ?? []).map(({ id, sections }): Edge => {
    const [kind, service, topic] = id.split(' ') as [Edge['kind'], string, string]
    const points = (sections ?? []).flatMap(({ startPoint, bendPoints = [], endPoint }) => [
      startPoint,
      ...bendPoints,
      endPoint,
    ])
    return { topic, service, kind, points: points.map(({ x, y }) => ({ x: rounded(x), y: rounded(y) })) }
  })
  return { width: rounded(graph.width ?? 0), height: rounded(graph.height ?? 0), nodes, edges }
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10
}
