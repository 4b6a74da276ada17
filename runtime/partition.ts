import { type TopicName, topics } from '../topology.ts'

/**
 * Partition of a key: FNV-1a (32 bit, over UTF-8) modulo the partitions of the topic. Ours rather than the client's, so that
 * both transports, and every version of a client, put a key in the same place. Source: draft-eastlake-fnv, section 2.
 */
export function partitionOf(topic: TopicName, key: string): number {
  let hash = 0x811c9dc5
  for (const byte of Buffer.from(key)) hash = Math.imul(hash ^ byte, 0x01000193)
  return (hash >>> 0) % topics[topic].partitions
}
