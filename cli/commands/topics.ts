/** naru topics: makes the topics on Kafka, and grants the rights to use them. */
import { ConfigError } from '../../runtime/errors.ts'
import { grantRights, grantsOf } from '../../runtime/kafka/grants.ts'
import { createTopics, topicPlans } from '../../runtime/runner/run-service.ts'
import { serviceIds } from '../../topology.ts'
import { kafkaOptions, openKafka, type TransportFlags } from '../connect.ts'
import { print, printJson } from '../print.ts'

export interface CreateFlags extends TransportFlags {
  readonly replication?: number
}

export interface GrantFlags extends TransportFlags {
  readonly principal: string
  readonly json?: boolean
}

export async function create(flags: CreateFlags): Promise<void> {
  refuseEmbedded(flags)
  const { replication } = flags
  const transport = await openKafka(
    { ...flags, ...(replication === undefined ? {} : { replicationFactor: replication }) },
    2,
  )
  try {
    await createTopics(transport)
  } finally {
    await transport.close()
  }
  print(`${topicPlans().length} topics are there, in the namespace ${flags.namespace}.`)
}

export async function grant(flags: GrantFlags): Promise<void> {
  const rights = serviceIds.flatMap((id) =>
    grantsOf(id, flags.namespace).map((one) => ({
      principal: flags.principal.replaceAll('{service}', id),
      grant: one,
    })),
  )
  if (flags.json) {
    printJson(rights)
    return
  }
  refuseEmbedded(flags)
  await grantRights(rights, kafkaOptions(flags, 2))
  print(`${rights.length} rights are granted, in the namespace ${flags.namespace}.`)
}

function refuseEmbedded({ transport }: TransportFlags): void {
  if (transport === 'kafka') return
  throw new ConfigError('TRANSPORT', 'topics on brokers need --transport kafka', {
    hint: 'The embedded log makes its own.',
  })
}
