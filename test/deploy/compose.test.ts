import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { serviceIds } from '../../topology.ts'
import { composeServices } from './compose-file.ts'
import { runTool, skipWithoutTools } from './tools.ts'

const skip = skipWithoutTools()
const folder = mkdtempSync(join(tmpdir(), 'naru-compose-'))
after(() => rmSync(folder, { recursive: true, force: true }))

test("docker-compose.yml is read by Docker Compose's own loader, which refuses what it does not know", { skip }, () => {
  const { status, stderr } = runTool('compose-check', 'docker-compose.yml')
  assert.equal(status, 0, stderr)
  const broken = join(folder, 'docker-compose.yml')
  const text = readFileSync('docker-compose.yml', 'utf8')
  for (const [right, wrong] of [
    ['read_only:', 'readonly:'],
    ['service_completed_successfully', 'service_completed'],
  ] as const) {
    writeFileSync(broken, text.replaceAll(right, wrong))
    assert.notEqual(runTool('compose-check', broken).status, 0, `${wrong} was let through`)
  }
})

test('every service of the topology is there, as nobody, without rights, on a file system that it cannot write', () => {
  const services = composeServices()
  for (const id of serviceIds) {
    const service = services[id]
    assert.ok(service, id)
    assert.deepEqual(service.command, ['service', id])
    assert.deepEqual(
      [service.user, service.read_only, service.cap_drop, service.security_opt],
      ['65532:65532', true, ['ALL'], ['no-new-privileges:true']],
    )
    assert.ok(service.deploy.resources.reservations.memory)
    assert.equal(service.stop_grace_period, '60s')
  }
})

test('nothing is published beyond the loopback, and no password is in the file', () => {
  for (const [name, { ports = [], environment = {} }] of Object.entries(composeServices())) {
    for (const port of ports) assert.match(port, /^127\.0\.0\.1:/, name)
    const passwords = Object.entries(environment).filter(([key]) => key.endsWith('PASSWORD'))
    for (const [, value] of passwords) assert.match(String(value), /^\$\{/, name)
  }
})
