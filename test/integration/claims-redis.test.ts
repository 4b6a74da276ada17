import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { RetryableError } from '../../runtime/errors.ts'
import { claimsSuite } from './claims.suite.ts'
import { skipWithoutRedis, startRedis } from './servers.ts'
import { type ClaimsStore, closeAll, openClaims } from './stores.ts'

const skip = skipWithoutRedis()
let server: Awaited<ReturnType<typeof startRedis>>
let stores = 0
const payload = (text: string) => Buffer.from(text)
const fresh = (): ClaimsStore => ({ kind: 'redis', url: server.url, namespace: `test${stores++}` })

before(async () => {
  if (!skip) server = await startRedis()
})
after(async () => {
  await closeAll()
  if (!skip) await server.remove()
})

claimsSuite('redis claims', { skip, fresh })

test('redis claims: what was answered survives a kill -9 of the server, and the client finds it again', {
  skip,
}, async () => {
  const claims = await openClaims(fresh())
  await claims.claim({ key: 'k', evidenceId: 'e', owner: 'first', payload: payload('p') })
  await server.kill()
  await server.start()
  const { owned, payloads } = await claims.claim({ key: 'k', evidenceId: 'e', owner: 'second', payload: payload('q') })
  await claims.close()
  assert.equal(owned, false)
  assert.deepEqual(payloads.map(String), ['p'])
})

test('redis claims: a claim made while the server is down waits for it, and fails after some seconds', {
  skip,
}, async () => {
  const claims = await openClaims(fresh())
  await server.stop()
  const began = performance.now()
  await assert.rejects(
    claims.claim({ key: 'k', evidenceId: 'e', owner: 'o', payload: payload('p') }),
    (error) => error instanceof RetryableError && error.code === 'REDIS_UNREACHABLE',
  )
  assert.ok(performance.now() - began < 15_000)
  const waiting = claims.claim({ key: 'k', evidenceId: 'e', owner: 'o', payload: payload('p') })
  await server.start()
  assert.deepEqual(await waiting, { owned: true, payloads: [payload('p')] })
  await claims.close()
})

test('redis claims: a server that is not there is reported without the password', { skip }, async () => {
  await assert.rejects(
    openClaims({ kind: 'redis', url: 'redis://user:geheim@127.0.0.1:1/0', namespace: 'x' }),
    (error) =>
      error instanceof RetryableError &&
      error.code === 'REDIS_UNREACHABLE' &&
      error.at.url === 'redis://127.0.0.1:1/0' &&
      !`${error.message} ${error.hint} ${error.stack}`.includes('geheim'),
  )
})
