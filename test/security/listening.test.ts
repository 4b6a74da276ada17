import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { serveService } from '../../cli/service-server.ts'
import { packageRoot } from '../../runtime/package-root.ts'
import { naru } from '../cli/command-line.ts'

test('every server in the sources says on which address it listens', () => {
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.ts', '*.mjs'], {
    cwd: packageRoot,
    encoding: 'utf8',
  })
  const shipped = files.split('\n').filter((file) => file !== '' && !/^(test|bench)\//.test(file))
  const calls = shipped.flatMap((file) =>
    [...readFileSync(join(packageRoot, file), 'utf8').matchAll(/\.listen\(([^)]*)\)/g)].map((call) => [file, call[1]!]),
  )
  assert.ok(calls.length > 0)
  assert.deepEqual(
    calls.filter(([, given]) => !/host|127\.0\.0\.1|socket/i.test(given!)),
    [],
  )
})

test('the metrics of a service are for this machine, unless another address is asked for', async () => {
  const { stdout } = await naru(['service', '--help'])
  assert.match(stdout, /--metrics-host[\s\S]*?default:\s*"127\.0\.0\.1"/)
  const server = await serveService({ port: 0, host: '127.0.0.1', ready: () => false })
  const { address, port } = server.address() as AddressInfo
  assert.equal(address, '127.0.0.1')
  const statuses = await Promise.all(
    ['/health/live', '/health/ready', '/metrics', '/elsewhere'].map(
      async (path) => (await fetch(`http://127.0.0.1:${port}${path}`)).status,
    ),
  )
  assert.deepEqual(statuses, [200, 503, 200, 404])
  server.close()
})
