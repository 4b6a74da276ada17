import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { packageRoot } from '../../runtime/package-root.ts'
import { naru } from './command-line.ts'

const folder = mkdtempSync(join(tmpdir(), 'naru-cli-'))
after(() => rmSync(folder, { recursive: true, force: true }))

test('a mistyped command is answered with the one that was meant, exit 2', async () => {
  const { code, stderr } = await naru(['serach', '서울'])
  assert.equal(code, 2)
  assert.match(stderr, /Did you mean search\?/)
})

test('a mistyped option is answered with the one that was meant, exit 2', async () => {
  const { code, stderr } = await naru(['run', '--limt', '3'])
  assert.equal(code, 2)
  assert.match(stderr, /Did you mean --limit\?/)
})

test('a number that is none is refused with the option’s name, exit 2', async () => {
  const { code, stderr } = await naru(['run', '--workers', 'two'])
  assert.equal(code, 2)
  assert.match(stderr, /--workers .*whole number from 1/)
})

test('one dump without the other is refused with a hint, exit 2, and leaves nothing behind', async () => {
  const { code, stdout, stderr } = await naru(['run', '--ko', folder, '--out', join(folder, 'lone')])
  assert.equal(code, 2)
  assert.equal(stdout, '')
  assert.match(stderr, /INPUT_MISSING: --en is missing/)
  assert.match(stderr, /^ {2}hint {2}Give both/m)
  assert.match(stderr, /^ {2}docs {2}docs\/reference\/errors\.md#input_missing$/m)
  assert.match(readFileSync(join(packageRoot, 'docs', 'reference', 'errors.md'), 'utf8'), /^## INPUT_MISSING$/m)
})

test('a settings file with an unknown section is refused with the file, exit 2', async () => {
  const file = join(folder, 'wrong.yaml')
  writeFileSync(file, 'trianing:\n  epochs: 3\n')
  const { code, stderr } = await naru(['run', '--config', file, '--out', join(folder, 'wrong')])
  assert.equal(code, 2)
  assert.match(stderr, /CONFIG_SECTION: unknown section trianing/)
  assert.ok(stderr.includes(file))
})

test('status of a folder without a run says how to begin one, exit 2', async () => {
  const { code, stderr } = await naru(['status', '--out', join(folder, 'nowhere')])
  assert.equal(code, 2)
  assert.match(stderr, /RUN_MISSING/)
  assert.match(stderr, /naru run/)
})

test('search without a model says how to make one, exit 2', async () => {
  const { code, stderr } = await naru(['search', '서울', '--out', join(folder, 'nowhere')])
  assert.equal(code, 2)
  assert.match(stderr, /MODEL_MISSING/)
})

test('an unknown service is answered with those that are, exit 2', async () => {
  const { code, stderr } = await naru(['service', 'article-reader', '--transport', 'kafka', '--brokers', 'localhost:1'])
  assert.equal(code, 2)
  assert.match(stderr, /SERVICE_UNKNOWN/)
  assert.match(stderr, /article-extractor/)
})

test('a service on the embedded log is refused, for that has one process', async () => {
  const { code, stderr } = await naru(['service', 'trainer'])
  assert.equal(code, 2)
  assert.match(stderr, /--transport kafka/)
})
