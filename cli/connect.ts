/** Opens what carries events and claims: in this process, or on servers. */
import { openEmbeddedClaims } from '../runtime/embedded/claims.ts'
import { openEmbeddedTransport } from '../runtime/embedded/transport.ts'
import { ConfigError } from '../runtime/errors.ts'
import type { ClientOptions } from '../runtime/kafka/client.ts'
import { kafkaSecurityFrom } from '../runtime/kafka/security.ts'
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
  /** Copies of each topic that is made, ≥ 1; by default as many as the brokers make by default. */
  readonly replicationFactor?: number
  /** Milliseconds that a member may be silent; the transport's own default where absent. */
  readonly sessionTimeout?: number
}

type LogDestination = 1 | 2 | string

export interface Connection {
  readonly transport: Transport
  readonly claims: ClaimStore
  close(): Promise<void>
}

/**
 * @param needsClaims false where no service that is to run uses the dedup store; Redis is then not asked for.
 * @param logDestination where the clients' log lines go, by default into the run's log.
 */
export async function connect(
  workspace: Workspace,
  flags: TransportFlags,
  needsClaims = true,
  logDestination: LogDestination = workspace.logFile,
): Promise<Connection> {
  if (flags.transport === 'embedded') {
    const transport = await openEmbeddedTransport({ folder: workspace.log })
    return opened(transport, await openEmbeddedClaims({ folder: workspace.claims }))
  }
  if (needsClaims && flags.redis === undefined) {
    throw new ConfigError(
      'REDIS_MISSING',
      '--transport kafka needs --redis: the dedup store is shared by all instances',
      {
        hint: 'Such as --redis redis://localhost:6379, or the same in REDIS_URL.',
      },
    )
  }
  const transport = await openKafka(flags, logDestination)
  if (!needsClaims || flags.redis === undefined) return opened(transport, noClaims)
  try {
    const { openRedisClaims } = await import('../runtime/redis/claims.ts')
    const { redisSecurityFrom } = await import('../runtime/redis/security.ts')
    const log = createLog('claims', logLevelOf(process.env), logDestination)
    const security = redisSecurityFrom(process.env, flags.redis)
    return opened(transport, await openRedisClaims({ url: flags.redis, namespace: flags.namespace, log, security }))
  } catch (error) {
    await transport.close()
    throw error
  }
}

/** The transport alone, for a look from outside. */
export async function openKafka(flags: TransportFlags, logDestination: LogDestination): Promise<Transport> {
  const options = kafkaOptions(flags, logDestination)
  const { openKafkaTransport } = await import('../runtime/kafka/transport.ts')
  const { namespace, replicationFactor, sessionTimeout } = flags
  return openKafkaTransport({
    ...options,
    namespace,
    ...(replicationFactor === undefined ? {} : { replicationFactor }),
    ...(sessionTimeout === undefined ? {} : { sessionTimeoutMs: sessionTimeout }),
  })
}

/** Which brokers, and as whom. Throws ConfigError BROKERS_MISSING, and what `kafkaSecurityFrom` throws. */
export function kafkaOptions({ brokers }: TransportFlags, logDestination: LogDestination): ClientOptions {
  if (brokers === undefined) {
    throw new ConfigError('BROKERS_MISSING', '--transport kafka needs --brokers', {
      hint: 'Such as --brokers localhost:9092, several parted by commas, or the same in KAFKA_BROKERS.',
    })
  }
  return {
    brokers: brokers.split(',').map((broker) => broker.trim()),
    clientId: `naru-${process.pid}`,
    log: createLog('transport', logLevelOf(process.env), logDestination),
    security: kafkaSecurityFrom(process.env),
  }
}

const withoutRedis = () => Promise.reject(new ConfigError('REDIS_MISSING', 'this process was started without --redis'))

const noClaims: ClaimStore = {
  claim: withoutRedis,
  retract: withoutRedis,
  clear: withoutRedis,
  close: () => Promise.resolve(),
}

function opened(transport: Transport, claims: ClaimStore): Connection {
  const close = async (): Promise<void> => {
    await transport.close()
    await claims.close()
  }
  return { transport, claims, close }
}
