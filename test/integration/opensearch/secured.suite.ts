/** A cluster of one's own: TLS by an authority that the environment names, and a login. */
import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { SecureContextOptions, TlsOptions } from 'node:tls'
import { inspect } from 'node:util'
import { z } from 'zod'
import { openCluster } from '../../../opensearch/cluster.ts'
import { explain, NaruError } from '../../../runtime/errors.ts'
import { naru } from '../../cli/command-line.ts'
import { type Authority, createAuthority, type Signed } from './certificates.ts'
import { type OpenProxy, openProxy } from './proxy.ts'
import { documents, type OpenSearchWorld, publishAndIndex } from './world.ts'

type Environment = Readonly<Record<string, string>>

const password = 'n0t-to-be-seen'
const encodedLogin = Buffer.from(`writer:${password}`).toString('base64')
const login: Environment = { NARU_OPENSEARCH_USERNAME: 'writer', NARU_OPENSEARCH_PASSWORD: password }

export function securedTests(world: () => OpenSearchWorld, skip: string | false): void {
  describe('a cluster with TLS and a login', () => {
    const proxies: OpenProxy[] = []
    let authority: Authority
    let own: Signed
    let client: Signed
    let trusting: Environment
    let url: string

    const serve = async ({ cert, key }: Pick<SecureContextOptions, 'cert' | 'key'>, tls: TlsOptions = {}) => {
      const proxy = await openProxy({ upstream: world().url, tls: { cert, key, ...tls }, login: `writer:${password}` })
      proxies.push(proxy)
      return proxy.url
    }
    before(async () => {
      if (skip) return
      const folder = join(world().root, 'certificates')
      mkdirSync(folder)
      authority = await createAuthority(folder, 'authority')
      own = await authority.sign('node', 'IP:127.0.0.1', 1)
      client = await authority.sign('client', 'DNS:client', 1)
      trusting = { ...login, NARU_OPENSEARCH_CA: authority.file }
      url = await serve(own)
    })
    after(() => Promise.all(proxies.map((proxy) => proxy.close())))

    /** The error of a first question; undefined where it was answered. */
    async function failureOf(address: string, environment: Environment): Promise<NaruError | undefined> {
      try {
        const cluster = openCluster(address, environment)
        await cluster.ask(z.unknown(), 'GET', '/').finally(() => cluster.close())
        return undefined
      } catch (error) {
        assert.ok(error instanceof NaruError, inspect(error))
        for (const secret of [password, encodedLogin]) {
          assert.ok(!inspect(error, { depth: 12, showHidden: true }).includes(secret), 'the error holds the password')
        }
        return error
      }
    }

    test('with TLS and a login everything works as it does without', { skip }, async () => {
      const cluster = openCluster(url, trusting)
      const { figures } = await publishAndIndex({ ...world(), cluster }, 'secured')
      await cluster.close()
      assert.equal(figures.indexed, documents)
    })

    test('a login that is missing or wrong, and a certificate that does not do, are told with what to do', {
      skip,
    }, async () => {
      const strange = await createAuthority(join(world().root, 'certificates'), 'stranger')
      const expired = await serve(await authority.sign('expired', 'IP:127.0.0.1', 0))
      const elsewhere = await serve(await authority.sign('elsewhere', 'DNS:elsewhere', 1))
      const byCertificate = await serve(own, { ca: readFileSync(authority.file), requestCert: true })
      const garbage = join(world().root, 'garbage.pem')
      writeFileSync(garbage, 'no certificate\n')
      const asClient = { NARU_OPENSEARCH_CERT: client.certFile, NARU_OPENSEARCH_KEY: client.keyFile }
      const cases: [string, Environment, string | undefined, RegExp][] = [
        [url, trusting, undefined, /^$/],
        [url, { ...trusting, NARU_OPENSEARCH_PASSWORD: 'wrong' }, 'OPENSEARCH_DENIED', /NARU_OPENSEARCH_PASSWORD/],
        [url, { NARU_OPENSEARCH_CA: authority.file }, 'OPENSEARCH_DENIED', /NARU_OPENSEARCH_USERNAME/],
        [url, login, 'OPENSEARCH_TLS', /NARU_OPENSEARCH_CA/],
        [url, { ...login, NARU_OPENSEARCH_CA: strange.file }, 'OPENSEARCH_TLS', /NARU_OPENSEARCH_CA/],
        [url, { ...login, NARU_OPENSEARCH_INSECURE: '1' }, undefined, /^$/],
        [expired, trusting, 'OPENSEARCH_TLS', /renewed/],
        [elsewhere, trusting, 'OPENSEARCH_TLS', /name/],
        [byCertificate, trusting, 'OPENSEARCH_TLS', /NARU_OPENSEARCH_CERT/],
        [byCertificate, { ...trusting, ...asClient }, undefined, /^$/],
        [world().url.replace('http:', 'https:'), trusting, 'OPENSEARCH_TLS', /http:/],
        [url.replace('https:', 'http:'), login, 'OPENSEARCH_UNREACHABLE', /https:/],
        [url, { ...login, NARU_OPENSEARCH_CA: garbage }, 'OPENSEARCH_CREDENTIALS', /PEM/],
        [url, { ...trusting, ...asClient, NARU_OPENSEARCH_KEY: own.keyFile }, 'OPENSEARCH_CREDENTIALS', /key/],
      ]
      for (const [at, [address, environment, code, hint]] of cases.entries()) {
        const failure = await failureOf(address, environment)
        assert.equal(failure?.code, code, `${at}: ${failure && explain(failure)}`)
        assert.match(failure?.hint ?? '', hint, `${at}: ${failure && explain(failure)}`)
      }
    })

    test('the command line says neither password nor header, whether it gets in or not', { skip }, async () => {
      const wrong = { NARU_OPENSEARCH_PASSWORD: `${password}-but-wrong` }
      for (const [environment, code] of [
        [trusting, 0],
        [{ ...trusting, ...wrong }, 2],
      ] as const) {
        const verbose = { NARU_LOG_LEVEL: 'trace', DEBUG: 'opensearch' }
        const ended = await naru(['opensearch', 'status', '--url', url], { ...environment, ...verbose })
        assert.equal(ended.code, code, ended.stderr)
        for (const secret of [password, encodedLogin.slice(0, -4)]) {
          assert.ok(!`${ended.stdout}${ended.stderr}`.includes(secret), ended.stderr)
        }
      }
    })
  })
}
