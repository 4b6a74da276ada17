/** Names on the broker: everything begins with the namespace, so that several pipelines share a cluster. */
import { ConfigError } from '../errors.ts'

export interface Names {
  topic(ours: string): string
  group(ours: string): string
  transaction(group: string, unit: string): string
  /** Our name of a topic of the broker. */
  ours(topic: string): string
}

/** Kafka's topic names, less the length that our own parts take. */
const allowed = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}$/

export function namesIn(namespace: string): Names {
  if (!allowed.test(namespace)) {
    throw new ConfigError('NAMESPACE_INVALID', `"${namespace}" cannot be a namespace on Kafka`, {
      hint: 'Use 1 to 100 letters, digits, dots, hyphens or underscores.',
    })
  }
  return {
    topic: (ours) => `${namespace}.${ours}`,
    group: (ours) => `${namespace}.${ours}`,
    transaction: (group, unit) => `${namespace}-${group}-${unit}`,
    ours: (topic) => topic.slice(namespace.length + 1),
  }
}
