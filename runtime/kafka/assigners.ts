/** Which member of a group gets which partitions. */
import kafkajs, { type Cluster, type GroupMember, type PartitionAssigner } from 'kafkajs'

const { AssignerProtocol } = kafkajs
const version = 1

/**
 * Members by the time they began, oldest first, then by id. The time travels in the member's metadata: ids are random, and
 * by id alone a member that joins could take the work of a whole topic from one that is in the middle of it.
 */
function oldestFirst(members: readonly GroupMember[]): string[] {
  return members
    .map(({ memberId, memberMetadata }) => ({ memberId, began: beganOf(memberMetadata) }))
    .sort((a, b) => a.began - b.began || (a.memberId < b.memberId ? -1 : 1))
    .map(({ memberId }) => memberId)
}

function beganOf(metadata: Buffer): number {
  const userData = AssignerProtocol.MemberMetadata.decode(metadata)?.userData
  return userData && userData.length === 8 ? userData.readDoubleBE(0) : Number.POSITIVE_INFINITY
}

function partitionsOf(cluster: Cluster, topic: string): number[] {
  return (cluster as unknown as PartitionedCluster)
    .findTopicPartitionMetadata(topic)
    .map(({ partitionId }) => partitionId)
    .sort((a, b) => a - b)
}

/** The part of kafkajs's cluster that its types leave out and its own assigner uses. */
interface PartitionedCluster {
  findTopicPartitionMetadata(topic: string): { readonly partitionId: number }[]
}

function assigner(name: string, began: number, ownerOf: (members: string[], partition: number) => string) {
  const create: PartitionAssigner = ({ cluster }) => ({
    name,
    version,
    assign: ({ members, topics }) => {
      const ids = oldestFirst(members)
      const shares = ids.map((memberId) => {
        const assignment: Record<string, number[]> = {}
        for (const topic of topics) {
          const own = partitionsOf(cluster, topic).filter((partition) => ownerOf(ids, partition) === memberId)
          if (own.length > 0) assignment[topic] = own
        }
        const share = { version, assignment, userData: Buffer.alloc(0) }
        return { memberId, memberAssignment: AssignerProtocol.MemberAssignment.encode(share) }
      })
      return Promise.resolve(shares)
    },
    protocol: ({ topics }) => {
      const userData = Buffer.alloc(8)
      userData.writeDoubleBE(began)
      return { name, metadata: AssignerProtocol.MemberMetadata.encode({ version, topics, userData }) }
    },
  })
  return create
}

/** Partition p of every topic goes to member p mod n, so that what belongs together stays together. */
export function sharedAssigner(began: number): PartitionAssigner {
  return assigner('naru-shared', began, (members, partition) => members[partition % members.length]!)
}

/** The oldest member gets every partition; the others wait to take over. */
export function soleAssigner(began: number): PartitionAssigner {
  return assigner('naru-sole', began, (members) => members[0]!)
}
