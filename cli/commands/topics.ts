/** naru topics: makes the topics on Kafka, grants the rights to use them, and publishes their schemas. */
import { secretFrom } from '../../runtime/credentials.ts'
import { ConfigError } from '../../runtime/errors.ts'
import { grantRights, grantsOf } from '../../runtime/kafka/grants.ts'
import { createTopics, topicPlans } from '../../runtime/runner/run-service.ts'
import { SchemaRegistry } from '../../runtime/schema-registry.ts'
import { schemaSubjects } from '../../runtime/schema-subjects.ts'
import { serviceIds } from '../../topology.ts'
import { kafkaOptions, openKafka, type TransportFlags } from '../connect.ts'
import { print, printJson } from '../print.ts'

export interface CreateFlags extends TransportFlags {
  readonly replication?: number
  readonly json?: boolean
}

export interface GrantFlags extends TransportFlags {
  readonly principal: string
  readonly json?: boolean
}

export interface SchemasFlags {
  readonly registry: string
  readonly check?: boolean
  readonly json?: boolean
}

export async function create(flags: CreateFlags): Promise<void> {
  refuseEmbedded(flags)
  const { replication, namespace, json } = flags
  const transport = await openKafka(
    { ...flags, ...(replication === undefined ? {} : { replicationFactor: replication }) },
    2,
  )
  try {
    await createTopics(transport)
  } finally {
    await transport.close()
  }
  const plans = topicPlans()
  if (json) {
    printJson({ namespace, topics: plans.map(({ topic, partitions, cleanup }) => ({ topic, partitions, cleanup })) })
  } else print(`${plans.length} topics are there, in the namespace ${namespace}.`)
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

/** Publishes every schema, or with --check only asks whether the newest ones can read what is there. */
export async function schemas({ registry, check, json }: SchemasFlags): Promise<void> {
  const username = process.env.SCHEMA_REGISTRY_USERNAME
  const password = secretFrom(process.env, 'SCHEMA_REGISTRY_PASSWORD')
  const server = new SchemaRegistry({ url: registry, ...(username && { username }), ...(password && { password }) })
  const subjects = schemaSubjects()
  if (check) {
    const broken = await server.check(subjects)
    if (json) printJson(broken)
    else if (broken.length === 0) print(`The newest versions of ${subjects.length} schemas can read what was written.`)
    else for (const { subject, version, messages } of broken) print(`${subject} v${version}: ${messages.join('; ')}`)
    if (broken.length > 0) process.exitCode = 1
    return
  }
  const published = await server.publish(subjects)
  if (json) printJson(published)
  else print(`${published.length} versions of ${subjects.length} schemas are in the registry.`)
}

function refuseEmbedded({ transport }: TransportFlags): void {
  if (transport === 'kafka') return
  throw new ConfigError('TRANSPORT', 'topics on brokers need --transport kafka', {
    hint: 'The embedded log makes its own.',
  })
}
