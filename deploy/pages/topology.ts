import { deadTopic } from '../../runtime/runner/context.ts'
import { folderOf, readersOf, serviceIds, specOf, topicNames, topics, writersOf } from '../../topology.ts'

/** The services and topics as a diagram and two tables. */
export function topologyPage(): string {
  const edges = serviceIds.flatMap((id) => [
    ...specOf(id).reads.map((topic) => `  ${topic}([${topic}]) --> ${id}`),
    ...specOf(id).writes.map((topic) => `  ${id} --> ${topic}([${topic}])`),
  ])
  const services = serviceIds.map((id) => {
    const { kind, reads, writes, description } = specOf(id)
    return `| [\`${folderOf(id)}\`](../../services/${folderOf(id)}) | ${kind} | ${list(reads)} | ${list(writes)} | \`${deadTopic(id)}\` | ${description} |`
  })
  const rows = topicNames.map((name) => {
    const { schema, key, partitions, cleanup, retentionHours, description } = topics[name]
    const kept = cleanup === 'compact' ? 'last of each key' : `${retentionHours} h`
    return `| \`${name}\` | [${schema}](../../schemas/${schema}.avsc) | ${key.join(':')} | ${partitions} | ${kept} | ${list(writersOf(name))} | ${list(readersOf(name))} | ${description} |`
  })
  return [
    '# Topology\n',
    '```mermaid',
    'flowchart LR',
    ...new Set(edges),
    '```\n',
    '## Services\n',
    '| folder | kind | reads | writes | dead letters | what it does |',
    '| --- | --- | --- | --- | --- | --- |',
    ...services,
    '\n## Topics\n',
    '| topic | schema | key | partitions | kept | written by | read by | what it carries |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n')
}

function list(names: readonly string[]): string {
  return names.length === 0 ? '–' : names.map((name) => `\`${name}\``).join(', ')
}
