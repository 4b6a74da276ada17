import { folderOf, readersOf, serviceIds, specOf, topicNames, topics, writersOf } from '../topology.ts'

/** Topics that leave the pipeline: people and programs outside read them. */
const outlets = new Set(['scores'])

/** What is wrong with the topology itself, or between it and the folders below services/. */
export function faultsOfTopology(folders: readonly string[]): string[] {
  const faults: string[] = []
  for (const topic of topicNames) {
    if (writersOf(topic).length === 0) faults.push(`nothing writes the topic ${topic}`)
    if (readersOf(topic).length === 0 && !outlets.has(topic)) faults.push(`nothing reads the topic ${topic}`)
  }
  for (const id of serviceIds) {
    const { kind, reads } = specOf(id)
    if (!folders.includes(folderOf(id))) faults.push(`services/${folderOf(id)} is missing`)
    const partitions = new Set(reads.map((topic) => topics[topic].partitions))
    if (kind === 'partition-stream' && partitions.size > 1) {
      faults.push(
        `${id} reads topics of different numbers of partitions, which cannot be joined partition by partition`,
      )
    }
    if (kind === 'transform' && reads.length !== 1) faults.push(`${id} is a transform and must read one topic`)
  }
  const known = new Set(serviceIds.map(folderOf))
  for (const folder of folders) if (!known.has(folder)) faults.push(`services/${folder} is not in the topology`)
  return faults
}
