/** Turns what kafkajs throws into errors that say what to do. */
import { ConfigError, FatalError, NaruError, RetryableError } from '../errors.ts'

/** The broker's answers that mean: another producer has this transactional id, or the broker gave this one up. */
const fencedTypes = new Set([
  'INVALID_PRODUCER_EPOCH',
  'PRODUCER_FENCED',
  'INVALID_PRODUCER_ID_MAPPING',
  'UNKNOWN_PRODUCER_ID',
  'INVALID_TXN_STATE',
  'OUT_OF_ORDER_SEQUENCE_NUMBER',
  'TRANSACTION_COORDINATOR_FENCED',
])
/** PRODUCER_FENCED, which kafkajs 2.2.4 does not know by name. */
const producerFencedCode = 90

const deniedTypes = /AUTHORIZATION_FAILED|SASL_AUTHENTICATION_FAILED|UNSUPPORTED_SASL_MECHANISM/
const tooLargeTypes = new Set(['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE'])
const unreachableNames = new Set([
  'KafkaJSConnectionError',
  'KafkaJSConnectionClosedError',
  'KafkaJSRequestTimeoutError',
  'KafkaJSNumberOfRetriesExceeded',
  'KafkaJSNoBrokerAvailableError',
  'KafkaJSBrokerNotFound',
  'KafkaJSGroupCoordinatorNotFound',
])

interface Link {
  readonly name: string
  readonly type: string
  readonly code: unknown
  readonly error: Error
}

/** An error, what caused it and what it gathers, outermost first. */
function chainOf(error: unknown): Link[] {
  const links: Link[] = []
  const visit = (current: unknown, depth: number): void => {
    if (!(current instanceof Error) || depth > 10) return
    const type = 'type' in current && typeof current.type === 'string' ? current.type : ''
    links.push({ name: current.name, type, code: 'code' in current ? current.code : undefined, error: current })
    visit(current.cause, depth + 1)
    if ('errors' in current && Array.isArray(current.errors)) for (const one of current.errors) visit(one, depth + 1)
  }
  visit(error, 0)
  return links
}

export function isFenced(error: unknown): boolean {
  return chainOf(error).some(({ type, code }) => fencedTypes.has(type) || code === producerFencedCode)
}

export function hasType(error: unknown, ...types: string[]): boolean {
  return chainOf(error).some(({ type }) => types.includes(type))
}

export function fenced(group: string, unit: string, cause?: unknown): RetryableError {
  return new RetryableError('TRANSACTION_FENCED', `${unit} of ${group} is held elsewhere`, { cause })
}

/** The error to throw in place of one of kafkajs; errors of our own, which it may have wrapped, come out unchanged. */
export function kafkaFailure(error: unknown, brokers: readonly string[], doing: string): NaruError {
  const chain = chainOf(error)
  const ours = chain.find((link) => link.error instanceof NaruError)?.error
  if (ours instanceof NaruError) return ours
  const some = (test: (link: Link) => boolean) => chain.some(test)
  if (some(({ type, name }) => deniedTypes.test(type) || name === 'KafkaJSSASLAuthenticationError')) {
    return new ConfigError('KAFKA_DENIED', `Kafka refused ${doing}`, {
      hint: 'Check user and password (KAFKA_SASL_USERNAME, KAFKA_SASL_PASSWORD_FILE); naru topics grant gives a user its rights.',
      cause: error,
    })
  }
  const untrusted = chain.find(({ error }) => /certificate|self-signed/i.test(error.message))
  if (untrusted) {
    return new ConfigError('KAFKA_TLS', `Kafka at ${brokers.join(', ')} is not trusted: ${untrusted.error.message}`, {
      hint: 'Name the PEM file of the authority that signed its certificate in KAFKA_CA.',
      cause: error,
    })
  }
  if (some(({ type }) => tooLargeTypes.has(type))) {
    return new FatalError('RECORD_TOO_LARGE', `Kafka refused a record as too large while ${doing}`, {
      hint: 'Raise max.message.bytes of the topic, and replica.fetch.max.bytes of the brokers with it.',
      cause: error,
    })
  }
  if (some(({ name }) => unreachableNames.has(name))) {
    return new RetryableError('KAFKA_UNREACHABLE', `Kafka at ${brokers.join(', ')} did not answer while ${doing}`, {
      hint: 'Is the broker running, does it advertise an address that this machine reaches, and does it want TLS?',
      cause: error,
    })
  }
  return new RetryableError('KAFKA_FAILED', `Kafka failed while ${doing}`, {
    hint: 'It is tried again; where it stays, the log of the broker says why.',
    cause: error,
  })
}

const patienceMs = 20_000
const pauseMs = 100

/**
 * Repeats a call of the admin client while the broker says that it is not ready: a coordinator that is loading, a leader
 * that is moving. kafkajs repeats some of its calls itself, but not those that read a group's offsets.
 */
export async function patiently<T>(brokers: readonly string[], doing: string, work: () => Promise<T>): Promise<T> {
  const until = performance.now() + patienceMs
  for (;;) {
    try {
      return await work()
    } catch (error) {
      const passing =
        chainOf(error).some(({ type }) => passingTypes.has(type)) || (error as Partial<Retriable>).retriable
      if (!passing || performance.now() > until) throw kafkaFailure(error, brokers, doing)
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
  }
}

interface Retriable {
  readonly retriable: boolean
}

/** Answers of a broker that will change by themselves. kafkajs repeats them in some calls, and in others does not. */
const passingTypes = new Set([
  'COORDINATOR_LOAD_IN_PROGRESS',
  'COORDINATOR_NOT_AVAILABLE',
  'NOT_COORDINATOR',
  'GROUP_LOAD_IN_PROGRESS',
  'GROUP_COORDINATOR_NOT_AVAILABLE',
  'NOT_COORDINATOR_FOR_GROUP',
  'NOT_LEADER_FOR_PARTITION',
  'LEADER_NOT_AVAILABLE',
  'UNKNOWN_TOPIC_OR_PARTITION',
  'CONCURRENT_TRANSACTIONS',
])
