/** kafkajs clients with our settings: one for reading and administration, one for transactions. */
import kafkajs, { type Kafka, type KafkaConfig, type LogEntry } from 'kafkajs'
import type { Logger } from '../log.ts'
import { installAbortedFilter } from './aborted-records.ts'
import { installResetGuard } from './reset-guard.ts'
import type { KafkaSecurity } from './security.ts'
import { installStableOffsets } from './stable-offsets.ts'

export interface ClientOptions {
  readonly brokers: readonly string[]
  readonly clientId: string
  readonly log: Logger
  /** Default: in the clear, as nobody. */
  readonly security?: KafkaSecurity
}

/**
 * kafkajs reports as errors what it then repeats (with transactions that is every day's business); what it gives up is
 * thrown, and logged where it is caught. Only a consumer that starts anew is of interest by itself.
 */
function logInto(log: Logger): (entry: LogEntry) => void {
  return ({ level, namespace, log: { message, error, groupId, retryCount } }) => {
    const fields = { kafkajs: namespace, ...(error ? { error: String(error) } : {}), groupId, retryCount }
    if (level === kafkajs.logLevel.ERROR && namespace === 'Consumer') log.warn(fields, message)
    else log.debug(fields, message)
  }
}

function config({ brokers, clientId, log, security: { ssl, sasl } = {} }: ClientOptions): KafkaConfig {
  return {
    brokers: [...brokers],
    clientId,
    ...(ssl ? { ssl } : {}),
    // kafkajs writes a function into it, which no thread could be given.
    ...(sasl ? { sasl: { ...sasl } } : {}),
    connectionTimeout: 3_000,
    requestTimeout: 30_000,
    enforceRequestTimeout: true,
    logLevel: kafkajs.logLevel.WARN,
    logCreator: () => logInto(log),
  }
}

export function openClient(options: ClientOptions): Kafka {
  installAbortedFilter()
  installResetGuard()
  installStableOffsets()
  return new kafkajs.Kafka({ ...config(options), retry: { initialRetryTime: 100, maxRetryTime: 2_000, retries: 8 } })
}

/**
 * With kafkajs's default first pause of 300 ms a transaction takes 331 ms, for the broker answers CONCURRENT_TRANSACTIONS
 * while it still finishes the one before; with 5 ms it takes 23. Thirty tries are then about 20 s.
 */
export function openTransactionClient(options: ClientOptions): Kafka {
  return new kafkajs.Kafka({ ...config(options), retry: { initialRetryTime: 5, maxRetryTime: 1_000, retries: 30 } })
}
