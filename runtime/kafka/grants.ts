/** Rights on a cluster with ACLs: what each service needs, as the topology has it, and no more. */
import kafkajs, { type AclEntry } from 'kafkajs'
import { type ServiceId, specOf } from '../../topology.ts'
import { deadTopic } from '../runner/context.ts'
import { sourcesTopic } from '../transport.ts'
import { replaysGroup } from '../voids.ts'
import { type ClientOptions, openClient } from './client.ts'
import { kafkaFailure } from './failures.ts'
import { namesIn } from './names.ts'

export interface Grant {
  readonly resource: 'topic' | 'group' | 'transactional id'
  /** As it is on the broker. */
  readonly name: string
  /** Whether `name` is the beginning of the names meant. */
  readonly prefix: boolean
  readonly operations: readonly ('read' | 'write' | 'describe')[]
}

/**
 * Reads its inputs, writes its outputs and dead letters, keeps its position, sees which topics of the namespace there are and what is
 * void in them, and in an update looks at what it has written.
 */
export function grantsOf(id: ServiceId, namespace: string): Grant[] {
  const names = namesIn(namespace)
  const { kind, reads, writes } = specOf(id)
  const inputs: readonly string[] = kind === 'source' ? [sourcesTopic] : reads
  const topic = (name: string, operation: 'read' | 'write'): Grant => ({
    resource: 'topic',
    name: names.topic(name),
    prefix: false,
    operations: [operation],
  })
  return [
    { resource: 'topic', name: names.topic(''), prefix: true, operations: ['describe'] },
    ...inputs.map((name) => topic(name, 'read')),
    ...[...writes, deadTopic(id)].map((name) => topic(name, 'write')),
    ...writes.map((name) => topic(name, 'read')),
    { resource: 'group', name: names.group(id), prefix: false, operations: ['read', 'describe'] },
    { resource: 'group', name: names.group(replaysGroup), prefix: false, operations: ['describe'] },
    { resource: 'group', name: names.group('look-'), prefix: true, operations: ['read', 'describe'] },
    {
      resource: 'transactional id',
      name: names.transaction(id, ''),
      prefix: true,
      operations: ['write', 'describe'],
    },
  ]
}

/** Adds the rights to those that the principals (such as `User:naru`) have; done twice, it changes nothing. */
export async function grantRights(
  rights: readonly { readonly principal: string; readonly grant: Grant }[],
  options: ClientOptions,
): Promise<void> {
  const admin = openClient(options).admin()
  try {
    await admin.connect()
    await admin.createAcls({ acl: rights.flatMap(({ principal, grant }) => entriesOf(principal, grant)) })
  } catch (error) {
    throw kafkaFailure(error, options.brokers, 'granting rights')
  } finally {
    await admin.disconnect().catch(() => undefined)
  }
}

function entriesOf(principal: string, { resource, name, prefix, operations }: Grant): AclEntry[] {
  const { AclResourceTypes, AclOperationTypes, AclPermissionTypes, ResourcePatternTypes } = kafkajs
  const types = {
    topic: AclResourceTypes.TOPIC,
    group: AclResourceTypes.GROUP,
    'transactional id': AclResourceTypes.TRANSACTIONAL_ID,
  }
  const verbs = { read: AclOperationTypes.READ, write: AclOperationTypes.WRITE, describe: AclOperationTypes.DESCRIBE }
  return operations.map((operation) => ({
    principal,
    host: '*',
    operation: verbs[operation],
    permissionType: AclPermissionTypes.ALLOW,
    resourceType: types[resource],
    resourceName: name,
    resourcePatternType: prefix ? ResourcePatternTypes.PREFIXED : ResourcePatternTypes.LITERAL,
  }))
}
