import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { z } from 'zod'
import { isInternal } from '../../mirror/destinations.ts'
import { type Http, textAt } from '../../mirror/http.ts'
import { transferSettings } from '../../mirror/settings.ts'
import { testLog } from '../integration/stores.ts'

const never = () => assert.fail('an address needs no lookup')

test('loopback, private, link-local and metadata addresses are inside, in every notation that URLs know', async () => {
  const inside = [
    'http://127.0.0.1/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://10.1.2.3/',
    'http://172.31.255.255/',
    'http://192.168.0.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://0.0.0.0/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[fd00:ec2::254]/',
    'http://[fe80::1]/',
  ]
  for (const url of inside) assert.equal(await isInternal(new URL(url), never), true, url)
  for (const url of ['http://208.80.154.224/', 'http://172.32.0.1/', 'http://[2620:0:861:ed1a::1]/']) {
    assert.equal(await isInternal(new URL(url), never), false, url)
  }
})

test('a name is inside where any of its addresses is', async () => {
  const url = new URL('http://mirror.example/')
  assert.equal(await isInternal(url, async () => ['208.80.154.224', '10.0.0.1']), true)
  assert.equal(await isInternal(url, async () => ['208.80.154.224']), false)
})

/** A server inside, that holds a secret, and one that the stub of a resolver calls public, that sends everybody there. */
let secret: Server
let sending: Server
let asked = 0
const portOf = (server: Server) => (server.address() as AddressInfo).port
const listening = (server: Server) => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

before(async () => {
  secret = createServer((_, response) => {
    asked++
    response.end('secret')
  })
  await listening(secret)
  sending = createServer((_, response) =>
    response.writeHead(302, { location: `http://127.0.0.1:${portOf(secret)}/latest/meta-data/` }).end(),
  )
  await listening(sending)
})
after(() => {
  secret.close()
  sending.close()
})

function httpWhere(addressesOfLocalhost: readonly string[]): Http {
  return {
    settings: z.object(transferSettings).parse({ retries: 0, stallTimeoutMs: 5_000 }),
    s3: { region: 'us-east-1' },
    log: testLog,
    signal: new AbortController().signal,
    resolve: async () => addressesOfLocalhost,
  }
}

test('a public server that redirects inside is refused before anything is asked there', async () => {
  const url = new URL(`http://localhost:${portOf(sending)}/kowiki/`)
  await assert.rejects(textAt(url, httpWhere(['208.80.154.224'])), { code: 'REDIRECT_INTERNAL' })
  assert.equal(asked, 0)
})

test('a mirror inside may redirect inside: whoever named it meant it', async () => {
  const url = new URL(`http://localhost:${portOf(sending)}/kowiki/`)
  assert.equal(await textAt(url, httpWhere(['127.0.0.1'])), 'secret')
})
