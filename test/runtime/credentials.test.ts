import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { secretFrom, tlsFilesFrom } from '../../runtime/credentials.ts'
import { kafkaSecurityFrom } from '../../runtime/kafka/security.ts'
import { redisSecurityFrom } from '../../runtime/redis/security.ts'

const folder = mkdtempSync(join(tmpdir(), 'naru-credentials-'))
const file = (name: string, text: string): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}
after(() => rmSync(folder, { recursive: true, force: true }))

test('a secret comes from its variable, or from the file that Docker or Kubernetes mounted for it', () => {
  const mounted = file('password', ' pass word \n')
  assert.equal(secretFrom({ X: 'direct', X_FILE: mounted }, 'X'), 'direct')
  assert.equal(secretFrom({ X_FILE: mounted }, 'X'), ' pass word ')
  assert.equal(secretFrom({ X: '' }, 'X'), undefined)
  assert.throws(() => secretFrom({ X_FILE: join(folder, 'none') }, 'X'), { code: 'CREDENTIALS_UNREADABLE' })
})

test('a client certificate without its key, or a key without its certificate, is refused', () => {
  const pem = file('some.pem', 'PEM')
  assert.deepEqual(tlsFilesFrom({ K_CA: pem, K_CERT: pem, K_KEY: pem }, 'K'), { ca: 'PEM', cert: 'PEM', key: 'PEM' })
  for (const half of ['K_CERT', 'K_KEY']) {
    assert.throws(() => tlsFilesFrom({ [half]: pem }, 'K'), { code: 'CREDENTIALS_INCOMPLETE' })
  }
})

test('Kafka is spoken to in the clear by default, and as a user only as Kafka itself would', () => {
  assert.deepEqual(kafkaSecurityFrom({}), {})
  assert.deepEqual(kafkaSecurityFrom({ KAFKA_SECURITY_PROTOCOL: 'ssl' }), { ssl: {} })
  const user = { KAFKA_SASL_USERNAME: 'naru', KAFKA_SASL_PASSWORD: 'word' }
  assert.deepEqual(kafkaSecurityFrom({ KAFKA_SECURITY_PROTOCOL: 'SASL_SSL', ...user }), {
    ssl: {},
    sasl: { mechanism: 'scram-sha-512', username: 'naru', password: 'word' },
  })
})

test('settings that would send a password in the clear, or be ignored, are refused', () => {
  const user = { KAFKA_SASL_USERNAME: 'naru', KAFKA_SASL_PASSWORD: 'word' }
  const refused = [
    user,
    { ...user, KAFKA_SECURITY_PROTOCOL: 'SASL_PLAINTEXT', KAFKA_SASL_MECHANISM: 'PLAIN' },
    { KAFKA_SECURITY_PROTOCOL: 'TLS' },
  ]
  for (const environment of refused) {
    assert.throws(() => kafkaSecurityFrom(environment), { code: 'KAFKA_SECURITY' })
  }
  const incomplete = { KAFKA_SECURITY_PROTOCOL: 'SASL_SSL', KAFKA_SASL_USERNAME: 'naru' }
  assert.throws(() => kafkaSecurityFrom(incomplete), { code: 'CREDENTIALS_INCOMPLETE' })
  const authority = { REDIS_CA: file('ca.pem', 'PEM') }
  assert.throws(() => redisSecurityFrom(authority, 'redis://redis:6379'), { code: 'REDIS_SECURITY' })
  assert.deepEqual(redisSecurityFrom(authority, 'rediss://redis:6379'), { tls: { ca: 'PEM' } })
})
