/** How brokers are spoken to: in the clear or over TLS, as nobody or as a user. */
import type { ConnectionOptions } from 'node:tls'
import type { SASLOptions } from 'kafkajs'
import { type Environment, secretFrom, tlsFilesFrom } from '../credentials.ts'
import { ConfigError } from '../errors.ts'

export interface KafkaSecurity {
  readonly ssl?: ConnectionOptions
  readonly sasl?: SASLOptions
}

const protocols = ['PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL'] as const
const mechanisms = ['SCRAM-SHA-512', 'SCRAM-SHA-256', 'PLAIN'] as const

/**
 * KAFKA_SECURITY_PROTOCOL (PLAINTEXT; Kafka's own names), KAFKA_SASL_MECHANISM (SCRAM-SHA-512), KAFKA_SASL_USERNAME,
 * KAFKA_SASL_PASSWORD or _PASSWORD_FILE, and KAFKA_CA, KAFKA_CERT, KAFKA_KEY (PEM files).
 * Throws ConfigError KAFKA_SECURITY for what cannot be meant, CREDENTIALS_… for what is missing.
 */
export function kafkaSecurityFrom(environment: Environment): KafkaSecurity {
  const protocol = oneOf(protocols, 'KAFKA_SECURITY_PROTOCOL', environment) ?? 'PLAINTEXT'
  const overTls = protocol.endsWith('SSL')
  const asUser = protocol.startsWith('SASL')
  if (!asUser && environment.KAFKA_SASL_USERNAME) {
    // A user who believes to be known to the broker, and is not, would find out only by what anybody else may do there.
    throw new ConfigError('KAFKA_SECURITY', `KAFKA_SASL_USERNAME is set, but the protocol is ${protocol}`, {
      hint: 'Set KAFKA_SECURITY_PROTOCOL to SASL_SSL.',
    })
  }
  return {
    ...(overTls ? { ssl: tlsFilesFrom(environment, 'KAFKA') } : {}),
    ...(asUser ? { sasl: saslFrom(environment, overTls) } : {}),
  }
}

function saslFrom(environment: Environment, overTls: boolean): SASLOptions {
  const mechanism = oneOf(mechanisms, 'KAFKA_SASL_MECHANISM', environment) ?? 'SCRAM-SHA-512'
  const username = environment.KAFKA_SASL_USERNAME
  const password = secretFrom(environment, 'KAFKA_SASL_PASSWORD')
  if (!username || !password) {
    throw new ConfigError('CREDENTIALS_INCOMPLETE', `KAFKA_SASL_${username ? 'PASSWORD' : 'USERNAME'} is missing`, {
      hint: 'The password may lie in a file that KAFKA_SASL_PASSWORD_FILE names.',
    })
  }
  if (mechanism === 'PLAIN' && !overTls) {
    throw new ConfigError('KAFKA_SECURITY', 'PLAIN without TLS would send the password for all to read', {
      hint: 'Set KAFKA_SECURITY_PROTOCOL to SASL_SSL, or KAFKA_SASL_MECHANISM to SCRAM-SHA-512.',
    })
  }
  // kafkajs names the mechanisms in lower case.
  return { mechanism: mechanism.toLowerCase() as 'plain', username, password }
}

function oneOf<T extends string>(known: readonly T[], name: string, environment: Environment): T | undefined {
  const text = environment[name]
  if (!text) return undefined
  const found = known.find((one) => one === text.toUpperCase())
  if (found) return found
  throw new ConfigError('KAFKA_SECURITY', `${name} is ${text}`, { hint: `One of ${known.join(', ')}.` })
}
