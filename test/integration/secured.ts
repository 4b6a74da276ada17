/** Servers that let nobody in but the users named, over TLS; as docker-compose.yml and production have them. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packageRoot } from '../../runtime/package-root.ts'
import { skipWithout, skipWithoutKafka, skipWithoutRedis, startKafka, startRedis } from './servers.ts'

export const skipWithoutSecured = (): string | false =>
  skipWithoutKafka() || skipWithoutRedis() || skipWithout('openssl')

export interface Secured {
  readonly folder: string
  readonly ca: string
  readonly kafka: Awaited<ReturnType<typeof startKafka>>
  readonly redis: Awaited<ReturnType<typeof startRedis>>
  /** The environment by which a process is this user of both. */
  as(user: string, password: string): Record<string, string>
  remove(): Promise<void>
}

/** @param users by name their password; the first may do everything on Kafka. Redis knows one user, naru. */
export async function startSecured(users: Readonly<Record<string, string>>, redisPassword: string): Promise<Secured> {
  const folder = mkdtempSync(join(tmpdir(), 'naru-secured-'))
  const certificates = join(folder, 'certificates')
  execFileSync(join(packageRoot, 'deploy/servers/certificates.sh'), [certificates])
  const acl = join(folder, 'users.acl')
  const rules = readFileSync(join(packageRoot, 'deploy/servers/redis-users.acl'), 'utf8')
  writeFileSync(acl, rules.replace('{password}', redisPassword))
  const kafka = await startKafka({
    KAFKA_CERTIFICATES: certificates,
    KAFKA_USERS: Object.entries(users)
      .map(([user, password]) => `${user}:${password}`)
      .join(),
  })
  const redis = await startRedis({ REDIS_CERTIFICATES: certificates, REDIS_USERS: acl })
  const ca = join(certificates, 'ca.pem')
  return {
    folder,
    ca,
    kafka,
    redis,
    as: (user, password) => ({
      KAFKA_BROKERS: kafka.brokers.join(),
      KAFKA_SECURITY_PROTOCOL: 'SASL_SSL',
      KAFKA_SASL_USERNAME: user,
      KAFKA_SASL_PASSWORD: password,
      KAFKA_CA: ca,
      REDIS_URL: redis.url,
      REDIS_USERNAME: 'naru',
      REDIS_PASSWORD: redisPassword,
      REDIS_CA: ca,
    }),
    remove: async () => {
      await Promise.all([kafka.remove(), redis.remove()])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
