/** Opens what carries events and claims: in this process, or on servers. */
import { openEmbeddedClaims } from '../runtime/embedded/claims.ts'
import { openEmbeddedTransport } from '../runtime/embedded/transport.ts'
import { ConfigError } from '../runtime/errors.ts'
import { createLog } from '../runtime/log.ts'
import type { ClaimStore } from '../runtime/ports.ts'
import type { Transport } from '../runtime/transport.ts'
import { logLevelOf } from './log-level.ts'
import type { Workspace } from './workspace.ts'

export interface TransportFlags {
  readonly transport: 'embedded' | 'kafka'
  readonly brokers?: string
  readonly redis?: string
  readonly namespace: string
}

export interface Connection {
  readonly transport: Transport
  readonly claims: ClaimStore
  close(): Promise<void>
}

/** @param needsClaims false where no service that is to run uses the dedup store; Redis is then not asked for. */
export async function connect(workspace: Workspace, flags: TransportFlags, needsClaims = true): Promise<Connection> {
  if (flags.transport === 'embedded') {
    const transport = await openEmbeddedTransport({ folder: workspace.log })
    return opened(transport, await openEmbeddedClaims({ folder: workspace.claims }))
  }
  if (needsClaims && flags.redis === undefined) {
    throw new ConfigError(
      'REDIS_MISSING',
      '--transport kafka needs --redis: the dedup store is shared by all instances',
      {
        hint: 'Such as --redis redis://localhost:6379.',
      },
    )
  }
  const transport = await openKafka(workspace, flags)
  if (!needsClaims || flags.redis === undefined) return opened(transport, noClaims)
  try {
    const { openRedisClaims } = await import('../runtime/redis/claims.ts')
    const log = createLog('claims', logLevelOf(process.env), workspace.logFile)
    return opened(transport, await openRedisClaims({ url: flags.redis, namespace: flags.namespace, log }))
  } catch (error) {
    await transport.close()
    throw error
  }
}

/** Throws ConfigError BROKERS_MISSING. */
export function brokersOf({ brokers }: TransportFlags): string[] {
  if (brokers !== undefined) return brokers.split(',').map((broker) => broker.trim())
  throw new ConfigError('BROKERS_MISSING', '--transport kafka needs --brokers', {
    hint: 'Such as --brokers localhost:9092, several parted by commas.',
  })
}

/** The transport alone, for a look from outside. */
export async function openKafka(workspace: Workspace, flags: TransportFlags): Promise<Transport> {
  const brokers = brokersOf(flags)
  const { openKafkaTransport } = await import('../runtime/kafka/transport.ts')
  const log = createLog('transport', logLevelOf(process.env), workspace.logFile)
  return openKafkaTransport({ brokers, namespace: flags.namespace, clientId: `naru-${process.pid}`, log })
}

const withoutRedis = () => Promise.reject(new ConfigError('REDIS_MISSING', 'this process was started without --redis'))

const noClaims: ClaimStore = {
  claim: withoutRedis,
  retract: withoutRedis,
  close: () => Promise.resolve(),
}

function opened(transport: Transport, claims: ClaimStore): Connection {
  const close = async (): Promise<void> => {
    await transport.close()
    await claims.close()
  }
  return { transport, claims, close }
}
